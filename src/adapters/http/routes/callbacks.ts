import { Type } from '@fastify/type-provider-typebox';
import { callFromTicket } from '../../../app/callbacks/call-from-ticket.ts';
import { AppError } from '../../../app/errors.ts';
import { CALLBACK_STATES } from '../../../domain/callbacks/callback-table.ts';
import { DIAL_OUTCOME_NAMES, TOLD_OUTCOMES } from '../../../domain/callbacks/dial-outcome.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedNumber } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import { type Api, boardSightOf } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  exactly,
  IdParams,
  Instant,
  nullable,
  OfCallQuery,
  ofCall,
  oneOf,
  PageQuery,
  Reason,
  Uuid,
} from '../shapes/elements.ts';
import { AgentShape } from '../shapes/live.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const CallbackShape = exactly({
  id: Type.String(),
  number: MaskedNumber,
  queue: Type.String(),
  line: nullable(Type.String()),
  callId: Type.String({ description: '市民提出回呼的来电' }),
  ticketId: nullable(Type.String()),
  state: oneOf(CALLBACK_STATES),
  sinceAt: Instant,
  requestedAt: Instant,
  validUntil: Instant,
  dueAt: nullable(Instant),
  attempts: Type.Integer({ description: '已拨打市民几次' }),
  lastOutcome: nullable(oneOf(DIAL_OUTCOME_NAMES)),
  endedAt: nullable(Instant),
});

/** Who is to be called back, and calls that agents make. */
export function callbackRoutes(app: Api, services: ApiServices): void {
  const callTicket = callFromTicket(services);

  app.post(
    '/agents/me/calls',
    {
      config: { creates: true },
      schema: {
        operationId: 'agentCall',
        tags: ['agents'],
        summary: '呼叫工单的诉求人：先接通本人话机，再拨打市民；号码不下发，主叫显示 12345',
        body: exactly({
          ticketId: Uuid,
          purpose: oneOf(['ticket', 'returnVisit'], { description: 'returnVisit：回访员专用' }),
        }),
        response: answers({
          201: exactly({ callId: Type.String(), agent: Type.Union([AgentShape, Type.Null()]) }),
        }),
      },
    },
    async (request, reply) => {
      const { ticketId, purpose } = request.body;
      if (purpose === 'returnVisit' && !callerOf(request).roles.includes('returnVisitor')) {
        throw new Refusal('access.denied');
      }
      const callId = newIdFor(request, services, 'call');
      const placed = await callTicket({
        ...{ callId, ticketId, purpose },
        agentId: callerOf(request).id,
        actor: actorOf(request),
      });
      return reply.status(201).send(placed);
    },
  );

  app.post(
    '/agents/me/not-reached',
    {
      schema: {
        operationId: 'agentNotReached',
        tags: ['agents'],
        summary: '当前外呼未找到本人：结束通话并记为一次未接通',
        querystring: OfCallQuery,
        body: exactly({
          outcome: oneOf(TOLD_OUTCOMES, { description: '语音信箱、运营商提示音、非本人接听' }),
        }),
        response: answers({ 200: exactly({ agent: Type.Union([AgentShape, Type.Null()]) }) }),
      },
    },
    async (request) => {
      const { outcome } = request.body;
      const reply = await services.commands.send({
        kind: 'notReached',
        agentId: callerOf(request).id,
        outcome,
        ...ofCall(request.query),
      });
      if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
      return { agent: reply.agent };
    },
  );

  app.get(
    '/callbacks',
    {
      schema: {
        operationId: 'listCallbacks',
        tags: ['calls'],
        summary: '排队回呼，新的在前；话务员只看到本人队列中尚未结束的',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(oneOf(CALLBACK_STATES)),
          queue: Type.Optional(Code),
          only: Type.Optional(oneOf(['open'], { description: 'open：尚未结束' })),
        }),
        response: answers({ 200: pageShape('callbacks', CallbackShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { id, seesAll } = boardSightOf(callerOf(request));
      // As much as an agent needs: who waits to be called back at his queues.
      const own = seesAll
        ? {}
        : { queues: (await services.agents.byAccount(id))?.queues ?? [], only: 'open' as const };
      const { callbacks, next } = await services.callbacks.list({ ...filter, ...own }, page);
      return { callbacks: callbacks.map((one) => ({ ...one, number: maskedNumber(one.number) })), next };
    },
  );

  app.post(
    '/callbacks/:id/cancel',
    {
      schema: {
        operationId: 'cancelCallback',
        tags: ['calls'],
        summary: '取消回呼，说明理由；正在拨打的一并挂断',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: answers({ 200: exactly({ id: Type.String() }) }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { id: accountId, displayName: name } = callerOf(request);
      const reply = await services.commands.send({
        kind: 'cancelCallback',
        callbackId: id,
        by: { accountId, name },
        reason: request.body.reason.trim(),
      });
      if (!reply.ok) {
        const known = await services.callbacks.known(id);
        throw new AppError(known || reply.code !== 'callback.over' ? reply.code : 'callback.unknown', { id });
      }
      return { id };
    },
  );
}
