import { Type } from '@fastify/type-provider-typebox';
import {
  DISCONTENT_FORMULA,
  DISCONTENT_REASONS,
  type DiscontentReason,
  discontentReport,
} from '../../../domain/reporting/discontent.ts';
import {
  MATTER_FIGURE_NAMES,
  repeatComplaintRate,
  returnRate,
  sumOfDispatches,
} from '../../../domain/reporting/matter-figures.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, nullable, oneOf } from '../shapes/elements.ts';
import { spanOf, YearQuery } from '../shapes/span.ts';

/** Both go through every dispatch or answer of the span. */
const DAYS_AT_MOST = 92;

const Count = Type.Integer();
const Percent = (description: string) =>
  nullable(Type.Number({ description: `${description}，百分数，两位小数；分母为零时为空` }));
const Words = exactly({ zh: Type.String(), en: Type.String() });
const Named = { code: Type.String(), name: Type.String() };
const Group = {
  heard: Type.Integer({ description: '听取件数' }),
  matters: Type.Integer({ description: '其中不满意' }),
  share: Percent('占全部不满意'),
  rate: Percent('不满意 ÷ 听取'),
};
const REASONS = Object.keys(DISCONTENT_REASONS) as DiscontentReason[];

const FigureShape = exactly({
  name: oneOf(MATTER_FIGURE_NAMES),
  zh: Type.String({ description: '指标名称' }),
  en: Type.String(),
  numerator: Count,
  denominator: Count,
  value: Percent('分子 ÷ 分母'),
  formula: Words,
  source: Type.String({ description: '数据来源' }),
});

/** What the founding papers ask of tickets: of what kind discontent is (JS-31), how much comes back (RD-11). */
export function matterFigureRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/discontent',
    {
      schema: {
        operationId: 'reportDiscontent',
        tags: ['reports'],
        summary:
          '不满意分析：回访和市民自评中不满意的诉求，按原因、事项领域与类别、承办单位的件数和占比；来源 visit_attempts、ticket_ratings；最长 92 天',
        querystring: exactly(YearQuery),
        response: answers({
          200: exactly({
            formula: Words,
            heard: Type.Integer({ description: '听取件数' }),
            discontent: Type.Integer({ description: '不满意件数，等于各原因、各领域、各单位之和' }),
            rate: Percent('不满意 ÷ 听取'),
            reasons: Type.Array(
              exactly({ reason: oneOf(REASONS), matters: Count, share: Percent('占全部不满意') }),
            ),
            fields: Type.Array(
              exactly({
                ...Named,
                ...Group,
                categories: Type.Array(exactly({ ...Named, ...Group, ofField: Percent('占该领域不满意') })),
              }),
              { description: '多者在前' },
            ),
            units: Type.Array(exactly({ unit: Type.Union([exactly(Named), Type.Null()]), ...Group }), {
              description: '多者在前；空：没有承办单位',
            }),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = spanOf(request.query, DAYS_AT_MOST);
      const { reasons, fields, units, ...rest } = discontentReport(
        await services.matterFigures.heard(from, to),
      );
      return {
        formula: { ...DISCONTENT_FORMULA },
        ...rest,
        reasons: [...reasons],
        fields: fields.map(({ categories, ...field }) => ({ ...field, categories: [...categories] })),
        units: [...units],
      };
    },
  );

  app.get(
    '/reports/matters',
    {
      schema: {
        operationId: 'reportMatterFigures',
        tags: ['reports'],
        summary: '重复投诉率、退单率，各附公式与来源；退单率并按承办单位；最长 92 天',
        querystring: exactly(YearQuery),
        response: answers({
          200: exactly({
            figures: Type.Array(FigureShape),
            units: Type.Array(
              exactly({
                unitCode: Type.String(),
                unitName: nullable(Type.String()),
                dispatches: Type.Integer({ description: '派出次数' }),
                returns: Type.Integer({ description: '其中退回' }),
                returnRate: Percent('退单率'),
              }),
              { description: '派出多者在前' },
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = spanOf(request.query, DAYS_AT_MOST);
      const [complaints, units] = await Promise.all([
        services.matterFigures.complaints(from, to),
        services.matterFigures.dispatches(from, to),
      ]);
      const figures = [repeatComplaintRate(complaints), returnRate(sumOfDispatches(units))];
      return {
        figures: figures.map((one) => ({ ...one, formula: { ...one.formula } })),
        units: units.map((one) => ({ ...one, returnRate: returnRate(one).value })),
      };
    },
  );
}
