import { Type } from '@fastify/type-provider-typebox';
import { daysOf } from '../../../domain/reporting/period.ts';
import { actorOf } from '../actor.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly } from '../shapes/elements.ts';

const DAYS_AT_MOST = 366;
const Count = (description: string) => Type.Integer({ description });

/** 催办 and what came of it (I2): who pressed a unit, told apart, and how often it took an order after that. */
export function urgeReportRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/urges',
    {
      schema: {
        operationId: 'reportUrges',
        tags: ['reports'],
        summary:
          '催办统计：各单位被热线、系统、市民催办的次数分列，及催办后仍未办而督办的；承办单位只看到自己的',
        querystring: exactly({ from: Day, to: Day }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            units: Type.Array(
              exactly({
                unit: Type.Union([exactly({ code: Type.String(), name: Type.String() }), Type.Null()], {
                  description: 'null：市民催办时还没有承办单位',
                }),
                byHotline: Count('热线工作人员催办'),
                automatic: Count('系统按时限规定自动催办'),
                byCitizen: Count('市民自己催办'),
                tickets: Count('以上共涉及几件工单'),
                supervised: Count('催办后没有进展、自动书面督办的，撤销的不计'),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      if (daysOf({ from, to }, DAYS_AT_MOST) === null) throw new Refusal('period.tooLong');
      const units = await services.supervisionFacts.urges({ from, to }, actorOf(request).unitCode);
      return { from, to, units: units.map((one) => ({ ...one })) };
    },
  );
}
