import { Type } from '@fastify/type-provider-typebox';
import { percentOf } from '../../../domain/reporting/figures.ts';
import { daysOf } from '../../../domain/reporting/period.ts';
import { MaskedWords } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly, Instant, nullable } from '../shapes/elements.ts';

const DAYS_MAX = 92;
const Count = (description: string) => Type.Integer({ description });
const Named = {
  id: Type.String(),
  number: Type.String(),
  question: Type.String(),
  version: Type.Integer(),
  validTo: nullable(Type.String()),
  ownerUnit: Type.String(),
};

/** What the knowledge base did for the on-the-spot rate, and what it lacks (J7). */
export function knowledgeReportRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/knowledge',
    {
      schema: {
        operationId: 'reportKnowledge',
        tags: ['reports'],
        summary: '知识库报表：当场解答率及其依据，问得最多、从未用过、搜不到的',
        querystring: exactly({
          from: Day,
          to: Day,
          limit: Type.Integer({ minimum: 1, maximum: 500, default: 50, description: '各清单最多条数' }),
        }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            answered: Count('接通 = 当场解答 + 工单 + 无效 + 待登记'),
            onSpot: Count('当场解答 = 有条目 + 仅有场所地址 + 都没有'),
            withEntry: Count('当场解答中登记了知识条目的'),
            withPlace: Count('当场解答中没有条目、把场所地址发给市民的'),
            withoutEntry: Count('当场解答中条目和场所都没有登记的'),
            tickets: Count('工单'),
            invalid: Count('无效'),
            open: Count('待登记'),
            onSpotRate: nullable(
              Type.Number({ description: '当场解答 ÷（当场解答 + 工单），百分比，两位小数' }),
            ),
            quotes: Count('答复条目次数'),
            messages: Count('其中同时发短信的'),
            searches: Count('搜索次数'),
            searchesInVain: Count('其中没有结果的'),
            mostAsked: Type.Array(exactly({ ...Named, times: Type.Integer() })),
            neverUsed: Type.Array(exactly(Named)),
            inVain: Type.Array(exactly({ words: MaskedWords, times: Type.Integer(), lastAt: Instant })),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to, limit } = request.query;
      if (daysOf({ from, to }, DAYS_MAX) === null) throw new Refusal('period.invalid', { from, to });
      const { figures, mostAsked, neverUsed, inVain } = await services.knowledgeFigures.report(
        { from, to },
        limit,
      );
      return {
        ...{ from, to, ...figures },
        onSpotRate: percentOf(figures.onSpot, figures.onSpot + figures.tickets),
        mostAsked: [...mostAsked],
        neverUsed: [...neverUsed],
        inVain: [...inVain],
      };
    },
  );
}
