import { Type } from '@fastify/type-provider-typebox';
import { reportAreas } from '../../../app/reporting/report-areas.ts';
import { daysOf } from '../../../domain/reporting/period.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly } from '../shapes/elements.ts';

/** Each ticket of the time is read. */
const DAYS_AT_MOST = 92;

const counts = {
  tickets: Type.Integer({ description: '期间内受理的诉求工单' }),
  open: Type.Integer({ description: '其中未结' }),
  overdue: Type.Integer({ description: '其中超过市民时限' }),
  reworked: Type.Integer({ description: '其中重办过' }),
};
const Counts = exactly(counts);

/** Where appeals come from: by the areas of the dispatch catalogue that their places and titles name. */
export function areaReportRoutes(app: Api, services: ApiServices): void {
  const report = reportAreas(services);

  app.get(
    '/reports/areas',
    {
      schema: {
        operationId: 'reportAreas',
        tags: ['reports'],
        summary:
          '按区域统计诉求工单：依地点和标题中的区域名辨认，每件只计一次；辨不明的、涉及多处的单列；便民服务不计入，单列',
        querystring: exactly({ from: Day, to: Day }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            total: Counts,
            areas: Type.Array(exactly({ code: Type.String(), name: Type.String(), ...counts })),
            several: exactly(counts, { description: '地点、标题涉及互不隶属的多个区域' }),
            none: exactly(counts, { description: '地点、标题中没有区域名' }),
            convenience: exactly(counts, { description: '便民服务（JY-05），不计入合计和各行' }),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      if (daysOf({ from, to }, DAYS_AT_MOST) === null) throw new Refusal('period.tooLong');
      const { areas, names, total, several, none, convenience } = await report({ from, to });
      const rows = [...areas].map(([code, one]) => ({ code, name: names.get(code) ?? code, ...one }));
      return {
        ...{ from, to, total, several, none, convenience },
        areas: rows.sort((one, other) => other.tickets - one.tickets || (one.code < other.code ? -1 : 1)),
      };
    },
  );
}
