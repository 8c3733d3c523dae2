import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { listen } from '../../../app/recordings/listen.ts';
import { MAIN_SEGMENT, RECORDING_STATES } from '../../../domain/recordings/recording-table.ts';
import { timeLineOf } from '../../../domain/recordings/time-line.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { employerOf } from '../employer-sight.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import {
  answers,
  Day,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { RecordingShape, shownRecording, shownTimeLine, TimeLineShape } from '../shapes/recordings.ts';
import { placeOf, SOUND, sendSound } from '../sound-file.ts';
import { audibleCall } from './calls.ts';

const Purpose = Type.String({
  minLength: 2,
  maxLength: 200,
  pattern: VISIBLE,
  description: '用途，2 至 200 字，记入日志',
  examples: ['质检', '核对诉求内容'],
});

/**
 * Who may hear a call: its own agents, leads and supervisors; a unit never. Everybody says what for first: playing
 * happens under the id of that listening, so that a player's many requests are one line of the trail.
 */
export function recordingRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  const beginListening = listen(services);

  app.get(
    '/calls/:id/recordings',
    {
      schema: {
        operationId: 'readRecordings',
        tags: ['recordings'],
        summary: '一次通话的录音：各段、状态、缺口，以及同一时间轴上的参与人',
        params: IdParams,
        response: answers({ 200: TimeLineShape }),
      },
    },
    async (request) => {
      const call = await audibleCall(services, request, request.params.id);
      const [facts, segments] = await Promise.all([
        services.recordings.facts(call.id),
        services.recordings.ofCall(call.id),
      ]);
      const line = timeLineOf(facts);
      if (line === null) throw new Refusal('call.unknown', { call: call.id });
      return shownTimeLine(call.id, line, segments);
    },
  );

  app.post(
    '/calls/:id/recordings/:segment/listens',
    {
      config: { creates: true },
      schema: {
        operationId: 'listenToRecording',
        tags: ['recordings'],
        summary: '说明用途后收听一段录音；班长、督办员，或参与该通话的话务员；每次记入日志',
        headers: IdempotencyHeaders,
        params: exactly({ id: Uuid, segment: Type.String({ pattern: '^[a-z0-9]{1,20}$' }) }),
        body: exactly({ purpose: Purpose }),
        response: answers({
          201: exactly({ id: Type.String(), url: Type.String(), until: Instant }),
        }),
      },
    },
    async (request, reply) => {
      const call = await audibleCall(services, request, request.params.id);
      const { id, untilMs } = await beginListening({
        id: newIdFor(request, services, 'listen'),
        callId: call.id,
        segment: request.params.segment,
        accountId: callerOf(request).id,
        purpose: request.body.purpose.trim(),
        atMs: services.now(),
        address: request.ip,
        requestId: request.id,
      });
      reply.code(201);
      return { id, url: `/v1/listens/${id}/sound`, until: new Date(untilMs).toISOString() };
    },
  );

  app.get(
    '/listens/:id/sound',
    {
      schema: {
        operationId: 'playRecording',
        tags: ['recordings'],
        summary: '播放（支持 Range）；id 由 listenToRecording 给出，只供本人、当次使用',
        params: IdParams,
        response: answers(SOUND),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const listening = await services.listens.find(request.params.id);
      if (listening === null || listening.accountId !== callerOf(request).id)
        throw new Refusal('listen.unknown');
      if (listening.untilMs < services.now()) throw new Refusal('listen.over');
      const { callId, segment, file } = listening;
      const place = file === null ? null : await placeOf(options.recordingsDir, file);
      if (place === null) throw new Refusal('recording.none');
      return sendSound(reply, place, segment === MAIN_SEGMENT ? callId : `${callId}.${segment}`);
    },
  );

  app.get(
    '/recordings',
    {
      schema: {
        operationId: 'listRecordings',
        tags: ['recordings'],
        summary: '录音及其状态，新的在前；state=failed 或 partial 为需要处理的',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(oneOf(RECORDING_STATES)),
          day: Type.Optional(Day),
        }),
        response: answers({
          200: exactly({ recordings: Type.Array(RecordingShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { limit, after, ...filter } = request.query;
      const employer = employerOf(request);
      const { recordings, next } = await services.recordings.list(
        employer === null ? filter : { ...filter, employer },
        after === undefined ? { limit } : { limit, after },
      );
      return { recordings: recordings.map(shownRecording), next };
    },
  );

  app.get(
    '/recordings/counts',
    {
      schema: {
        operationId: 'countRecordings',
        tags: ['recordings'],
        summary: '某日各状态的录音数',
        querystring: exactly({ day: Day }),
        response: answers({
          200: exactly(Object.fromEntries(RECORDING_STATES.map((state) => [state, Type.Integer()]))),
        }),
      },
    },
    (request) => services.recordings.count(request.query.day),
  );
}
