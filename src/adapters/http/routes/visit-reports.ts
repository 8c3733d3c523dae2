import { Type } from '@fastify/type-provider-typebox';
import { discrepancyIndex, VISIT_RATE_NAMES, visitRates } from '../../../domain/reporting/visit-report.ts';
import { EXCLUSION_GROUNDS } from '../../../domain/tickets/exclusion.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, nullable, oneOf } from '../shapes/elements.ts';

const Period = {
  from: Type.String({ format: 'date-time', description: '起（含），带时区' }),
  to: Type.String({ format: 'date-time', description: '止（不含），带时区' }),
};
const Quotient = {
  numerator: Type.Integer(),
  denominator: Type.Integer(),
  value: nullable(Type.Number({ description: '百分数，两位小数，四舍五入；分母为零时为空' })),
};
const Rate = exactly({
  name: oneOf(VISIT_RATE_NAMES),
  zh: Type.String(),
  formula: Type.String(),
  source: Type.String({ description: '数据来源' }),
  ...Quotient,
  afterExclusions: exactly(Quotient, { description: '剔除后' }),
});
const Tally = {
  answered: Type.Integer(),
  responded: Type.Integer(),
  resolved: Type.Integer(),
  satisfiedResult: Type.Integer(),
  satisfiedProcess: Type.Integer(),
};

/** 三率, with and without exclusions; what was excluded; and how far the first word can be believed. */
export function visitReportRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/visits',
    {
      schema: {
        operationId: 'countVisits',
        tags: ['reports'],
        summary: '回访三率：响应率、解决率、满意率（结果与过程），按承办单位；剔除前后并列，各附公式与来源',
        querystring: exactly(Period),
        response: answers({
          200: exactly({
            formula: Type.String(),
            units: Type.Array(
              exactly({
                unitCode: nullable(Type.String()),
                unitName: nullable(Type.String()),
                ...Tally,
                excluded: exactly(Tally),
                byMachine: Type.Integer({ description: '其中自动回访' }),
                rated: Type.Integer({ description: '市民自行评价的件数' }),
                conflicts: Type.Integer({ description: '评价与回访相反的件数' }),
                rates: Type.Array(Rate),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const counts = await services.visits.counts(Date.parse(from), Date.parse(to));
      return {
        formula: '分母为已接听的回访；基本满意及以上为满意；afterExclusions 去掉两人核准剔除的工单',
        units: counts.map((unit) => ({ ...unit, rates: [...visitRates(unit, unit.excluded)] })),
      };
    },
  );

  app.get(
    '/reports/visit-samples',
    {
      schema: {
        operationId: 'reportSamples',
        tags: ['reports'],
        summary: '独立复核：差异指数 = 复核推翻“满意且已解决”的件数 ÷ 已复核件数，按承办单位或首次回访人',
        querystring: exactly({
          ...Period,
          by: oneOf(['unit', 'visitor'], {
            default: 'unit',
            description: 'unit 承办单位，visitor 首次回访人（空为自动回访）',
          }),
        }),
        response: answers({
          200: exactly({
            formula: Type.String(),
            rows: Type.Array(
              exactly({
                key: nullable(Type.String()),
                name: nullable(Type.String()),
                drawn: Type.Integer(),
                compared: Type.Integer(),
                falseContent: Type.Integer(),
                index: nullable(Type.Number()),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to, by } = request.query;
      const rows = await services.samples.discrepancies(Date.parse(from), Date.parse(to), by);
      return {
        formula: 'index = falseContent ÷ compared（%）；来源 visit_samples',
        rows: rows.map((row) => ({ ...row, index: discrepancyIndex(row) })),
      };
    },
  );

  app.get(
    '/reports/exclusions',
    {
      schema: {
        operationId: 'countExclusions',
        tags: ['reports'],
        summary: '剔除公示：各承办单位各事由核准与不同意的件数（不含个案内容，对外公开）',
        querystring: exactly(Period),
        response: answers({
          200: exactly({
            counts: Type.Array(
              exactly({
                unitCode: Type.String(),
                unitName: Type.String(),
                ground: oneOf(EXCLUSION_GROUNDS),
                excluded: Type.Integer(),
                refused: Type.Integer(),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      return { counts: [...(await services.exclusions.counts(Date.parse(from), Date.parse(to)))] };
    },
  );
}
