import { Type } from '@fastify/type-provider-typebox';
import { ADDRESS_MESSAGES, tellAddress } from '../../../app/knowledge/places/tell-address.ts';
import { TICKET_TYPES } from '../../../domain/tickets/ticket.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdempotencyHeaders, IdParams, nullable, oneOf, Uuid } from '../shapes/elements.ts';
import { whenWritten } from '../unwritten-call.ts';

/** 短信发送地址 (D6): the address of a place to who rang, and with it the call's answer. */
export function placeMessageRoutes(app: Api, services: ApiServices): void {
  const tell = tellAddress(services);

  app.post(
    '/places/:id/messages',
    {
      config: { creates: true },
      schema: {
        operationId: 'tellPlaceAddress',
        tags: ['places'],
        summary:
          '把地址、电话、开放时间用短信发给来电的市民；同一通话同一场所只发一次。发出即为答复，通话计为当场解答',
        params: IdParams,
        headers: IdempotencyHeaders,
        body: exactly({
          callId: Uuid,
          type: oneOf(TICKET_TYPES, { default: 'ENQUIRY', description: '诉求类型' }),
        }),
        response: answers({
          200: exactly({
            message: oneOf(ADDRESS_MESSAGES, {
              description: '已排队、已发过、来电号码收不了短信（不算答复）',
            }),
            outcome: nullable(Type.String({ description: '通话去向；已转工单的仍为工单；空：尚未登记' })),
          }),
        }),
      },
    },
    (request) => {
      const { callId, type } = request.body;
      const id = newIdFor(request, services, 'placeQuote');
      const asked = { id, callId, type, placeId: request.params.id, agentId: callerOf(request).id };
      return whenWritten(services, request, callId, () => tell(asked));
    },
  );
}
