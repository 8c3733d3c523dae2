import { Type } from '@fastify/type-provider-typebox';
import { adjudicate, makeRule } from '../../../app/tickets/adjudicate.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedWords } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import {
  answers,
  Code,
  Day,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';

const Words = (max: number, description: string) =>
  Type.String({ minLength: 1, maxLength: max, pattern: VISIBLE, description });
const Units = Type.Array(Code, { maxItems: 20, uniqueItems: true });
const scope = {
  area: Type.Optional(PathCode),
  category: Type.Optional(PathCode),
  asset: Type.Optional(PathCode),
  validFrom: Type.Optional(Day),
};
const scopeOf = (given: { area?: string; category?: string; asset?: string; validFrom?: string }) => ({
  area: given.area ?? '',
  category: given.category ?? '',
  asset: given.asset ?? '',
  validFrom: given.validFrom ?? null,
});
const RuleVersion = nullable(Type.Integer({ description: '成为规则的派单目录版本；空：只裁定本单' }));

/** 裁定: whose a matter is, between several units; binding, looked up as precedent, and a rule where it says so. */
export function adjudicationRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/adjudications',
    {
      config: { creates: true },
      schema: {
        operationId: 'adjudicate',
        tags: ['dispatch'],
        summary: '裁定工单的责任单位：退单成立与否、改派、协办；可同时成为派单目录的规则',
        headers: IdempotencyHeaders,
        body: exactly({
          ticketId: Uuid,
          version: Type.Integer({ minimum: 1, description: '所见工单的 version' }),
          leadUnit: Code,
          assistUnits: Type.Optional(Units),
          parties: Type.Optional(
            Type.Array(exactly({ unitCode: Code, position: Words(4000, '该单位的意见') }), {
              maxItems: 20,
              description: '听取意见的单位',
            }),
          ),
          reason: Words(4000, '裁定理由'),
          rule: Type.Optional(
            exactly(scope, { description: '今后同类事项按此办理：区域、分类、设施至少限定一项' }),
          ),
        }),
        response: answers({
          201: exactly({
            id: Type.String(),
            number: Type.String(),
            state: Type.String(),
            ruleVersion: RuleVersion,
          }),
        }),
      },
    },
    async (request, reply) => {
      const { assistUnits = [], parties = [], rule, ...same } = request.body;
      const id = newIdFor(request, services, 'adjudication');
      // Written by a process that died before it could answer: it is there under this very id.
      const earlier = request.idempotent === null ? null : await services.adjudications.find(id);
      if (earlier !== null) return reply.status(201).send({ id, ...earlier });
      const decided = await adjudicate(services)({
        ...same,
        id,
        assistUnits,
        parties,
        rule: rule === undefined ? null : scopeOf(rule),
        actor: actorOf(request),
      });
      return reply.status(201).send(decided);
    },
  );

  app.post(
    '/adjudications/:id/rule',
    {
      config: { creates: true },
      schema: {
        operationId: 'makeRule',
        tags: ['dispatch'],
        summary: '把一份裁定定为派单目录的规则',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly(scope),
        response: answers({ 200: exactly({ ruleVersion: Type.Integer() }) }),
      },
    },
    (request) => makeRule(services)(request.params.id, scopeOf(request.body), actorOf(request)),
  );

  app.get(
    '/adjudications',
    {
      schema: {
        operationId: 'listAdjudications',
        tags: ['dispatch'],
        summary: '裁定先例，新的在前；可按文字、分类、单位查询。承办单位看到涉及自己的',
        querystring: exactly({
          ...PageQuery,
          text: Type.Optional(
            Type.String({ minLength: 1, maxLength: 100, description: '编号、标题、理由或意见' }),
          ),
          category: Type.Optional(PathCode),
          unit: Type.Optional(Code),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({
          200: exactly({
            adjudications: Type.Array(
              exactly({
                id: Type.String(),
                number: Type.String(),
                ticketId: Type.String(),
                ticketNumber: Type.String(),
                title: MaskedWords,
                at: Instant,
                by: Type.String(),
                leadUnit: Type.String(),
                assistUnits: Type.Array(Type.String()),
                parties: Type.Array(exactly({ unitCode: Type.String(), position: MaskedWords })),
                reason: MaskedWords,
                category: Type.String(),
                area: Type.String(),
                asset: Type.String(),
                ruleVersion: RuleVersion,
              }),
            ),
            next: nullable(Type.String()),
          }),
        }),
      },
    },
    async (request) => {
      const { limit, after, ...filter } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const { adjudications, next } = await services.adjudications.list(
        filter,
        sightOf(actorOf(request)),
        page,
      );
      return {
        adjudications: adjudications.map((one) => ({
          ...one,
          assistUnits: [...one.assistUnits],
          parties: [...one.parties],
        })),
        next,
      };
    },
  );
}
