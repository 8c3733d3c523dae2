import { Type } from '@fastify/type-provider-typebox';
import { MARK_CLOCKS, MARK_KINDS } from '../../../domain/deadlines/clocks.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { MaskedWords } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, exactly, Instant, nullable, oneOf, PageQuery } from '../shapes/elements.ts';
import { pageAsked } from '../shapes/paging.ts';

const HOUR_MS = 3_600_000;

export function deadlineRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/deadlines/upcoming',
    {
      schema: {
        operationId: 'listDeadlines',
        tags: ['tickets'],
        summary: '即将到期和已超期的时限，先到者在前；承办单位只看到自己的',
        querystring: exactly({
          hours: Type.Integer({
            minimum: 1,
            maximum: 24 * 31,
            default: 72,
            description: '今后多少小时内，1 至 744',
          }),
          ...PageQuery,
          limit: Type.Integer({ minimum: 1, maximum: 500, default: 100, description: '每页条数，1 至 500' }),
          clock: Type.Optional(oneOf(MARK_CLOCKS, { description: '只看这个时钟' })),
          unitCode: Type.Optional(Code),
        }),
        response: answers({
          200: exactly({
            deadlines: Type.Array(
              exactly({
                id: Type.String(),
                ticketId: Type.String(),
                ticketNumber: Type.String(),
                title: MaskedWords,
                unit: Type.Union([exactly({ code: Type.String(), name: Type.String() }), Type.Null()]),
                clock: oneOf(MARK_CLOCKS),
                kind: oneOf(MARK_KINDS),
                level: Type.Integer(),
                dueAt: Instant,
                state: oneOf(['pending', 'claimed']),
              }),
            ),
            next: nullable(Type.String({ description: '下一页的 after；空：没有了' })),
            now: nullable(Instant),
          }),
        }),
      },
    },
    async (request) => {
      const now = services.now();
      const { page, filter } = pageAsked(request.query);
      const { hours, ...only } = filter;
      const untilMs = now + hours * HOUR_MS;
      const { rows, next } = await services.upcoming.list(
        sightOf(actorOf(request)),
        { ...only, untilMs },
        page,
      );
      return { deadlines: [...rows], next, now: new Date(now).toISOString() };
    },
  );
}
