import { Type } from '@fastify/type-provider-typebox';
import { callCorrected } from '../../../app/knowledge/call-corrected.ts';
import { correctEntry, settleCorrection } from '../../../app/knowledge/correct-entry.ts';
import { CORRECTION_STATES, UNWRITTEN } from '../../../app/ports/knowledge-corrections.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedNumber } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
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
  PageQuery,
  Reason,
  VersionNumber,
} from '../shapes/elements.ts';
import { Person } from '../shapes/knowledge.ts';
import { AgentShape } from '../shapes/live.ts';

const CorrectionShape = exactly({
  id: Type.String(),
  entryId: Type.String(),
  entryNumber: Type.String(),
  versions: Type.Array(Type.Integer()),
  rightVersion: nullable(Type.Integer()),
  reason: Type.String(),
  message: Type.String({ description: '发给市民的更正；空：逐个电话更正' }),
  at: Instant,
  by: exactly({ id: Type.String(), displayName: Type.String() }),
  citizens: Type.Integer(),
  open: Type.Integer({ description: '待更正的市民' }),
});
const SETTLED = ['written', 'called', 'unreachable', 'dismissed'] as const satisfies readonly Exclude<
  (typeof CORRECTION_STATES)[number],
  'open'
>[];

/** 答复更正: who heard what was wrong, and who has been told since. */
export function knowledgeCorrectionRoutes(app: Api, services: ApiServices): void {
  const correct = correctEntry(services);
  const settle = settleCorrection(services);
  const call = callCorrected(services);

  app.post(
    '/knowledge/:id/corrections',
    {
      config: { creates: true },
      schema: {
        operationId: 'correctKnowledge',
        tags: ['knowledge'],
        summary: '更正：找出听过错误版本的每位市民，生成更正清单。错误版本须先撤回或被取代',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          versions: Type.Array(VersionNumber, {
            minItems: 1,
            maxItems: 100,
            uniqueItems: true,
            description: '有误的版本',
          }),
          rightVersion: Type.Optional(VersionNumber),
          reason: Reason,
        }),
        response: answers({
          201: exactly({ id: Type.String(), citizens: Type.Integer(), calls: Type.Integer() }),
        }),
      },
    },
    async (request, reply) => {
      const { rightVersion = null, ...said } = request.body;
      const id = newIdFor(request, services, 'correction');
      const asked = { ...said, id, rightVersion, entryId: request.params.id, actor: actorOf(request) };
      return reply.status(201).send(await correct(asked));
    },
  );

  app.get(
    '/knowledge-corrections',
    {
      schema: {
        operationId: 'listCorrections',
        tags: ['knowledge'],
        summary: '更正，新的在前，及各有多少市民待更正',
        querystring: exactly(PageQuery),
        response: answers({
          200: exactly({ corrections: Type.Array(CorrectionShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const { corrections, next } = await services.corrections.list(
        after === undefined ? { limit } : { limit, after },
      );
      return { corrections: corrections.map((one) => ({ ...one, versions: [...one.versions] })), next };
    },
  );

  app.get(
    '/knowledge-corrections/:id/items',
    {
      schema: {
        operationId: 'listCorrectionItems',
        tags: ['knowledge'],
        summary: '更正清单：每位市民一条，号码已隐去；查看号码按通话说明理由（POST /v1/calls/{id}/reveal）',
        params: IdParams,
        querystring: exactly({ ...PageQuery, state: Type.Optional(oneOf(CORRECTION_STATES)) }),
        response: answers({
          200: exactly({
            items: Type.Array(
              exactly({
                id: Type.String(),
                correctionId: Type.String(),
                callerNumber: MaskedNumber,
                calls: Type.Array(Type.String(), { description: '听到错误答复的通话' }),
                heardAt: Instant,
                state: oneOf(CORRECTION_STATES),
                note: Type.String(),
                by: Person,
                settledAt: nullable(Type.String()),
                calledOut: Type.Union([exactly({ callId: Type.String(), at: Instant }), Type.Null()], {
                  description: '为更正拨出的最近一次通话',
                }),
                unwritten: Type.Union([oneOf(UNWRITTEN), Type.Null()], {
                  description:
                    '最近一条更正短信为何没有发出：正确版本已到期或已撤回、等候过久、网关拒收；该市民重新待更正',
                }),
              }),
            ),
            next: nullable(Type.String()),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = request.params;
      if ((await services.corrections.find(id)) === null) {
        throw new Refusal('knowledge.correctionUnknown', { correction: id });
      }
      const { limit, after, state } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const { items, next } = await services.corrections.items(id, state, page);
      return { items: items.map((one) => ({ ...one, calls: [...one.calls] })), next };
    },
  );

  app.post(
    '/knowledge-correction-items/:id/call',
    {
      config: { creates: true },
      schema: {
        operationId: 'callCorrectionItem',
        tags: ['knowledge'],
        summary: '一键电话更正：先接通本人话机，再拨打市民；号码不下发。说清后以 called 登记',
        headers: IdempotencyHeaders,
        params: IdParams,
        response: answers({
          201: exactly({ callId: Type.String(), agent: Type.Union([AgentShape, Type.Null()]) }),
        }),
      },
    },
    async (request, reply) => {
      const callId = newIdFor(request, services, 'call');
      const asked = { itemId: request.params.id, callId, agentId: callerOf(request).id };
      return reply.status(201).send(await call(asked));
    },
  );

  app.post(
    '/knowledge-correction-items/:id/settlement',
    {
      config: { creates: true },
      schema: {
        operationId: 'settleCorrectionItem',
        tags: ['knowledge'],
        summary: '更正一位市民：发短信、已电话更正、无法联系、无需更正',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ how: oneOf(SETTLED), note: Type.String({ maxLength: 500, default: '' }) }),
        response: answers({ 200: exactly({ id: Type.String(), state: oneOf(CORRECTION_STATES) }) }),
      },
    },
    (request) => settle({ itemId: request.params.id, ...request.body, by: callerOf(request).id }),
  );
}
