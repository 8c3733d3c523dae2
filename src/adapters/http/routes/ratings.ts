import { Type } from '@fastify/type-provider-typebox';
import { reportRatings } from '../../../app/reporting/report-ratings.ts';
import { GRADE_ORDER, GRADES } from '../../../domain/rating/grades.ts';
import { percentOf } from '../../../domain/reporting/figures.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly, nullable } from '../shapes/elements.ts';

const GradeShape = exactly({
  grade: Type.Integer({ minimum: 1, maximum: 5, description: '5 最好' }),
  zh: Type.String(),
  calls: Type.Integer(),
});

/** How citizens judged the talks, agent by agent. Line by line it stands in the line reports. */
export function ratingRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/ratings',
    {
      schema: {
        operationId: 'reportRatings',
        tags: ['reports'],
        summary: '各话务员的通话评价：五档各多少，通话满意率 =（非常满意 + 满意 + 基本满意）÷ 已评价',
        querystring: exactly({ from: Day, to: Day }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            agents: Type.Array(
              exactly({
                agentId: Type.String(),
                number: Type.String(),
                displayName: Type.String(),
                asked: Type.Integer({ description: '请市民评价的次数，含未按键与挂机' }),
                rated: Type.Integer(),
                satisfied: Type.Integer(),
                satisfactionRate: nullable(Type.Number({ description: '百分比，两位小数；null：无人评价' })),
                grades: Type.Array(GradeShape),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const agents = await reportRatings(services)({ from, to });
      return {
        from,
        to,
        agents: agents.map(({ given, ...agent }) => {
          const grades = GRADE_ORDER.map((grade, nth) => ({
            grade,
            zh: GRADES[grade].zh,
            calls: given[nth] ?? 0,
          }));
          const sum = (of: typeof grades): number => of.reduce((all, { calls }) => all + calls, 0);
          const rated = sum(grades);
          const satisfied = sum(grades.filter(({ grade }) => GRADES[grade].satisfied));
          return { ...agent, rated, satisfied, satisfactionRate: percentOf(satisfied, rated), grades };
        }),
      };
    },
  );
}
