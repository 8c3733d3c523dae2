import { Type } from '@fastify/type-provider-typebox';
import { RATING_CHANNELS } from '../../../app/ports/ticket-ratings.ts';
import { percentOf } from '../../../domain/reporting/figures.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { MaskedWords } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, exactly, Instant, nullable, oneOf, PageQuery } from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { TicketStateShape } from '../shapes/tickets.ts';
import { VisitAnswersShape } from '../shapes/visits.ts';

const { resolved, result, process } = VisitAnswersShape.properties;
const Answers = { resolved, result, process };
const Count = Type.Integer();
const Quotient = exactly({
  numerator: Count,
  denominator: Count,
  value: nullable(Type.Number({ description: '百分数，两位小数，四舍五入；分母为零时为空' })),
});

const FORMULA =
  '一件诉求每次上报办结为一件，回访和市民自评合计只计一次，按最先听到的时间归期；两者都有而相反的，任何一方说未解决、不满意的都不计入分子';

/** 一事一评 (G5): what citizens say of their matters themselves, beside what visits heard. */
export function matterRatingRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/matter-ratings',
    {
      schema: {
        operationId: 'listMatterRatings',
        tags: ['tickets'],
        summary:
          '市民对诉求的评价，新的在前；only=conflict 只看与回访相反的，discontent 只看未解决或不满意的',
        querystring: exactly({
          ...PageQuery,
          only: Type.Optional(oneOf(['conflict', 'discontent'])),
          unit: Type.Optional(Code),
        }),
        response: answers({
          200: pageShape(
            'ratings',
            exactly({
              id: Type.String(),
              ticketId: Type.String(),
              ticketNumber: Type.String(),
              title: MaskedWords,
              state: TicketStateShape,
              unitCode: nullable(Type.String()),
              unitName: nullable(Type.String()),
              at: Instant,
              correctedAt: nullable(Instant),
              channel: oneOf(RATING_CHANNELS),
              own: Type.Boolean({ description: '市民自己所评，不经工作人员' }),
              answers: exactly({ ...Answers, words: MaskedWords }),
              visit: Type.Union([exactly({ ...Answers, at: Instant }), Type.Null()], {
                description: '同一次办结的回访',
              }),
              conflict: Type.Boolean({ description: '一方满意且已解决，另一方不然' }),
              source: Type.Union(
                [
                  exactly({
                    network: Type.String({ description: '所在网段，不含末段' }),
                    otherCitizens: Type.Integer({ description: '前后 30 日内同一地址评价过的其他市民数' }),
                  }),
                  Type.Null(),
                ],
                { description: '市民自评的来源；他人代录或已到期删除的为空' },
              ),
            }),
          ),
        }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.ticketRatings.list(filter, sightOf(actorOf(request)), page);
      return { ratings: [...rows], next };
    },
  );

  app.get(
    '/reports/matters-heard',
    {
      schema: {
        operationId: 'reportHeardMatters',
        tags: ['reports'],
        summary: '回访与市民自评合并统计，每件只计一次；各有多少、相反的多少，按承办单位',
        querystring: exactly({
          from: Type.String({ format: 'date-time', description: '起（含），带时区' }),
          to: Type.String({ format: 'date-time', description: '止（不含），带时区' }),
        }),
        response: answers({
          200: exactly({
            formula: Type.String(),
            units: Type.Array(
              exactly({
                unitCode: nullable(Type.String()),
                unitName: nullable(Type.String()),
                matters: Count,
                visited: Type.Integer({ description: '有回访的' }),
                rated: Type.Integer({ description: '有市民评价的' }),
                both: Type.Integer({ description: '两者都有的' }),
                conflicts: Type.Integer({ description: '两者相反的' }),
                resolved: Quotient,
                satisfiedResult: Quotient,
                satisfiedProcess: Quotient,
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const [start, end] = [Date.parse(from), Date.parse(to)];
      if (start >= end) throw new Refusal('period.invalid', { from, to });
      const units = await services.ticketRatings.heard(start, end);
      return {
        formula: FORMULA,
        units: units.map((unit) => {
          const of = (numerator: number) => ({
            ...{ numerator, denominator: unit.matters, value: percentOf(numerator, unit.matters) },
          });
          return {
            ...unit,
            resolved: of(unit.resolved),
            satisfiedResult: of(unit.satisfiedResult),
            satisfiedProcess: of(unit.satisfiedProcess),
          };
        }),
      };
    },
  );
}
