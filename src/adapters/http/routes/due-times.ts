import { Type } from '@fastify/type-provider-typebox';
import { explainDue } from '../../../app/deadlines/explain-due.ts';
import { CLOCKS } from '../../../domain/deadlines/clocks.ts';
import { ruleEn, sourceEn } from '../../../domain/deadlines/explained-english.ts';
import { STAGES, URGENCIES } from '../../../domain/deadlines/stages.ts';
import { explained } from '../explained.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, exactly, Instant, oneOf } from '../shapes/elements.ts';
import { LimitShape, StageLimitShape } from '../shapes/limits.ts';
import { CategoryCode, ExplanationShape, TicketTypeShape } from '../shapes/tickets.ts';

/** Why that date: until when something is to be answered, asked without a ticket. */
export function dueTimeRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/limits/due',
    {
      schema: {
        operationId: 'explainDue',
        tags: ['tickets'],
        summary: '假如此时受理并派出一件工单：市民和承办单位的时限各到何时，逐日说明；各环节到何时',
        querystring: exactly({
          type: TicketTypeShape,
          urgency: Type.Optional(oneOf(URGENCIES)),
          category: Type.Optional(CategoryCode),
          unitCode: Type.Optional(Code),
          at: Type.String({ format: 'date-time', description: '受理并派出的时间，带时区' }),
          extendedBy: Type.Optional(
            Type.Integer({ minimum: 0, maximum: 250, description: '批准延长多少，与时限同单位' }),
          ),
        }),
        response: answers({
          200: exactly({
            number: Type.Integer({ description: '适用第几版时限' }),
            source: Type.String(),
            sourceEn: Type.String({ description: '英文；本地所写的名称和依据为原文' }),
            limit: LimitShape,
            words: Type.String({ description: '如 5个工作日' }),
            clocks: Type.Array(
              exactly({
                clock: oneOf(CLOCKS),
                dueAt: Instant,
                provisional: Type.Boolean(),
                explanation: ExplanationShape,
              }),
            ),
            stages: Type.Array(
              exactly({
                stage: oneOf(STAGES),
                limit: StageLimitShape,
                dueAt: Instant,
                provisional: Type.Boolean(),
                rule: Type.String(),
                ruleEn: Type.String(),
              }),
              { description: '各环节自该时起算，到何时；没有单独时限的不列' },
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { type, urgency = 'normal', category = '', unitCode, at, extendedBy = 0 } = request.query;
      const { clocks, stages, ...due } = await explainDue(services)({
        ...{ type, urgency, extendedBy, categoryCode: category, unitCode: unitCode ?? null },
        at: Date.parse(at),
      });
      const iso = (time: number): string => new Date(time).toISOString();
      return {
        ...{ ...due, sourceEn: sourceEn(due.source) },
        clocks: clocks.map(({ explanation, dueAt, ...one }) => ({
          ...{ ...one, dueAt: iso(dueAt) },
          explanation: explained(explanation),
        })),
        stages: stages.map(({ dueAt, ...one }) => ({ ...one, ruleEn: ruleEn(one.rule), dueAt: iso(dueAt) })),
      };
    },
  );
}
