import { Type } from '@fastify/type-provider-typebox';
import { recordVisit } from '../../../app/visits/record-visit.ts';
import { VISIT_OUTCOMES } from '../../../domain/callbacks/visit-attempts.ts';
import { URGENCIES } from '../../../domain/deadlines/stages.ts';
import { maskedName, maskedNumber } from '../../../domain/privacy/masked.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { MaskedName, MaskedNumber, MaskedWords } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  exactly,
  IdempotencyHeaders,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { HandlingShape, shownHandling } from '../shapes/handling.ts';
import { OutcomeShape } from '../shapes/outcome.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { TicketStateShape, TicketTypeShape } from '../shapes/tickets.ts';
import { GivenShape, VisitAnswersShape } from '../shapes/visits.ts';

const Outcome = oneOf(VISIT_OUTCOMES, {
  description:
    'answered 已接听，refused 拒绝回访，noAnswer 无人接听，busy 占线，switchedOff 关机，wrongNumber 号码有误，callLater 另约，givenUp 多次未能联系，machine 语音信箱，wrongPerson 非本人，brokenOff 中途中断，toPerson 自动回访转人工',
});
/** 回访: whom to call, what came of it, and the three rates. */
export function visitRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/visits',
    {
      schema: {
        operationId: 'listVisits',
        tags: ['tickets'],
        summary:
          '待回访：按市民归并，一人一次联系；急件、投诉举报、等待久的在前；按单位、紧急程度、类型筛选：该市民至少有一张这样的工单',
        querystring: exactly({
          ...PageQuery,
          unitCode: Type.Optional(Code),
          urgency: Type.Optional(oneOf(URGENCIES)),
          type: Type.Optional(TicketTypeShape),
        }),
        response: answers({
          200: pageShape(
            'citizens',
            exactly({
              citizenName: MaskedName,
              citizenNumber: MaskedNumber,
              callAgainAt: nullable(Instant),
              tickets: Type.Array(
                exactly({
                  id: Type.String(),
                  number: Type.String(),
                  version: Type.Integer(),
                  type: TicketTypeShape,
                  title: MaskedWords,
                  urgency: oneOf(URGENCIES),
                  unit: Type.Union([exactly({ code: Type.String(), name: Type.String() }), Type.Null()]),
                  reply: nullable(Type.String()),
                  handling: HandlingShape,
                  outcome: OutcomeShape,
                  reworks: Type.Integer(),
                  waitingSince: Instant,
                  dueAt: nullable(Instant),
                  attempts: Type.Array(
                    exactly({
                      at: Instant,
                      outcome: Outcome,
                      machine: Type.Boolean({ description: '由自动回访拨打' }),
                      given: GivenShape,
                    }),
                  ),
                }),
              ),
            }),
          ),
        }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.visits.toVisit(sightOf(actorOf(request)), filter, page);
      return {
        next,
        citizens: rows.map((one) => ({
          ...one,
          citizenName: maskedName(one.citizenName),
          citizenNumber: maskedNumber(one.citizenNumber),
          tickets: one.tickets.map((ticket) => ({
            ...ticket,
            handling: shownHandling(ticket.handling),
            attempts: [...ticket.attempts],
          })),
        })),
      };
    },
  );

  app.post(
    '/visits',
    {
      config: { creates: true },
      schema: {
        operationId: 'recordVisit',
        tags: ['tickets'],
        summary: '登记一次回访：满意则结案，未解决或不满意则重办，第二次起自动督办',
        headers: IdempotencyHeaders,
        body: exactly({
          outcome: Outcome,
          callAgainAt: Type.Optional(
            Type.String({ format: 'date-time', description: '另约的时间，带时区；仅用于 callLater' }),
          ),
          tickets: Type.Array(
            exactly({
              id: Uuid,
              version: Type.Integer({ minimum: 1 }),
              answers: Type.Optional(VisitAnswersShape),
              given: Type.Optional(GivenShape),
            }),
            { minItems: 1, maxItems: 20, description: '这次通话问到的工单，1 至 20 张' },
          ),
        }),
        response: answers({
          200: exactly({
            tickets: Type.Array(
              exactly({
                id: Type.String(),
                number: Type.String(),
                state: TicketStateShape,
                version: Type.Integer(),
                order: nullable(Type.String({ description: '因此自动下发的督办单' })),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { outcome, callAgainAt, tickets } = request.body;
      const visited = await recordVisit(services)({
        outcome,
        callAgainAt: callAgainAt === undefined ? null : Date.parse(callAgainAt),
        tickets: tickets.map(({ answers: said, ...ticket }) => ({
          ...ticket,
          answers: said === undefined ? null : { ...said, words: said.words?.trim() ?? '' },
        })),
        actor: actorOf(request),
      });
      return { tickets: [...visited] };
    },
  );
}
