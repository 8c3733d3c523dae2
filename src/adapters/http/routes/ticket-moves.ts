import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import { exportTimeLine } from '../../../app/tickets/export-time-line.ts';
import { moveTicket } from '../../../app/tickets/move-ticket.ts';
import { HANDLING_WORDS_MAX } from '../../../domain/tickets/handling.ts';
import { detailsOf } from '../../../domain/tickets/move-details.ts';
import { openMoves } from '../../../domain/tickets/moving.ts';
import { needsChecklist } from '../../../domain/tickets/reply-checklist.ts';
import { TICKET_MOVES } from '../../../domain/tickets/transitions.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, exactly, IdempotencyHeaders, IdParams, oneOf } from '../shapes/elements.ts';
import { saidOutcome } from '../shapes/outcome.ts';
import { ChecklistShape } from '../shapes/reply-checklist.ts';
import { TicketStateShape } from '../shapes/tickets.ts';

const MoveName = oneOf(TICKET_MOVES, { description: '工单的一步，见状态图' });
const words = (max: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: max, description }));

const Details = exactly({
  unitCode: Type.Optional(Code),
  evidence: words(2000, '退单依据'),
  suggestedUnitCode: Type.Optional(Code),
  advice: words(2000, '不予受理时给市民的指引；维持办理结果时给市民的说明'),
  plan: words(2000, '挂账事项的办理计划'),
  reviewOn: Type.Optional(Type.String({ format: 'date', description: '挂账后下次复核的日期' })),
  approach: words(HANDLING_WORDS_MAX, '处理方式：打算如何办理；之后的进展见 /handling'),
  reply: words(10_000, '给市民的答复'),
  withoutParts: words(2000, '协办单位尚未办结而先行上报的理由'),
  ...saidOutcome,
  internalReply: words(10_000, '内部答复，不公开'),
  checklist: Type.Optional(ChecklistShape),
});

/** Along the table and no other way (invariant 6). */
export function ticketMoveRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveTicket',
        tags: ['tickets'],
        summary: '办理工单的一步：派单、签收、退单、裁定、联系、办结、审核、回访、结案等',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          move: MoveName,
          version: Type.Integer({ minimum: 1, description: '所见工单的 version' }),
          reason: Type.Optional(Type.String({ maxLength: 2000, description: '理由；有些步骤必填' })),
          details: Type.Optional(Details),
        }),
        response: answers({
          200: exactly({
            id: Type.String(),
            number: Type.String(),
            state: TicketStateShape,
            version: Type.Integer(),
          }),
        }),
      },
    },
    (request) => {
      const { move, version, reason = '', details = {} } = request.body;
      return moveTicket(services)({
        id: request.params.id,
        move,
        version,
        reason,
        details,
        actor: actorOf(request),
      });
    },
  );

  app.get(
    '/tickets/:id/moves',
    {
      schema: {
        operationId: 'listTicketMoves',
        tags: ['tickets'],
        summary: '您现在可以办理的步骤，及每一步所需的内容',
        params: IdParams,
        response: answers({
          200: exactly({
            version: Type.Integer(),
            moves: Type.Array(
              exactly({
                move: MoveName,
                to: TicketStateShape,
                reason: oneOf(['required', 'optional']),
                details: Type.Array(Type.String()),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const ticket = await services.tickets.detail(request.params.id, sightOf(actor));
      if (ticket === null) throw new AppError('ticket.unknown', { id: request.params.id });
      const { state, unit, version, accusedUnits } = ticket;
      const open = openMoves({ state, unitCode: unit?.code ?? null, accusedUnits }, actor);
      return {
        version,
        moves: open.map(({ move, to, reason }) => ({
          ...{ move, to, reason },
          details: [...detailsOf(move), ...(needsChecklist(move, state) ? ['checklist'] : [])],
        })),
      };
    },
  );

  app.get(
    '/tickets/:id/proof',
    {
      schema: {
        operationId: 'exportTimeLine',
        tags: ['tickets'],
        summary:
          '工单经过的原文与散列，可作证据：每行的散列是 SHA-256（上一行散列的字节 + 本行原文的 UTF-8 字节）',
        params: IdParams,
        response: answers({
          200: exactly({
            number: Type.String(),
            version: Type.Integer({ description: '应有的行数' }),
            lines: Type.Array(
              exactly({
                text: Type.String({
                  description: 'JSON 数组：序号、毫秒时刻、办理人、原状态、新状态、事项、理由、内容',
                }),
                hash: Type.String({ description: '十六进制' }),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const proof = await exportTimeLine(services)(request.params.id, actorOf(request));
      return { ...proof, lines: [...proof.lines] };
    },
  );
}
