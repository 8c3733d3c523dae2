import { Type } from '@fastify/type-provider-typebox';
import { changeSurveyRules } from '../../../app/visits/change-survey-rules.ts';
import { ASKED_BY } from '../../../domain/callbacks/survey/rules.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  Instant,
  NUMBER_AT_MOST,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { GivenShape } from '../shapes/visits.ts';

const Asker = (what: string) =>
  oneOf(ASKED_BY, { description: `${what}由谁回访：clerk 回访员，machine 自动` });
const fields = {
  on: exactly({ returnVisit: Type.Boolean({ description: '是否对待回访工单自动拨打' }) }),
  severalMatters: Asker('有多件待回访事项的市民（一次联系，逐件评价）'),
  urgentMatters: Asker('紧急事项（保密工单始终由回访员回访）'),
  atOnce: Type.Integer({ minimum: 1, maximum: 60, description: '同时进行的自动回访通数' }),
  samplePercent: Type.Integer({
    minimum: 0,
    maximum: 100,
    description: '独立复核抽样比例，按日、按承办单位抽取；0 不抽',
  }),
  queue: nullable(
    Type.String({ minLength: 1, maxLength: 40, description: '按 0 转人工的专席；空：综合专席' }),
  ),
};
const RulesShape = exactly({ revision: Type.Integer({ minimum: 0 }), ...fields });
/** 自动电话回访: switched on by an operator, and what became of each call. */
export function surveyRoutes(app: Api, services: ApiServices): void {
  const change = changeSurveyRules(services);

  app.get(
    '/survey-rules',
    {
      schema: {
        operationId: 'readSurveyRules',
        tags: ['tickets'],
        summary: '自动电话回访的规定：默认关闭',
        response: answers({ 200: RulesShape }),
      },
    },
    async () => {
      const { revision, rules } = await services.surveyRules.read();
      return { revision, ...rules };
    },
  );

  app.put(
    '/survey-rules',
    {
      schema: {
        operationId: 'changeSurveyRules',
        tags: ['tickets'],
        summary: '开启、关闭或调整自动电话回访；已拨出的不受影响',
        body: exactly({
          revision: Type.Integer({ minimum: 0, maximum: NUMBER_AT_MOST, description: '修改所依据的修订号' }),
          ...fields,
        }),
        response: answers({ 200: RulesShape }),
      },
    },
    async (request) => {
      const { revision, ...rules } = request.body;
      const kept = await change(rules, { revision, by: callerOf(request).id });
      return { revision: kept.revision, ...kept.rules };
    },
  );

  app.get(
    '/surveys',
    {
      schema: {
        operationId: 'listSurveys',
        tags: ['tickets'],
        summary: '自动电话回访记录：每通的结果与已答内容，新的在前',
        querystring: exactly({
          ...PageQuery,
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({
          200: pageShape(
            'surveys',
            exactly({
              id: Type.String({ description: '即通话编号；一通可涉及同一市民的多件工单' }),
              ticketId: Type.String(),
              ticketNumber: Type.String(),
              state: Type.String({
                description:
                  'calling 拨打中，told 待登记，recorded 已登记，superseded 工单已另行处理，refused 未拨出，lost 无结果',
              }),
              placedAt: Instant,
              how: nullable(Type.String()),
              dial: nullable(Type.String()),
              given: GivenShape,
              finishedAt: nullable(Instant),
              detail: Type.String(),
            }),
          ),
        }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.surveys.list(filter, page);
      return { surveys: [...rows], next };
    },
  );
}
