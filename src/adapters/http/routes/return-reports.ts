import { Type } from '@fastify/type-provider-typebox';
import { SHIRKING_FORMULA, shirkingIndex } from '../../../domain/dispatch/returns.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Instant, nullable } from '../shapes/elements.ts';
import { spanOf, YearQuery } from '../shapes/span.ts';

/** Returns and what became of them, by unit: each unit sees its own before anybody speaks of it. */
export function returnReportRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/returns',
    {
      schema: {
        operationId: 'reportReturns',
        tags: ['reports'],
        summary: '退单与推诿指数：各单位退单成立、未成立的次数；承办单位只看到自己的',
        querystring: exactly(YearQuery),
        response: answers({
          200: exactly({
            from: Instant,
            to: Instant,
            formula: exactly({ zh: Type.String(), en: Type.String() }),
            units: Type.Array(
              exactly({
                unitCode: Type.String(),
                unitName: Type.String(),
                granted: Type.Integer({ description: '退单成立' }),
                refused: Type.Integer({ description: '退单未成立' }),
                shirkingIndex: nullable(Type.Number({ description: '百分数；null：没有已裁定的退单' })),
                interval: Type.Union([exactly({ from: Type.Number(), to: Type.Number() }), Type.Null()]),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = spanOf(request.query);
      const units = await services.dispatchLessons.returns(from, to, actorOf(request).unitCode);
      return {
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        formula: { ...SHIRKING_FORMULA },
        units: units.map((unit) => {
          const { value, interval } = shirkingIndex(unit);
          return { ...unit, shirkingIndex: value, interval };
        }),
      };
    },
  );
}
