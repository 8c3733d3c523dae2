import { Type } from '@fastify/type-provider-typebox';
import { sayAdoption } from '../../../app/tickets/say-adoption.ts';
import { ADOPTION_FORMULA, adoptionRate } from '../../../domain/reporting/adoption-report.ts';
import { ADOPTIONS } from '../../../domain/tickets/adoption.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdempotencyHeaders, IdParams, nullable, oneOf } from '../shapes/elements.ts';

const counts = {
  suggestions: Type.Integer({ description: '期内受理的建议（不含撤回）' }),
  adopted: Type.Integer(),
  partly: Type.Integer(),
  notAdopted: Type.Integer(),
  published: Type.Integer({ description: '其中已公开' }),
  rate: nullable(Type.Number({ description: '采纳率，百分数，两位小数，四舍五入；没有建议时为空' })),
};

/** 建议采纳: what became of suggestions, and how many were taken up. */
export function adoptionRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/adoption',
    {
      config: { creates: true },
      schema: {
        operationId: 'sayAdoption',
        tags: ['tickets'],
        summary: '登记建议是否采纳、采取的措施（未采纳的理由）及公开处；中心的认定为准',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          outcome: oneOf(ADOPTIONS, { description: 'adopted 采纳，partly 部分采纳，notAdopted 未采纳' }),
          words: Type.String({ minLength: 1, maxLength: 4000, pattern: VISIBLE, description: '措施或理由' }),
          publication: Type.Optional(Type.String({ maxLength: 500, description: '公开处：文件、网页' })),
          summary: Type.Optional(
            Type.String({
              maxLength: 500,
              description: '公开摘要：建议了什么；中心填写的连同措施列入公开名单，再次登记而不填即撤下',
            }),
          ),
        }),
        response: answers({ 201: exactly({ side: oneOf(['unit', 'hotline']) }) }),
      },
    },
    async (request, reply) => {
      const { publication = '', summary = '', ...said } = request.body;
      const actor = { ...actorOf(request), accountId: callerOf(request).id };
      const id = newIdFor(request, services, 'adoption');
      const asked = { ...said, publication, summary, id, ticketId: request.params.id, actor };
      return reply.status(201).send(await sayAdoption(services)(asked));
    },
  );

  app.get(
    '/reports/adoptions',
    {
      schema: {
        operationId: 'reportAdoptions',
        tags: ['reports'],
        summary: '建议采纳率：总数及各承办单位，附公式',
        querystring: exactly({
          from: Type.String({ format: 'date-time', description: '起（含），带时区' }),
          to: Type.String({ format: 'date-time', description: '止（不含），带时区' }),
        }),
        response: answers({
          200: exactly({
            formula: Type.String(),
            total: exactly(counts),
            units: Type.Array(
              exactly({
                unitCode: nullable(Type.String()),
                unitName: nullable(Type.String()),
                ...counts,
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const [start, end] = [Date.parse(from), Date.parse(to)];
      if (start >= end) throw new Refusal('period.invalid', { from, to });
      const units = await services.adoptions.counts(start, end);
      const sum = (of: 'suggestions' | 'adopted' | 'partly' | 'notAdopted' | 'published') =>
        units.reduce((all, one) => all + one[of], 0);
      const total = {
        ...{ suggestions: sum('suggestions'), adopted: sum('adopted'), partly: sum('partly') },
        ...{ notAdopted: sum('notAdopted'), published: sum('published') },
      };
      return {
        formula: ADOPTION_FORMULA,
        total: { ...total, rate: adoptionRate(total) },
        units: units.map((one) => ({ ...one, rate: adoptionRate(one) })),
      };
    },
  );
}
