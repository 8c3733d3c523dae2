import { Type } from '@fastify/type-provider-typebox';
import { type Suggested, suggestForText, suggestForTicket } from '../../../app/dispatch/suggest-units.ts';
import { REASON_KINDS } from '../../../domain/dispatch/suggest.ts';
import { APPEAL_LENGTHS } from '../../../domain/tickets/opening.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import { answers, Day, exactly, IdParams, Instant, nullable, oneOf } from '../shapes/elements.ts';
import { spanOf, YearQuery } from '../shapes/span.ts';
import { CategoryCode } from '../shapes/tickets.ts';

const said = { area: Type.Optional(PathCode), asset: Type.Optional(PathCode) };
const Codes = Type.Array(Type.String());
const SuggestedShape = exactly({
  day: Day,
  version: Type.Integer({ description: '所依据的派单目录版本' }),
  matter: exactly(
    { categories: Codes, areas: Codes, assets: Codes },
    { description: '从文字中识别出的分类、区域、设施，最贴切的在前' },
  ),
  suggestions: Type.Array(
    exactly({
      unitCode: Type.String(),
      assistUnits: Codes,
      points: Type.Integer({ description: '各理由分值之和' }),
      reasons: Type.Array(
        exactly({
          kind: oneOf(REASON_KINDS, {
            description:
              'catalogue 目录，adjudication 裁定规则，assists 协办，earlier 同一诉求人此前工单，precedent 先例，learned 由退单和办结得出',
          }),
          points: Type.Integer(),
          words: exactly({ zh: Type.String(), en: Type.String() }),
          ref: nullable(Type.String({ description: '所依据的条目、工单或裁定' })),
        }),
      ),
    }),
    { description: '最多三个，最可能的在前；没有依据时为空' },
  ),
});

const seen = ({ matter, suggestions, ...rest }: Suggested) => ({
  ...rest,
  matter: {
    categories: [...matter.categories],
    areas: [...matter.areas],
    assets: [...matter.assets],
  },
  suggestions: suggestions.map((one) => ({
    ...one,
    assistUnits: [...one.assistUnits],
    reasons: [...one.reasons],
  })),
});

const counts = {
  choices: Type.Integer({ description: '派单次数，含改派' }),
  firstTaken: Type.Integer({ description: '派给第一建议单位的次数' }),
  amongThree: Type.Integer({ description: '派给三个建议单位之一的次数' }),
  unsuggested: Type.Integer({ description: '没有建议的次数' }),
};

/** Three units that are likeliest to answer for a matter, with reasons; and how often they were right. */
export function dispatchSuggestionRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/tickets/:id/suggestions',
    {
      schema: {
        operationId: 'suggestUnits',
        tags: ['dispatch'],
        summary: '这张工单派给谁：最好的三个单位及理由',
        params: IdParams,
        querystring: exactly(said),
        response: answers({ 200: SuggestedShape }),
      },
    },
    async (request) =>
      seen(await suggestForTicket(services)(request.params.id, request.query, actorOf(request))),
  );

  app.post(
    '/dispatch/suggestions',
    {
      schema: {
        operationId: 'suggestUnitsForText',
        tags: ['dispatch'],
        summary: '登记时即可询问：按分类和文字，派给谁',
        body: exactly({
          categoryCode: CategoryCode,
          text: Type.String({
            maxLength: APPEAL_LENGTHS.content + APPEAL_LENGTHS.place,
            description: '地点和内容',
          }),
          citizenNumber: Type.Optional(Type.String({ maxLength: APPEAL_LENGTHS.citizenNumber })),
          ...said,
        }),
        response: answers({ 200: SuggestedShape }),
      },
    },
    async (request) => {
      const { categoryCode, text, citizenNumber = '', ...more } = request.body;
      return seen(await suggestForText(services)({ categoryCode, text, citizenNumber }, more));
    },
  );

  app.get(
    '/reports/suggestions',
    {
      schema: {
        operationId: 'countSuggestions',
        tags: ['reports'],
        summary: '派单建议的命中率：第一建议被采用的比例，按分类',
        querystring: exactly(YearQuery),
        response: answers({
          200: exactly({
            from: Instant,
            to: Instant,
            formula: exactly({ zh: Type.String(), en: Type.String() }),
            ...counts,
            hitRate: nullable(Type.Number({ description: '百分数，两位小数；null：没有派单' })),
            byCategory: Type.Array(
              exactly({ category: Type.String(), ...counts, hitRate: nullable(Type.Number()) }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = spanOf(request.query);
      const { byCategory, ...all } = await services.dispatchLessons.figures(from, to);
      return {
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        formula: {
          zh: '命中率 = 派给第一建议单位的次数 ÷ 有建议的派单次数',
          en: 'hit rate = dispatches to the first suggestion / dispatches for which there was one',
        },
        ...all,
        hitRate: hitRate(all),
        byCategory: byCategory.map((one) => ({ ...one, hitRate: hitRate(one) })),
      };
    },
  );
}

function hitRate(of: { choices: number; firstTaken: number; unsuggested: number }): number | null {
  const suggested = of.choices - of.unsuggested;
  return suggested === 0 ? null : Math.round((of.firstTaken / suggested) * 10_000) / 100;
}
