import { Type } from '@fastify/type-provider-typebox';
import { reportAppeals } from '../../../app/codes/report-appeals.ts';
import { classifyTicket } from '../../../app/tickets/classify-ticket.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { EditionNumber, ListId } from '../shapes/codes.ts';
import { PathCode } from '../shapes/dispatch.ts';
import { answers, exactly, IdempotencyHeaders, IdParams, nullable } from '../shapes/elements.ts';
import { spanOf, YearQuery } from '../shapes/span.ts';
import { CategoryCode, SubtypeCode, TagCodes, TicketTypeShape } from '../shapes/tickets.ts';

/** By what an appeal is sorted, corrected; and how many there are of each. */
export function classificationRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/classification',
    {
      config: { creates: true },
      schema: {
        operationId: 'classifyTicket',
        tags: ['tickets'],
        summary: '更正分类、子类型，增删主题标签；时限不变，原分类留在经过中。改分类须写理由',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          categoryCode: Type.Optional(CategoryCode),
          subtypeCode: SubtypeCode,
          addTags: TagCodes,
          removeTags: TagCodes,
          reason: Type.Optional(Type.String({ maxLength: 500 })),
        }),
        response: answers({
          200: exactly({
            categoryCode: Type.String(),
            subtypeCode: nullable(Type.String()),
            tags: Type.Array(Type.String()),
          }),
        }),
      },
    },
    async (request) => {
      const { addTags = [], removeTags = [], reason = '', ...same } = request.body;
      const asked = { ...same, addTags, removeTags, reason, ticketId: request.params.id };
      const { categoryCode, subtypeCode, tags } = await classifyTicket(services)({
        ...asked,
        actor: actorOf(request),
      });
      return { categoryCode, subtypeCode, tags: [...tags] };
    },
  );

  app.get(
    '/reports/appeals',
    {
      schema: {
        operationId: 'reportAppeals',
        tags: ['reports'],
        summary:
          '诉求量：按类型和一个代码表，口径为今日、指定的一版或上级的代码表；含当场解答。便民服务另计，各代码的行中含之并注明其数。主题标签可与分类交叉',
        querystring: exactly({
          ...YearQuery,
          list: ListId,
          edition: Type.Optional(EditionNumber),
          level: Type.Optional(
            Type.String({
              maxLength: 240,
              description: 'top 汇总到第一级（默认），all 各代码单列，或写代码：其下一级',
            }),
          ),
          type: Type.Optional(TicketTypeShape),
          tag: Type.Optional(PathCode),
          category: Type.Optional(CategoryCode),
        }),
        response: answers({
          200: exactly({
            list: Type.String(),
            edition: Type.Integer(),
            appeals: Type.Integer({ description: '诉求总量，每件计一次，不含便民服务' }),
            convenience: exactly({
              tickets: Type.Integer({ description: '便民服务（家政、抢修等）：生成工单的' }),
              onSpot: Type.Integer({ description: '便民服务：当场解答的' }),
              categories: Type.Array(Type.String(), {
                description: '计为便民服务的诉求分类，见 /v1/convenience-categories；空：没有，全部计为诉求',
              }),
            }),
            types: Type.Array(
              exactly({
                type: TicketTypeShape,
                tickets: Type.Integer(),
                onSpot: Type.Integer({ description: '当场解答' }),
              }),
            ),
            rows: Type.Array(
              exactly({
                code: nullable(Type.String()),
                name: Type.String(),
                count: Type.Integer(),
                unsure: Type.Integer({ description: '其中因拆分而计入主要部分的' }),
                convenience: Type.Integer({ description: '其中便民服务；其余为诉求' }),
                among: Type.Array(Type.String(), { description: '合并前无从分辨：为其中之一' }),
                without: Type.Array(Type.String(), { description: '在该口径中没有对应的代码' }),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { level = 'top', edition = null, list, type, tag, category } = request.query;
      const report = await reportAppeals(services)({
        ...spanOf(request.query),
        ...{ list, edition },
        level: level === 'top' || level === 'all' ? level : { under: level },
        ...(type === undefined ? {} : { type }),
        ...(tag === undefined ? {} : { tag }),
        ...(category === undefined ? {} : { category }),
      });
      return {
        ...report,
        types: [...report.types],
        convenience: { ...report.convenience, categories: [...report.convenience.categories] },
        rows: report.rows.map((row) => ({ ...row, among: [...row.among], without: [...row.without] })),
      };
    },
  );
}
