import { Type } from '@fastify/type-provider-typebox';
import { noteHandling } from '../../../app/tickets/note-handling.ts';
import { HANDLING_KINDS, HANDLING_NAMES, HANDLING_WORDS_MAX } from '../../../domain/tickets/handling.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { newIdFor } from '../idempotent.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdempotencyHeaders, IdParams, Instant, oneOf } from '../shapes/elements.ts';

/** 处理方式、办理进展 (JY-11). */
export function ticketHandlingRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/handling',
    {
      config: { creates: true },
      schema: {
        operationId: 'noteHandling',
        tags: ['tickets'],
        summary: '承办单位说明处理方式（可更改，以最后一次为准）或办理进展，记入工单经过；签收后、办结上报前',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          kind: oneOf(HANDLING_KINDS, {
            description: HANDLING_KINDS.map((kind) => `${kind} ${HANDLING_NAMES[kind]}`).join('，'),
          }),
          words: Type.String({
            minLength: 1,
            maxLength: HANDLING_WORDS_MAX,
            pattern: VISIBLE,
            description: `内容，1 至 ${HANDLING_WORDS_MAX} 字`,
          }),
        }),
        response: answers({ 201: exactly({ at: Instant }) }),
      },
    },
    async (request, reply) => {
      const id = newIdFor(request, services, 'handling');
      const asked = { ...request.body, id, ticketId: request.params.id, actor: actorOf(request) };
      const { at } = await noteHandling(services)(asked);
      return reply.status(201).send({ at: new Date(at).toISOString() });
    },
  );
}
