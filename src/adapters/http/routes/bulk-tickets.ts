import { Type } from '@fastify/type-provider-typebox';
import { BULK_ACTS, BULK_AT_MOST, bulkTickets } from '../../../app/tickets/bulk-tickets.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { isProblemCode, PROBLEMS } from '../problems/index.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, exactly, IdempotencyHeaders, oneOf, Uuid } from '../shapes/elements.ts';
import { ChecklistShape } from '../shapes/reply-checklist.ts';
import { TicketStateShape } from '../shapes/tickets.ts';

const Line = exactly({
  id: Type.String(),
  outcome: oneOf(['done', 'refused']),
  number: Type.Optional(Type.String()),
  state: Type.Optional(TicketStateShape),
  version: Type.Optional(Type.Integer()),
  code: Type.Optional(Type.String({ description: '未办原因的代码' })),
  title: Type.Optional(Type.String({ description: '未办原因' })),
});

/** One act on many tickets, with a report line by line. */
export function bulkTicketRoutes(app: Api, services: ApiServices): void {
  const bulk = bulkTickets(services);

  app.post(
    '/tickets/bulk',
    {
      config: { creates: true },
      schema: {
        operationId: 'bulkTickets',
        tags: ['tickets'],
        summary:
          '批量办理：派单、提交审核、答复审核、转回访、归档、催办；逐件处理、逐件报告，一件不成不影响其他；转回访须逐件附答复审核单（checklist）；同一 Idempotency-Key 重发不重复办理',
        headers: IdempotencyHeaders,
        body: exactly({
          act: oneOf(BULK_ACTS, { description: 'urge 为催办' }),
          tickets: Type.Array(
            exactly({
              id: Uuid,
              version: Type.Integer({ minimum: 1, description: '所见工单的 version' }),
              checklist: Type.Optional(ChecklistShape),
            }),
            { minItems: 1, maxItems: BULK_AT_MOST },
          ),
          reason: Type.Optional(Type.String({ maxLength: 2000 })),
          unitCode: Type.Optional(Code),
        }),
        response: answers({
          200: exactly({ done: Type.Integer(), refused: Type.Integer(), lines: Type.Array(Line) }),
        }),
      },
    },
    async (request) => {
      const { act, tickets, reason = '', unitCode } = request.body;
      const lines = await bulk({
        id: newIdFor(request, services, 'bulk'),
        act,
        tickets,
        reason,
        details: unitCode === undefined ? {} : { unitCode },
        actor: { ...actorOf(request), accountId: callerOf(request).id },
      });
      const done = lines.filter(({ outcome }) => outcome === 'done').length;
      return {
        done,
        refused: lines.length - done,
        lines: lines.map((line) => {
          if (line.outcome === 'done') return line;
          const { id, outcome, code } = line;
          const { zh, en } = PROBLEMS[isProblemCode(code) ? code : 'server.defect'];
          return { id, outcome, code, title: `${zh} (${en})` };
        }),
      };
    },
  );
}
