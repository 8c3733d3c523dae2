import { Type } from '@fastify/type-provider-typebox';
import { callContact, claimContact, releaseContact } from '../../../app/visits/preview-call.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Empty, exactly, IdempotencyHeaders, IdParams, Instant, Uuid } from '../shapes/elements.ts';

/** 预览外呼: the matter first, then the telephone, then what came of it. */
export function contactRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/contact',
    {
      config: { creates: true },
      schema: {
        operationId: 'claimContact',
        tags: ['tickets'],
        summary: '打开待回访工单并占用与该市民的联系（30 分钟）；列出今日已有的联系，过多须说明理由',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          reason: Type.Optional(Type.String({ maxLength: 500, description: '今日联系已达上限时的理由' })),
        }),
        response: answers({
          201: exactly({
            until: Instant,
            recent: Type.Array(exactly({ at: Instant, purpose: Type.String(), reached: Type.Boolean() })),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { reason = '' } = request.body;
      const ticketId = request.params.id;
      const { until, recent } = await claimContact(services)({ ticketId, reason, actor: actorOf(request) });
      return reply.status(201).send({ until, recent: [...recent] });
    },
  );

  app.post(
    '/tickets/:id/contact/call',
    {
      config: { creates: true },
      schema: {
        operationId: 'callContact',
        tags: ['tickets'],
        summary: '拨打已占用联系的市民：先振铃本人话机，再呼市民；同一 callId 只拨一次，拨后须登记结果',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ callId: Uuid }),
        response: answers({ 200: exactly({ callId: Type.String() }) }),
      },
    },
    async (request) => {
      const { callId } = await callContact(services)({
        callId: request.body.callId,
        ticketId: request.params.id,
        actor: actorOf(request),
      });
      return { callId };
    },
  );

  app.delete(
    '/tickets/:id/contact',
    {
      schema: {
        operationId: 'releaseContact',
        tags: ['tickets'],
        summary: '放弃占用；已拨打的须登记结果，不能放弃',
        params: IdParams,
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      await releaseContact(services)(request.params.id, actorOf(request).accountId ?? '');
      return reply.status(204).send(null);
    },
  );
}
