import { Type } from '@fastify/type-provider-typebox';
import type { RegisteredLine } from '../../../app/ports/lines.ts';
import { lineTraffic } from '../../../app/reporting/line-traffic.ts';
import { reportLine, reportLines } from '../../../app/reporting/report-lines.ts';
import { MODES } from '../../../domain/hotlines/mode.ts';
import { byNumber, periodAt } from '../../../domain/hotlines/register/period.ts';
import { isUsed } from '../../../domain/reporting/line-report.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, DialledNumber, exactly, nullable, oneOf } from '../shapes/elements.ts';
import { reportFields, seenReport } from '../shapes/figures.ts';

const Period = exactly({ from: Day, to: Day });
const reportQuery = {
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  beforeFrom: Type.Optional(Day),
  beforeTo: Type.Optional(Day),
  splitOn: Type.Optional(
    Type.String({
      format: 'date',
      description: '归并之日：比较此前与此后各若干天',
      examples: ['2020-04-28'],
    }),
  ),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, description: '与 splitOn 同用，默认 30 天' })),
};
const headFields = {
  number: nullable(Type.String({ description: 'null：未识别出号码的来电' })),
  name: nullable(Type.String()),
  unitCode: nullable(Type.String()),
  unitName: nullable(Type.String()),
  mode: nullable(oneOf(MODES)),
};
const headOf = (number: string | null, line: RegisteredLine | null) => ({
  number,
  name: line?.name ?? null,
  unitCode: line?.unitCode ?? null,
  unitName: line?.unitName ?? null,
  mode: line?.mode ?? null,
});
const periodFields = { before: Type.Union([Period, Type.Null()]), after: Period };

/** What merging did to each number: figures over one period, or over two side by side. */
export function lineReportRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/lines',
    {
      schema: {
        operationId: 'reportLines',
        tags: ['reports'],
        summary: '各号码的统计，可与另一时段并列；合计与 /v1/totals 一致，附公式',
        querystring: exactly({
          ...reportQuery,
          used: Type.Boolean({ default: false, description: '只列有来电的号码；合计不变' }),
        }),
        response: answers({
          200: exactly({
            periods: exactly(periodFields),
            lines: Type.Array(exactly({ ...headFields, ...reportFields })),
            total: exactly(reportFields),
          }),
        }),
      },
    },
    async (request) => {
      const { used, ...query } = request.query;
      const { before, after, lines, total, register } = await reportLines(services)(query);
      const periods = byNumber(register);
      return {
        periods: { before, after },
        lines: (used ? lines.filter(isUsed) : lines).map((report) => {
          const known = report.line === null ? null : periodAt(periods.get(report.line) ?? [], after.to);
          return { ...headOf(report.line, known), ...seenReport(report) };
        }),
        total: seenReport(total),
      };
    },
  );

  app.get(
    '/reports/lines/:number',
    {
      schema: {
        operationId: 'reportLine',
        tags: ['reports'],
        summary: '一个号码的统计，可比较归并前后',
        params: exactly({ number: DialledNumber }),
        querystring: exactly(reportQuery),
        response: answers({
          200: exactly({ periods: exactly(periodFields), ...headFields, ...reportFields }),
        }),
      },
    },
    async (request) => {
      const { number } = request.params;
      const { before, after, report, registered } = await reportLine(services)(number, request.query);
      return { periods: { before, after }, ...headOf(number, registered), ...seenReport(report) };
    },
  );

  app.get(
    '/lines/:number/traffic',
    {
      schema: {
        operationId: 'readLineTraffic',
        tags: ['reports'],
        summary: '一个号码逐日的来电：过渡期内和期满后，仍在拨打的号码数，已提醒改拨的短信数',
        params: exactly({ number: DialledNumber }),
        querystring: Period,
        response: answers({
          200: exactly({
            ...headFields,
            from: Day,
            to: Day,
            transition: Type.Union([exactly({ from: Day, lastDay: Day }), Type.Null()]),
            days: Type.Array(
              exactly({
                day: Day,
                calls: Type.Integer(),
                answered: Type.Integer(),
                callers: Type.Integer({ description: '不同主叫号码数，不含隐藏号码' }),
                during: Type.Integer({ description: '过渡期内' }),
                after: Type.Integer({ description: '期满或并入之后' }),
                told: Type.Integer({ description: '“请今后直接拨打12345”短信' }),
                reportedByUnit: Type.Integer({ description: '承办单位上报' }),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const { number } = request.params;
      const { line, transition, days } = await lineTraffic(services)(number, from, to);
      return { ...headOf(number, line), from, to, transition, days: [...days] };
    },
  );
}
