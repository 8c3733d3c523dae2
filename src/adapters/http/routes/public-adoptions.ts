import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { instantOf, localDateOf } from '../../../domain/deadlines/local-time.ts';
import { ADOPTION_FORMULA, adoptionRate } from '../../../domain/reporting/adoption-report.ts';
import { AttemptLimiter } from '../attempts.ts';
import { cached } from '../cached.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Instant, nullable, oneOf, PageQuery } from '../shapes/elements.ts';

const A_MINUTE = { max: 120, windowMs: 60_000 } as const;
/** What is taken off the list is gone from every cache within this. */
const MAX_AGE_S = 60;
const NotModified = { description: '未变化（If-None-Match）', type: 'null' } as const;
const Count = Type.Integer();

/** 采纳公示 (H27): which suggestions were taken up, by which measure and where that can be read; and how many of all. */
export function publicAdoptionRoutes(app: Api, services: ApiServices): void {
  const limiter = new AttemptLimiter(A_MINUTE, services.now);
  const admit = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const waitMs = limiter.take(request.ip);
    if (waitMs !== null) throw new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
  };

  app.get(
    '/public/suggestions/adopted',
    {
      onRequest: admit,
      schema: {
        operationId: 'listAdoptedSuggestions',
        tags: ['public'],
        summary:
          '采纳的建议公示：某年受理的建议中采纳了哪些、采取的措施、公开处，以及采纳率；可缓存，无需登录，不含个人信息',
        security: [],
        querystring: exactly({
          ...PageQuery,
          year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2100, description: '默认今年' })),
        }),
        response: answers({
          200: exactly({
            year: Count,
            formula: Type.String(),
            total: exactly({
              suggestions: Type.Integer({ description: '当年受理的建议（不含撤回）' }),
              adopted: Count,
              partly: Count,
              notAdopted: Count,
              rate: nullable(Type.Number({ description: '采纳率，百分数，两位小数；没有建议时为空' })),
            }),
            suggestions: Type.Array(
              exactly({
                id: Type.String(),
                outcome: oneOf(['adopted', 'partly'], { description: 'adopted 采纳，partly 部分采纳' }),
                category: Type.String(),
                unit: nullable(Type.String({ description: '承办单位' })),
                summary: Type.String({ description: '建议了什么' }),
                measure: Type.String({ description: '采取的措施' }),
                publication: Type.String({ description: '公开处；空：仅在此公示' }),
                saidAt: Instant,
              }),
            ),
            next: nullable(Type.String({ description: '下一页的 after；空：没有了' })),
          }),
          304: NotModified,
        }),
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const { zone } = (await services.calendar.load()).calendar;
      const year = request.query.year ?? Number(localDateOf(services.now(), zone).slice(0, 4));
      const [from, to] = [year, year + 1].map((one) => instantOf(`${one}-01-01`, 0, zone));
      if (from === undefined || to === undefined) throw new Error('a year has two ends');
      const page = after === undefined ? { limit } : { limit, after };
      const [total, { rows, next }] = await Promise.all([
        services.publicAdoptions.totals(from, to),
        services.publicAdoptions.published(from, to, page),
      ]);
      const shown = {
        ...{ year, formula: ADOPTION_FORMULA },
        total: { ...total, rate: adoptionRate(total) },
        suggestions: [...rows],
        next,
      };
      return cached(request, reply, shown, MAX_AGE_S) ?? reply;
    },
  );
}
