import { Type } from '@fastify/type-provider-typebox';
import { settleMessage } from '../../../app/intake/settle-message.ts';
import { type IncomingView, SETTLEMENTS } from '../../../app/ports/intake.ts';
import {
  INTAKE_CHANNELS,
  INTAKE_OUTCOMES,
  PARK_REASONS,
  WAITS_LATE_MS,
} from '../../../domain/intake/incoming.ts';
import { APPEAL_LENGTHS } from '../../../domain/tickets/opening.ts';
import { storable, VISIBLE } from '../../../domain/tickets/storable.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { MaskedNumber, MaskedWords } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdParams, Instant, nullable, oneOf, PageQuery, Uuid } from '../shapes/elements.ts';
import { Person } from '../shapes/knowledge.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { CategoryCode, TicketTypeShape } from '../shapes/tickets.ts';

const IncomingShape = exactly({
  id: Type.String(),
  channel: oneOf(INTAKE_CHANNELS, { description: 'website 网站，sms 短信，wechat 微信' }),
  sender: MaskedNumber,
  text: MaskedWords,
  sentAt: Instant,
  receivedAt: Instant,
  lateAt: nullable({ ...Instant, description: '待人工处理者：自此为久候，并告知值班长；空：不待处理' }),
  outcome: oneOf(INTAKE_OUTCOMES, {
    description: 'opened 已登记工单，joined 并入诉求，supplemented 补充到工单，parked 待人工处理',
  }),
  reason: nullable(
    oneOf(PARK_REASONS, {
      description:
        'notText 没有文字，unreadable 无法读取，empty 无内容，stop 退订，tooLong 过长，sender 非手机号，notTheirs 编号不属于此人或不便告知，over 工单已结束（办结或撤回），tooMany 条数过多，numberOnly 只有电话而没有待补电话的工单，refused 未能登记，sameId 编号与另一条相同',
    }),
  ),
  ticketId: nullable(Type.String()),
  ticketNumber: nullable(Type.String()),
  settled: Type.Union([
    exactly({ as: oneOf(SETTLEMENTS), at: Instant, by: Person, note: Type.String() }),
    Type.Null(),
  ]),
});

/** An id of WeChat's has few digits to hide: enough is left to tell two followers apart. */
const hiddenId = (id: string): string => (id === '' ? '' : `${id.slice(0, 3)}****${id.slice(-4)}`);
const lateAt = ({ receivedAt, outcome, settled }: IncomingView): string | null =>
  outcome === 'parked' && settled === null
    ? new Date(Date.parse(receivedAt) + WAITS_LATE_MS).toISOString()
    : null;
const shown = ({ sender, settled, ...view }: IncomingView) => ({
  ...view,
  lateAt: lateAt({ sender, settled, ...view }),
  sender: view.channel === 'wechat' ? hiddenId(sender) : sender,
  settled: settled === null ? null : { ...settled },
});

/** What came in writing, and what of it waits because no ticket could be made of it. */
export function incomingRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/incoming-messages',
    {
      schema: {
        operationId: 'listIncoming',
        tags: ['tickets'],
        summary:
          '网站、短信、微信来件：waiting=true 为待人工处理（先来先办），其余新的在前；号码已隐去，无权查看的工单的来件不在其中',
        querystring: exactly({
          ...PageQuery,
          waiting: Type.Optional(Type.Boolean({ description: 'true：待人工处理；false：已受理或已处理' })),
          channel: Type.Optional(oneOf(INTAKE_CHANNELS)),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({ 200: pageShape('messages', IncomingShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.intake.list(filter, sightOf(actorOf(request)), page);
      return { messages: rows.map(shown), next };
    },
  );

  app.post(
    '/incoming-messages/:id/settlement',
    {
      config: { creates: true },
      schema: {
        operationId: 'settleIncoming',
        tags: ['tickets'],
        summary: '处理待人工的来件：opened 登记工单（可改写内容），dismissed 不登记并写明原因',
        params: IdParams,
        body: exactly({
          as: oneOf(SETTLEMENTS),
          note: Type.String({
            minLength: 2,
            maxLength: 500,
            pattern: VISIBLE,
            description: '说明，2 至 500 字',
          }),
          content: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: APPEAL_LENGTHS.content,
              description: '登记的内容；不填即来件原文',
            }),
          ),
          type: Type.Optional(TicketTypeShape),
          categoryCode: Type.Optional(CategoryCode),
          place: Type.Optional(Type.String({ maxLength: APPEAL_LENGTHS.place, description: '地点' })),
          citizenNumber: Type.Optional(
            Type.String({ maxLength: APPEAL_LENGTHS.citizenNumber, description: '联系电话；不填即发送号码' }),
          ),
        }),
        response: answers({ 200: IncomingShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const actor = { ...actorOf(request), accountId: callerOf(request).id };
      await settleMessage(services)(id, { ...request.body, note: storable(request.body.note).trim() }, actor);
      const view = await services.intake.one(id, sightOf(actor));
      if (view === null) throw new Refusal('intake.unknown', { id });
      return shown(view);
    },
  );
}
