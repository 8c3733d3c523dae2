import { Type } from '@fastify/type-provider-typebox';
import { askForce, decideForce } from '../../../app/tickets/force-ticket.ts';
import { FORCE_DECISIONS, FORCE_STATES } from '../../../domain/tickets/forced-move.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { MaskedWords } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  Reason,
  Uuid,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { TicketStateShape } from '../shapes/tickets.ts';

const StateShape = oneOf(FORCE_STATES, {
  description: 'asked 待他人同意，done 已执行，refused 不同意，withdrawn 撤回，expired 过期',
});

/** 强制流转: to any state, with a reason, by two people of the hotline, on the time line as what it is. */
export function forcedMoveRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/forced-moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'askForcedMove',
        tags: ['tickets'],
        summary: '申请把工单强制流转到任一状态；须由另一人同意后执行，一日内有效',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          to: TicketStateShape,
          unitCode: Type.Optional(Code),
          version: Type.Integer({ minimum: 1, description: '所见工单的 version' }),
          reason: Reason,
        }),
        response: answers({ 201: exactly({ id: Type.String(), expiresAt: Instant }) }),
      },
    },
    async (request, reply) => {
      const { unitCode = null, ...rest } = request.body;
      const actor = actorOf(request);
      const asked = await askForce(services)({ ticketId: request.params.id, unitCode, ...rest, actor });
      return reply.status(201).send(asked);
    },
  );

  app.get(
    '/forced-moves',
    {
      schema: {
        operationId: 'listForcedMoves',
        tags: ['tickets'],
        summary: '强制流转的申请，新的在前',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(StateShape),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({
          200: pageShape(
            'forcedMoves',
            exactly({
              id: Type.String(),
              ticketId: Type.String(),
              ticketNumber: Type.String(),
              from: TicketStateShape,
              to: TicketStateShape,
              unitCode: nullable(Type.String()),
              reason: MaskedWords,
              state: StateShape,
              askedBy: Type.String(),
              askedById: Type.String({ description: '申请人账号：须由他人同意' }),
              askedAt: Instant,
              expiresAt: Instant,
              decidedBy: nullable(Type.String()),
              decidedAt: nullable(Instant),
              words: MaskedWords,
            }),
          ),
        }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.forcedMoves.list(filter, sightOf(actorOf(request)), page);
      return { forcedMoves: [...rows], next };
    },
  );

  app.post(
    '/forced-moves/:id/decisions',
    {
      config: { creates: true },
      schema: {
        operationId: 'decideForcedMove',
        tags: ['tickets'],
        summary: '同意 approve（即执行）或不同意 refuse，须为他人；申请人可撤回 withdraw',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ decision: oneOf(FORCE_DECISIONS), words: Reason }),
        response: answers({
          200: exactly({ id: Type.String(), state: StateShape, ticketState: TicketStateShape }),
        }),
      },
    },
    (request) => {
      const { decision, words } = request.body;
      return decideForce(services)({ id: request.params.id, move: decision, words, actor: actorOf(request) });
    },
  );
}
