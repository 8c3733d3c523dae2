import { Type } from '@fastify/type-provider-typebox';
import { issueOrder } from '../../../app/supervision/issue-order.ts';
import { moveOrder } from '../../../app/supervision/move-order.ts';
import { EFFECT_FORMULAS, effectFormulasEn, type OrderEffect } from '../../../domain/tickets/order-effect.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import {
  INSTRUMENTS,
  ORDER_STATES,
  ORDER_WORKING_DAYS,
  TRIGGERS,
} from '../../../domain/tickets/supervision.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { explained } from '../explained.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedWords, personal } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { ExplanationShape, TicketStateShape } from '../shapes/tickets.ts';

const State = oneOf(ORDER_STATES, {
  description: 'issued 已下发，answered 已反馈，closed 已办结，cancelled 已撤销',
});
const Instrument = oneOf(INSTRUMENTS, {
  description: 'onSite 现场督查，written 书面交办，meeting 专题会议，media 多媒体互动，notice 书面通报',
});
const Words = (description: string) =>
  Type.String({ minLength: 1, maxLength: 4000, pattern: VISIBLE, description });
/** 各手段的文书要素。 */
const Form = (description: string) =>
  Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 4000 }), { description });
/** As it is shown: numbers in it are hidden. */
const ShownForm = (description: string) =>
  Type.Record(Type.String(), Type.String(), { description, ...personal('deep') });
const Moved = exactly({ id: Type.String(), number: Type.String(), state: State });

const Count = (description: string) => Type.Integer({ minimum: 0, description });
const Measured = exactly({
  from: Instant,
  to: Instant,
  appeals: Count(EFFECT_FORMULAS.appeals),
  overdue: Count(EFFECT_FORMULAS.overdue),
  heard: Count(EFFECT_FORMULAS.heard),
  resolved: Count(EFFECT_FORMULAS.resolved),
  satisfied: Count(EFFECT_FORMULAS.satisfied),
});
const Effect = (description: string) =>
  Type.Union(
    [
      exactly({
        measuredAt: Instant,
        categoryCode: Type.String({ description: '同类诉求的分类' }),
        before: Measured,
        after: Measured,
        ticket: Type.Union([exactly({ state: TicketStateShape, overdue: Type.Boolean() }), Type.Null()], {
          description: '办结（或届时测算）时该工单的状态与是否超期；早先版本办结的为空',
        }),
        formulas: Type.Record(Type.String(), Type.String(), { description: '测算当时的口径' }),
        formulasEn: Type.Record(Type.String(), Type.String(), {
          description: '口径的英文；当时的措辞与今不同的，为原文',
        }),
      }),
      Type.Null(),
    ],
    { description },
  );
const measured = (effect: OrderEffect | null) => {
  if (effect === null) return null;
  const { measuredAt, categoryCode, ticket, formulas } = effect;
  const period = ({ from, to, ...counts }: OrderEffect['before']) => ({
    ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    ...counts,
  });
  return {
    ...{ measuredAt: new Date(measuredAt).toISOString(), categoryCode, ticket },
    ...{ formulas: { ...formulas }, formulasEn: { ...effectFormulasEn(formulas) } },
    ...{ before: period(effect.before), after: period(effect.after) },
  };
};

/** 督办: orders to units that stall, by a person or by a rule, each with its time and its answer. */
export function supervisionRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/supervision',
    {
      schema: {
        operationId: 'listSupervision',
        tags: ['tickets'],
        summary: '督办单，新的在前；承办单位只看到发给自己的',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(State),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({
          200: exactly({
            orders: Type.Array(
              exactly({
                id: Type.String(),
                number: Type.String(),
                ticketId: Type.String(),
                ticketNumber: Type.String(),
                title: MaskedWords,
                state: State,
                unit: exactly({ code: Type.String(), name: Type.String() }),
                instrument: Instrument,
                trigger: oneOf(TRIGGERS, {
                  description:
                    'person 人工，overdue 超期，secondDissatisfaction 第二次不满意，thirdReturn 第三次退单，repeatAppeal 重复诉求，falseResult 复核推翻回访结果，upperLevel 上级批示，unanswered 督办逾期未反馈，longOverdue 长期超期，meetingTask 会议任务逾期未报结',
                }),
                demand: MaskedWords,
                document: ShownForm('下发时的文书要素'),
                outcome: ShownForm('办结时的结果要素'),
                escalates: nullable(Type.String({ description: '所升级的督办单编号' })),
                issuedAt: Instant,
                issuedBy: nullable(Type.String()),
                dueAt: Instant,
                explanation: Type.Union([ExplanationShape, Type.Null()], {
                  description: '反馈时限逐日的计算；早期版本下发的为空',
                }),
                answer: nullable(MaskedWords),
                answeredAt: nullable(Instant),
                finding: nullable(MaskedWords),
                finishedAt: nullable(Instant),
                effect: Effect(
                  '成效：办结后随即测算，下发前后等长时段（至多 30 日）对照，存档不变；未办结或尚未测完为空',
                ),
                effectAfter: Effect('成效复测：办结满 30 日时，与下发前 30 日对照'),
              }),
            ),
            next: nullable(Type.String()),
          }),
        }),
      },
    },
    async (request) => {
      const { limit, after, ...filter } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const { orders, next } = await services.supervision.list(filter, sightOf(actorOf(request)), page);
      return {
        orders: orders.map(({ document, outcome, effect, effectAfter, explanation, ...one }) => ({
          ...one,
          explanation: explanation === null ? null : explained(explanation),
          ...{ document: { ...document }, outcome: { ...outcome } },
          ...{ effect: measured(effect), effectAfter: measured(effectAfter) },
        })),
        next,
      };
    },
  );

  app.post(
    '/supervision',
    {
      config: { creates: true },
      schema: {
        operationId: 'issueSupervision',
        tags: ['tickets'],
        summary: '下发督办单给工单的承办单位',
        headers: IdempotencyHeaders,
        body: exactly({
          ticketId: Uuid,
          instrument: Instrument,
          demand: Words('督办要求'),
          document: Type.Optional(
            Form(
              'onSite：place、at、participants；meeting：topic、at、chair、participants；media：medium、question；notice：facts；written：无',
            ),
          ),
          workingDays: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 30,
              description: `反馈时限，1 至 30 个工作日；默认 ${ORDER_WORKING_DAYS}`,
            }),
          ),
        }),
        response: answers({ 201: exactly({ id: Type.String(), number: Type.String() }) }),
      },
    },
    async (request, reply) => {
      const { workingDays = ORDER_WORKING_DAYS, ...order } = request.body;
      const id = newIdFor(request, services, 'order');
      const issued = await issueOrder(services)({ ...order, id, workingDays, actor: actorOf(request) });
      return reply.status(201).send(issued);
    },
  );

  app.post(
    '/supervision/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveSupervision',
        tags: ['tickets'],
        summary: '督办单的一步：单位反馈 answer，督办人退回 refuse、办结 close、撤销 cancel',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          move: oneOf(['answer', 'refuse', 'close', 'cancel']),
          words: Words('单位：办理情况；督办人：意见'),
          outcome: Type.Optional(
            Form('办结时：onSite：findings；meeting：decision；media：published；其余无'),
          ),
        }),
        response: answers({ 200: Moved }),
      },
    },
    (request) => moveOrder(services)({ id: request.params.id, ...request.body, actor: actorOf(request) }),
  );
}
