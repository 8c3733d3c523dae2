import { Type } from '@fastify/type-provider-typebox';
import { askExtension } from '../../../app/tickets/ask-extension.ts';
import { decideOnExtension } from '../../../app/tickets/decide-extension.ts';
import { EXTENSION_DECISIONS, EXTENSION_STATES } from '../../../domain/tickets/extension.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { MaskedWords } from '../masking.ts';
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
  Uuid,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const StateShape = oneOf(EXTENSION_STATES, {
  description: 'asked 待决定，granted 批准，refused 不批准，withdrawn 撤回，lapsed 到期未决而失效',
});
const Amount = Type.Integer({
  minimum: 1,
  maximum: 250,
  description: '延长多少，与办理时限同单位（工作日或自然日）',
});
const words = (description: string, maxLength: number) =>
  Type.String({ minLength: 2, maxLength, pattern: VISIBLE, description });
const PublicReason = words('告知市民的理由，会写入短信，不得含个人信息', 120);

/** 延期: asked by the unit before its time is over, decided by somebody of the centre, told to the citizen (H11). */
export function extensionRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/extensions',
    {
      config: { creates: true },
      schema: {
        operationId: 'askExtension',
        tags: ['tickets'],
        summary: '承办单位在到期前申请延期，附理由和依据；批准前时限照走',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          amount: Amount,
          reason: words('申请理由', 2000),
          evidence: words('依据，如材料名称或施工计划', 2000),
          publicReason: PublicReason,
        }),
        response: answers({ 201: exactly({ id: Type.String(), decideBy: Instant }) }),
      },
    },
    async (request, reply) => {
      const asked = await askExtension(services)({
        ticketId: request.params.id,
        ...request.body,
        actor: actorOf(request),
      });
      return reply.status(201).send(asked);
    },
  );

  app.get(
    '/extensions',
    {
      schema: {
        operationId: 'listExtensions',
        tags: ['tickets'],
        summary: '延期申请，先到期者在前；承办单位只看到自己的',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(StateShape),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({
          200: pageShape(
            'extensions',
            exactly({
              id: Type.String(),
              ticketId: Type.String(),
              ticketNumber: Type.String(),
              unit: exactly({ code: Type.String(), name: Type.String() }),
              state: StateShape,
              amount: Type.Integer(),
              reason: MaskedWords,
              evidence: MaskedWords,
              publicReason: Type.String(),
              askedBy: nullable(Type.String()),
              askedAt: Instant,
              decideBy: Instant,
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
      const { rows, next } = await services.extensions.list(filter, sightOf(actorOf(request)), page);
      return { extensions: [...rows], next };
    },
  );

  app.post(
    '/extensions/:id/decisions',
    {
      config: { creates: true },
      schema: {
        operationId: 'decideExtension',
        tags: ['tickets'],
        summary:
          '决定延期：批准 grant（两个时钟同时延长并告知市民）、不批准 refuse，均须中心的他人；单位可撤回 withdraw',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          decision: oneOf(EXTENSION_DECISIONS),
          words: words('意见', 1000),
          amount: Type.Optional(Amount),
          publicReason: Type.Optional(PublicReason),
        }),
        response: answers({
          200: exactly({ id: Type.String(), state: StateShape, citizenDueAt: nullable(Instant) }),
        }),
      },
    },
    (request) => {
      const { decision, ...rest } = request.body;
      return decideOnExtension(services)({
        id: request.params.id,
        move: decision,
        ...rest,
        actor: actorOf(request),
      });
    },
  );
}
