import { Type } from '@fastify/type-provider-typebox';
import { doubtEntry } from '../../../app/knowledge/doubt-entry.ts';
import { DOUBT_KINDS } from '../../../app/ports/knowledge-care.ts';
import { actorOf } from '../actor.ts';
import { newIdFor } from '../idempotent.ts';
import { knowledgeSight } from '../knowledge-sight.ts';
import { MaskedWords } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
  Uuid,
  VersionNumber,
} from '../shapes/elements.ts';

/** 知识纠错: in one key, by whoever saw it. */
export function knowledgeDoubtRoutes(app: Api, services: ApiServices): void {
  const doubt = doubtEntry(services);
  const { wholeOf } = knowledgeSight(services);

  app.post(
    '/knowledge/:id/doubts',
    {
      config: { creates: true },
      schema: {
        operationId: 'doubtKnowledge',
        tags: ['knowledge'],
        summary: '“有误/过时”：给所属单位开工单，一个工作日；单位尚未办结上报的则并入',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          version: VersionNumber,
          kind: oneOf(DOUBT_KINDS, { description: 'wrong 有误，outOfDate 过时，unclear 市民听不懂' }),
          note: Type.String({ maxLength: 1000, default: '' }),
          callId: Type.Optional(Uuid),
        }),
        response: answers({
          201: exactly({
            ticketId: Type.String(),
            ticketNumber: Type.String(),
            outcome: oneOf(['opened', 'joined', 'again'], { description: '新开、并入、本人已提过' }),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { callId = null, ...said } = request.body;
      const id = newIdFor(request, services, 'doubt');
      const asked = { ...said, id, callId, entryId: request.params.id, actor: actorOf(request) };
      return reply.status(201).send(await doubt(asked));
    },
  );

  app.get(
    '/knowledge/:id/doubts',
    {
      schema: {
        operationId: 'listKnowledgeDoubts',
        tags: ['knowledge'],
        summary: '对一个条目提过的纠错，新的在前，及其工单；承办单位看到本单位的',
        params: IdParams,
        response: answers({
          200: exactly({
            doubts: Type.Array(
              exactly({
                id: Type.String(),
                entryId: Type.String(),
                version: Type.Integer(),
                kind: oneOf(DOUBT_KINDS),
                note: MaskedWords,
                callId: nullable(Type.String()),
                at: Instant,
                by: exactly({ id: Type.String(), displayName: Type.String() }),
                ticketId: Type.String(),
                ticketNumber: Type.String(),
                ticketState: Type.String(),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = await wholeOf(request, request.params.id);
      return { doubts: [...(await services.care.doubts(id))] };
    },
  );
}
