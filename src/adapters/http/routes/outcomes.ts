import { Type } from '@fastify/type-provider-typebox';
import { closeCall } from '../../../app/tickets/close-call.ts';
import { TICKET_TYPES } from '../../../domain/tickets/ticket.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  oneOf,
  Reason,
} from '../shapes/elements.ts';
import { CategoryCode, SubtypeCode, TagCodes } from '../shapes/tickets.ts';
import { whenWritten } from '../unwritten-call.ts';
import { visibleCall } from './calls.ts';

export function outcomeRoutes(app: Api, services: ApiServices): void {
  const close = closeCall(services);

  app.post(
    '/calls/:id/outcome',
    {
      config: { creates: true },
      schema: {
        operationId: 'closeCall',
        tags: ['calls'],
        summary: '登记通话去向：当场解答，或无效来电（转为工单请用 POST /v1/tickets）',
        params: IdParams,
        headers: IdempotencyHeaders,
        body: Type.Object(
          {
            outcome: oneOf(['answeredOnSpot', 'invalid'], { description: 'answeredOnSpot 或 invalid' }),
            type: Type.Optional(oneOf(TICKET_TYPES, { description: `诉求类型：${TICKET_TYPES.join(', ')}` })),
            categoryCode: Type.Optional(CategoryCode),
            subtypeCode: SubtypeCode,
            tags: TagCodes,
            reason: Type.Optional(Reason),
          },
          {
            additionalProperties: false,
            // The fields that the one outcome needs and the other does not know.
            if: { properties: { outcome: { const: 'invalid' } } },
            // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
            then: {
              required: ['reason'],
              properties: { reason: { description: '无效来电的理由，4 至 500 字' } },
            },
            else: {
              required: ['type', 'categoryCode'],
              properties: {
                type: { description: `诉求类型：${TICKET_TYPES.join(', ')}` },
                categoryCode: { description: '诉求分类代码，见 /v1/categories' },
              },
            },
          },
        ),
        response: answers({
          201: exactly({
            callId: Type.String(),
            outcome: oneOf(['answeredOnSpot', 'invalid']),
            closedAt: Instant,
          }),
        }),
      },
    },
    async (request, reply) => {
      const callId = request.params.id;
      const { outcome: kind, type, categoryCode, subtypeCode = null, tags = [], reason } = request.body;
      const closed = await whenWritten(services, request, callId, async () => {
        await visibleCall(services, request, callId);
        return close({
          callId,
          actor: actorOf(request),
          outcome:
            kind === 'invalid'
              ? { kind, reason: reason ?? '' }
              : { kind, type: type ?? 'ENQUIRY', categoryCode: categoryCode ?? '', subtypeCode, tags },
        });
      });
      return reply.status(201).send(closed);
    },
  );
}
