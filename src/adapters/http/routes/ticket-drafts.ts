import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import { keepDraft, PRESENT_MS, readDraft } from '../../../app/tickets/keep-draft.ts';
import { CONFLICT_MARKS, DRAFT_KINDS, DRAFT_LENGTH } from '../../../domain/tickets/draft-merge.ts';
import type { Actor } from '../../../domain/tickets/ticket.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Empty,
  exactly,
  IdParams,
  Instant,
  NUMBER_AT_MOST,
  nullable,
  oneOf,
  Uuid,
} from '../shapes/elements.ts';

const DraftParams = exactly({
  id: Uuid,
  kind: oneOf(DRAFT_KINDS, {
    description: 'reply 公开答复，internalReply 内部答复，plan 挂账计划，demand 督办要求',
  }),
});

/** Two at one ticket: who else is there, and drafts that are merged instead of written over (H30). */
export function draftRoutes(app: Api, services: ApiServices): void {
  const seen = async (ticketId: string, actor: Actor): Promise<boolean> =>
    (await services.privacy.citizen(ticketId, sightOf(actor))) !== null;
  const read = readDraft({ drafts: services.drafts, seen });
  const keep = keepDraft(services);

  app.get(
    '/tickets/:id/drafts/:kind',
    {
      schema: {
        operationId: 'readDraft',
        tags: ['tickets'],
        summary: '草稿：中心与各承办单位各有一份，互不可见；尚无则为空',
        params: DraftParams,
        response: answers({
          200: exactly({
            version: Type.Integer({ description: '0：尚无草稿' }),
            text: Type.String(),
            savedBy: nullable(Type.String()),
            savedAt: nullable(Instant),
          }),
        }),
      },
    },
    async (request) => {
      const draft = await read(request.params.id, request.params.kind, actorOf(request));
      return draft ?? { version: 0, text: '', savedBy: null, savedAt: null };
    },
  );

  app.put(
    '/tickets/:id/drafts/:kind',
    {
      schema: {
        operationId: 'saveDraft',
        tags: ['tickets'],
        summary: '保存草稿；他人其间已保存的逐行合并，同处不同改的两者并存并标出',
        params: DraftParams,
        body: exactly({
          base: Type.Integer({
            minimum: 0,
            maximum: NUMBER_AT_MOST,
            description: '所依据的版本；0：从空白开始',
          }),
          text: Type.String({ maxLength: DRAFT_LENGTH }),
        }),
        response: answers({
          200: exactly({
            version: Type.Integer(),
            text: Type.String(),
            merged: Type.Boolean({ description: '已并入他人其间的修改' }),
            conflicts: Type.Integer({
              description: `同处不同改的处数，文中以${CONFLICT_MARKS.theirs}等标出`,
            }),
          }),
        }),
      },
    },
    (request) => {
      const actor = { ...actorOf(request), accountId: callerOf(request).id };
      return keep({ ...request.body, ticketId: request.params.id, kind: request.params.kind, actor });
    },
  );

  app.put(
    '/tickets/:id/presence',
    {
      schema: {
        operationId: 'showPresence',
        tags: ['tickets'],
        summary: '表明本人打开着这张工单（每 20 秒一次），并得知还有谁在看、谁在写',
        params: IdParams,
        body: exactly({ writing: Type.Boolean({ description: '正在书写' }) }),
        response: answers({
          200: exactly({
            others: Type.Array(
              exactly({
                displayName: Type.String(),
                unitCode: nullable(Type.String()),
                writing: Type.Boolean(),
                seenAt: Instant,
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { id: ticketId } = request.params;
      if (!(await seen(ticketId, actorOf(request)))) throw new AppError('ticket.unknown', { id: ticketId });
      const at = services.now();
      const there = { ticketId, accountId: callerOf(request).id, writing: request.body.writing, at };
      return { others: [...(await services.drafts.present({ ...there, since: at - PRESENT_MS }))] };
    },
  );

  app.delete(
    '/tickets/:id/presence',
    {
      schema: {
        operationId: 'endPresence',
        tags: ['tickets'],
        summary: '离开这张工单',
        params: IdParams,
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      await services.drafts.gone(request.params.id, callerOf(request).id);
      return reply.status(204).send(null);
    },
  );
}
