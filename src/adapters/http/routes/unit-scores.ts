import { Type } from '@fastify/type-provider-typebox';
import { UNIT_KINDS } from '../../../app/ports/organisation.ts';
import { reportUnits } from '../../../app/reporting/report-units.ts';
import { daysOf } from '../../../domain/reporting/period.ts';
import { SCORE_NAMES, SCORES } from '../../../domain/reporting/scorecard.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { MaskedWords } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, Day, exactly, Instant, nullable, oneOf, PageQuery } from '../shapes/elements.ts';

const DAYS_AT_MOST = 366;

const Share = {
  numerator: Type.Integer(),
  denominator: Type.Integer(),
  value: nullable(Type.Number({ description: '百分数，两位小数，四舍五入；分母为零时为空' })),
};
const ScoreShape = exactly({
  name: oneOf(SCORE_NAMES),
  ...Share,
  afterExclusions: exactly(Share, { description: '剔除后；区间和名次按此计算' }),
  interval: Type.Union([exactly({ from: Type.Number(), to: Type.Number() }), Type.Null()], {
    description: '95% 置信区间（Wilson）：件数少则宽',
  }),
  proven: nullable(Type.Integer({ description: '分子中不止凭单位自述、有平台通话为证的；空：不适用' })),
  rank: Type.Union(
    [
      exactly({
        from: Type.Integer(),
        to: Type.Integer(),
        of: Type.Integer({ description: '同类单位中有此项数据的个数' }),
      }),
      Type.Null(),
    ],
    { description: '名次范围：区间相互重叠的单位分不出先后；空：没有数据' },
  ),
  rows: Type.String({ description: '该数字背后的各行' }),
});

/** The days asked for; refuses with `period.tooLong`. */
function refuseLong(period: { readonly from: string; readonly to: string }): void {
  if (daysOf(period, DAYS_AT_MOST) === null) throw new Refusal('period.tooLong');
}

/** 考评: how units did, each figure with its formula, its uncertainty and what stands behind it (I6). */
export function unitScoreRoutes(app: Api, services: ApiServices): void {
  const report = reportUnits(services);

  app.get(
    '/reports/units',
    {
      schema: {
        operationId: 'reportUnits',
        tags: ['reports'],
        summary: '承办单位考评：各项比率附公式、分子分母、置信区间和同类名次范围；单位只看到自己的',
        querystring: exactly({ from: Day, to: Day }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            formulas: Type.Array(
              exactly({
                name: oneOf(SCORE_NAMES),
                zh: Type.String(),
                en: Type.String(),
                better: oneOf(['high', 'low'], { description: 'high 越高越好，low 越低越好' }),
                formula: exactly({ zh: Type.String(), en: Type.String() }),
                source: Type.String(),
              }),
            ),
            units: Type.Array(
              exactly({
                code: Type.String(),
                name: Type.String(),
                kind: oneOf(UNIT_KINDS, { description: '与同类比较' }),
                scores: Type.Array(ScoreShape),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      refuseLong({ from, to });
      const { unitCode } = actorOf(request);
      const cards = await report({ from, to, now: services.now() }, unitCode);
      return {
        ...{ from, to },
        formulas: SCORE_NAMES.map((name) => ({
          name,
          ...SCORES[name],
          formula: { ...SCORES[name].formula },
        })),
        units: cards.map(({ unit, scores }) => ({
          ...unit,
          scores: scores.map((one) => ({
            ...one,
            rows: `/v1/reports/units/rows?unit=${unit.code}&name=${one.name}&from=${from}&to=${to}`,
          })),
        })),
      };
    },
  );

  app.get(
    '/reports/units/rows',
    {
      schema: {
        operationId: 'listScoreRows',
        tags: ['reports'],
        summary: '一个考评数字背后的工单，新的在前；part=numerator 只看分子，rest 只看未计入分子的',
        querystring: exactly({
          ...PageQuery,
          from: Day,
          to: Day,
          unit: Code,
          name: oneOf(SCORE_NAMES),
          part: Type.Optional(oneOf(['numerator', 'rest'])),
        }),
        response: answers({
          200: exactly({
            rows: Type.Array(
              exactly({
                ticketId: Type.String(),
                ticketNumber: Type.String(),
                title: MaskedWords,
                at: Instant,
                counts: Type.Boolean({ description: '计入分子' }),
                excluded: Type.Boolean({ description: '已剔除' }),
                proven: nullable(Type.Boolean({ description: '有平台通话为证' })),
              }),
            ),
            next: nullable(Type.String()),
            withheld: Type.Integer({ description: '另有几行属保密工单，查看人无权看到' }),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to, unit, name, part, limit, after } = request.query;
      refuseLong({ from, to });
      const actor = actorOf(request);
      // What is another unit's is no business of this one.
      if (actor.unitCode !== null && actor.unitCode !== unit) throw new Refusal('score.otherUnit');
      const page = after === undefined ? { limit } : { limit, after };
      const of = { unitCode: unit, name, ...(part === undefined ? {} : { counts: part === 'numerator' }) };
      const period = { from, to, now: services.now() };
      const { rows, next, withheld } = await services.unitScores.rows(period, of, sightOf(actor), page);
      return { rows: [...rows], next, withheld };
    },
  );
}
