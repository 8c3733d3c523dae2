import { Type } from '@fastify/type-provider-typebox';
import type { CallTotals } from '../../../app/ports/calls.ts';
import { NONE_REPORTED, sumOfCounts, sumOfReported, withReported } from '../../../domain/reporting/counts.ts';
import { daysOf } from '../../../domain/reporting/period.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly } from '../shapes/elements.ts';
import { callCounts, reportedFields } from '../shapes/figures.ts';

const DAYS_MAX = 92;

export function totalsRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/totals',
    {
      schema: {
        operationId: 'readTotals',
        tags: ['reports'],
        summary: '按日统计，逐日可加总：接通 = 当场解答 + 工单 + 无效 + 待登记；承办单位上报的另列并合计',
        querystring: exactly({ from: Day, to: Day }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            total: exactly({ ...callCounts, ...reportedFields }),
            days: Type.Array(exactly({ day: Day, ...callCounts, ...reportedFields })),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const wanted = daysOf({ from, to }, DAYS_MAX);
      if (wanted === null) throw new Refusal('period.invalid', { from, to });
      const told = new Map(
        (await services.figures.reportedByDay({ from, to })).map(({ day, reported }) => [day, reported]),
      );
      const days: CallTotals[] = [];
      // One after the other: a quarter at once would take all connections of the pool.
      for (const day of wanted) days.push(await services.calls.totals(day));
      const total = sumOfCounts(days);
      const reported = sumOfReported([...told.values()]);
      return {
        from,
        to,
        total: { ...total, reportedByUnit: reported, withReported: withReported(total, reported) },
        days: days.map((day) => {
          const reportedByUnit = told.get(day.day) ?? NONE_REPORTED;
          return { ...day, reportedByUnit, withReported: withReported(day, reportedByUnit) };
        }),
      };
    },
  );
}
