import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clip } from '../../../app/ports/clips.ts';
import { askClip } from '../../../app/recordings/ask-clip.ts';
import { type ClipVerdict, decideClip } from '../../../app/recordings/decide-clip.ts';
import { playClip } from '../../../app/recordings/play-clip.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { pieceOf } from '../clip-sound.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import { ClipShape, ClipStateShape, CutFields } from '../shapes/clips.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  PageQuery,
  Reason,
  Uuid,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { placeOf, SOUND } from '../sound-file.ts';

const HOUR_MS = 3_600_000;
const Answer = answers({ 200: exactly({ clip: ClipShape }) });

const byOf = (request: FastifyRequest) => ({
  ...actorOf(request),
  accountId: callerOf(request).id,
  address: request.ip,
  requestId: request.id,
});

/** A piece of a call's recording for the unit that handles its ticket, by approval only; never the whole (F5). */
export function clipRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  const ask = askClip(services);
  const decide = decideClip(services);
  const play = playClip(services);

  async function shown(id: string): Promise<{ clip: Clip }> {
    const clip = await services.clips.find(id);
    if (clip === null) throw new Refusal('clip.unknown');
    return { clip };
  }
  async function decided(
    request: FastifyRequest,
    verdict: Pick<ClipVerdict, 'clipId' | 'reason' | 'move' | 'cut' | 'untilMs'>,
  ): Promise<{ clip: Clip }> {
    const reason = verdict.reason.trim();
    await decide({
      ...verdict,
      reason,
      auditId: services.newId(),
      atMs: services.now(),
      by: byOf(request),
    });
    return shown(verdict.clipId);
  }

  app.post(
    '/tickets/:id/clips',
    {
      config: { creates: true },
      schema: {
        operationId: 'askClip',
        tags: ['recordings'],
        summary: '承办单位说明用途，申请收听本单位工单所涉通话的录音片段',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          purpose: Type.String({ minLength: 2, maxLength: 200, pattern: `${VISIBLE}.*${VISIBLE}` }),
        }),
        response: answers({ 201: exactly({ clip: ClipShape }) }),
      },
    },
    async (request, reply) => {
      const id = newIdFor(request, services, 'clip');
      const { address, requestId } = byOf(request);
      const purpose = request.body.purpose.trim();
      const asked = {
        id,
        auditId: services.newId(),
        ticketId: request.params.id,
        purpose,
        atMs: services.now(),
      };
      await ask(asked, { ...actorOf(request), address, requestId });
      reply.code(201);
      return shown(id);
    },
  );

  app.get(
    '/recording-clips',
    {
      schema: {
        operationId: 'listClips',
        tags: ['recordings'],
        summary: '录音片段的申请，新的在前；承办单位只看到本单位的',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(ClipStateShape),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({ 200: pageShape('clips', ClipShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { unitCode } = callerOf(request);
      const own = unitCode === null ? {} : { unitCode };
      const { rows, next } = await services.clips.list({ ...filter, ...own }, page);
      return { clips: [...rows], next };
    },
  );

  app.post(
    '/recording-clips/:id/approve',
    {
      schema: {
        operationId: 'approveClip',
        tags: ['recordings'],
        summary:
          '截取片段并批准，限时收听；审批人不得是申请人。片段至多 5 分钟、不超过录音的八成；暂停录音的时段始终无声',
        params: IdParams,
        body: exactly({
          ...CutFields,
          hours: Type.Integer({ minimum: 1, maximum: 168, description: '可收听几小时' }),
          reason: Reason,
        }),
        response: Answer,
      },
    },
    (request) => {
      const { fromMs, toMs, muted, hours, reason } = request.body;
      const untilMs = services.now() + hours * HOUR_MS;
      const clipId = request.params.id;
      return decided(request, { clipId, reason, move: 'approve', cut: { fromMs, toMs, muted }, untilMs });
    },
  );

  for (const [move, operationId, summary] of [
    ['refuse', 'refuseClip', '不批准，说明理由'],
    ['end', 'endClip', '提前收回已批准的片段，说明理由'],
  ] as const) {
    app.post(
      `/recording-clips/:id/${move}`,
      {
        schema: {
          operationId,
          tags: ['recordings'],
          summary,
          params: IdParams,
          body: exactly({ reason: Reason }),
          response: Answer,
        },
      },
      (request) => decided(request, { clipId: request.params.id, reason: request.body.reason, move }),
    );
  }

  app.get(
    '/recording-clips/:id/sound',
    {
      schema: {
        operationId: 'playClip',
        tags: ['recordings'],
        summary: '收听已批准的片段；每次收听记入日志，过期或收回后不可收听',
        params: IdParams,
        response: answers({ 200: SOUND[200] }),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const { id } = request.params;
      const auditId = services.newId();
      const { file, cut, silent } = await play({
        clipId: id,
        auditId,
        atMs: services.now(),
        by: byOf(request),
      });
      const place = await placeOf(options.recordingsDir, file);
      const piece = place === null ? null : await pieceOf(place, cut, silent);
      if (piece === null) throw new Refusal('recording.none');
      reply.header('content-type', 'audio/wav');
      reply.header('content-disposition', `inline; filename="clip-${id}.wav"`);
      reply.header('cache-control', 'no-store');
      return reply.send(piece);
    },
  );
}
