import { Type } from '@fastify/type-provider-typebox';
import { quoteEntry } from '../../../app/knowledge/quote-entry.ts';
import { RETRACTED_MESSAGES, retractQuote } from '../../../app/knowledge/retract-quote.ts';
import { QUOTE_MESSAGES } from '../../../app/ports/knowledge-quotes.ts';
import { TICKET_TYPES } from '../../../domain/tickets/ticket.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
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
  Reason,
  Uuid,
  VersionNumber,
} from '../shapes/elements.ts';
import { whenWritten } from '../unwritten-call.ts';
import { visibleCall } from './calls.ts';

/** 以此答复: one key in the call; and what was answered in a call, entry by entry. */
export function knowledgeQuoteRoutes(app: Api, services: ApiServices): void {
  const quote = quoteEntry(services);
  const retract = retractQuote(services);

  app.post(
    '/calls/:id/quotes',
    {
      config: { creates: true },
      schema: {
        operationId: 'quoteKnowledge',
        tags: ['knowledge'],
        summary: '以此答复：记下答复的条目和版本，通话计为当场解答；可同时发短信。限本人通话，整理态也可',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          entryId: Uuid,
          version: VersionNumber,
          type: oneOf(TICKET_TYPES, { default: 'ENQUIRY', description: '诉求类型' }),
          message: Type.Boolean({ default: false, description: '同时把短信答复发给来电号码' }),
        }),
        response: answers({
          201: exactly({
            id: Type.String(),
            callId: Type.String(),
            entryNumber: Type.String(),
            version: Type.Integer(),
            outcome: oneOf(['answeredOnSpot', 'ticket', 'invalid'], {
              description: '通话去向；已转工单的仍为工单',
            }),
            message: oneOf(QUOTE_MESSAGES, { description: '短信：未要求、已排队、发过、无法送达' }),
          }),
        }),
      },
    },
    async (request, reply) => {
      const callId = request.params.id;
      const { message: withMessage, ...told } = request.body;
      const id = newIdFor(request, services, 'quote');
      const agentId = callerOf(request).id;
      const quoted = await whenWritten(services, request, callId, () =>
        quote({ ...told, id, callId, withMessage, agentId }),
      );
      return reply.status(201).send(quoted);
    },
  );

  app.get(
    '/calls/:id/quotes',
    {
      schema: {
        operationId: 'listCallQuotes',
        tags: ['knowledge'],
        summary: '一次通话中答复过的：知识条目及版本、发给市民的场所地址',
        params: IdParams,
        response: answers({
          200: exactly({
            quotes: Type.Array(
              exactly({
                id: Type.String(),
                callId: Type.String(),
                entryId: Type.String(),
                entryNumber: Type.String(),
                version: Type.Integer(),
                question: Type.String(),
                answer: Type.String({ description: '当时念的文字' }),
                at: Instant,
                agent: exactly({ id: Type.String(), displayName: Type.String() }),
                message: oneOf(QUOTE_MESSAGES),
                retractedAt: nullable(Type.String()),
                retraction: nullable(Type.String()),
              }),
            ),
            places: Type.Array(
              exactly({
                id: Type.String(),
                callId: Type.String(),
                placeId: Type.String(),
                revision: Type.Integer(),
                name: Type.String({ description: '当时的名称' }),
                address: Type.String(),
                at: Instant,
                agent: exactly({ id: Type.String(), displayName: Type.String() }),
                message: oneOf(['queued', 'known']),
                retractedAt: nullable(Type.String()),
                retraction: nullable(Type.String()),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const call = await visibleCall(services, request, request.params.id);
      const [quotes, places] = await Promise.all([
        services.quotes.ofCall(call.id),
        services.quotes.placesOfCall(call.id),
      ]);
      return { quotes: [...quotes], places: [...places] };
    },
  );

  app.post(
    '/calls/:id/quotes/:quoteId/retraction',
    {
      schema: {
        operationId: 'retractQuote',
        tags: ['knowledge'],
        summary: '撤销误按的“以此答复”或误发的场所地址；由它登记的当场解答随之取消，可另行登记',
        params: exactly({ id: Uuid, quoteId: Uuid }),
        body: exactly({ reason: Reason }),
        response: answers({
          200: exactly({
            retracted: Type.Boolean({ description: '否：此前已撤销' }),
            message: oneOf(RETRACTED_MESSAGES, { description: '随答复的短信：没有、已拦下、已发出' }),
          }),
        }),
      },
    },
    (request) => {
      const { id: callId, quoteId } = request.params;
      const { reason } = request.body;
      return retract({ callId, quoteId, reason, agentId: callerOf(request).id });
    },
  );
}
