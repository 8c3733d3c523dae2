import { Type } from '@fastify/type-provider-typebox';
import { TAGS_MOST } from '../../../app/tickets/classification.ts';
import { MARK_CLOCKS, MARK_KINDS } from '../../../domain/deadlines/clocks.ts';
import { URGENCIES } from '../../../domain/deadlines/stages.ts';
import { APPEAL_LENGTHS, TICKET_CHANNELS, WRITTEN_CHANNELS } from '../../../domain/tickets/opening.ts';
import { STEP_NAMES, STEPS } from '../../../domain/tickets/seven-steps.ts';
import { TICKET_TYPES } from '../../../domain/tickets/ticket.ts';
import { TICKET_STATES } from '../../../domain/tickets/transitions.ts';
import { MaskedName, MaskedNumber, MaskedWords, personal } from '../masking.ts';
import { Code, exactly, Instant, nullable, oneOf, Uuid } from './elements.ts';
import { FilledFormShape, GivenFormShape } from './forms.ts';
import { HandlingShape } from './handling.ts';
import { OutcomeShape } from './outcome.ts';
import { PersonalKindsShape } from './privacy.ts';

export const CategoryCode = Type.String({
  minLength: 1,
  maxLength: 60,
  description: '诉求分类代码，见 /v1/categories',
});
export const SubtypeCode = Type.Optional(
  nullable(
    Type.String({
      minLength: 1,
      maxLength: 240,
      description: '子类型代码，属于该诉求类型，见 /v1/codes/type',
    }),
  ),
);
export const TagCodes = Type.Optional(
  Type.Array(Type.String({ minLength: 1, maxLength: 240 }), {
    maxItems: TAGS_MOST,
    uniqueItems: true,
    description: `主题标签代码，与类型、分类无关，最多 ${TAGS_MOST} 个，见 /v1/codes/tag`,
  }),
);
export const TicketTypeShape = oneOf(TICKET_TYPES, { description: `诉求类型：${TICKET_TYPES.join(', ')}` });
export const TicketStateShape = oneOf(TICKET_STATES);

export const TicketChannelShape = oneOf(TICKET_CHANNELS, {
  description: 'phone 电话，voiceMessage 留言，website 网站，sms 短信，wechat 微信，other 其他',
});

export const NewTicketBody = exactly({
  callId: Type.Optional(nullable(Uuid)),
  type: TicketTypeShape,
  categoryCode: CategoryCode,
  subtypeCode: SubtypeCode,
  tags: TagCodes,
  form: GivenFormShape,
  title: Type.Optional(
    Type.String({ maxLength: APPEAL_LENGTHS.title, description: '标题，最多 100 字；不填则取内容开头' }),
  ),
  content: Type.String({
    minLength: 1,
    maxLength: APPEAL_LENGTHS.content,
    description: '诉求内容，1 至 10000 字',
  }),
  place: Type.Optional(
    Type.String({ maxLength: APPEAL_LENGTHS.place, description: '事发地点，最多 300 字' }),
  ),
  confidential: Type.Optional(Type.Boolean({ description: '是否保密工单' })),
  anonymous: Type.Optional(Type.Boolean({ description: '是否匿名：不向承办单位透露诉求人' })),
  urgency: Type.Optional(oneOf(URGENCIES, { description: 'urgent：急事急办，各环节时限从短；默认 normal' })),
  citizenName: Type.Optional(
    Type.String({ maxLength: APPEAL_LENGTHS.citizenName, description: '诉求人姓名，最多 60 字' }),
  ),
  citizenNumber: Type.Optional(
    Type.String({
      maxLength: APPEAL_LENGTHS.citizenNumber,
      pattern: '^(\\+?[0-9][0-9 -]{2,30})?$',
      description: '诉求人电话，数字，可带 + 和 -；不填则取来电号码',
      examples: ['13800000000'],
    }),
  ),
  unitCode: Type.Optional(nullable(Code)),
  writtenBy: Type.Optional(
    oneOf(WRITTEN_CHANNELS, {
      description:
        '没有通话的，从何渠道来：website 网站，sms 短信，wechat 微信，缺省为 other 其他；有通话的不看此项',
    }),
  ),
  accusedUnitCode: Type.Optional(
    nullable(
      Type.String({
        minLength: 1,
        maxLength: 60,
        description:
          '被投诉单位（作风类诉求）：不得单独派给该单位及其下级；以后见 PUT /v1/tickets/{id}/accused',
      }),
    ),
  ),
});

const StepShape = oneOf(STEPS, {
  description: STEPS.map((step) => `${step} ${STEP_NAMES[step]}`).join('，'),
});

const Named = exactly({ code: Type.String(), name: Type.String() });
const Person = Type.Union([exactly({ id: Type.String(), displayName: Type.String() }), Type.Null()]);

const summary = {
  id: Type.String(),
  number: Type.String(),
  callId: nullable(Type.String()),
  type: TicketTypeShape,
  category: Named,
  subtype: Type.Union([Named, Type.Null()]),
  tags: Type.Array(Named, { description: '主题标签' }),
  title: MaskedWords,
  place: MaskedWords,
  confidential: Type.Boolean(),
  anonymous: Type.Boolean({ description: '匿名：不向承办单位透露诉求人' }),
  listedOnly: Type.Boolean({ description: '只限知悉范围内的人查看' }),
  urgency: oneOf(URGENCIES),
  citizenName: MaskedName,
  citizenNumber: MaskedNumber,
  state: TicketStateShape,
  unit: Type.Union([Named, Type.Null()]),
  outcome: OutcomeShape,
  accusedUnit: Type.Union([Named, Type.Null()], { description: '被投诉单位（作风类诉求）' }),
  line: nullable(Type.String()),
  channel: TicketChannelShape,
  acceptedAt: Instant,
  dispatchedAt: nullable(Instant),
  closedAt: nullable(Instant),
  citizenDueAt: nullable(Instant),
  unitDueAt: nullable(Instant),
  overdue: Type.Boolean(),
};
export const TicketSummaryShape = exactly(summary);

/** Why a due time is when it is, day by day. */
export const ExplanationShape = exactly({
  rule: Type.String(),
  ruleEn: Type.String({ description: '规则的英文；与今日措辞不同的，为原文' }),
  zone: Type.String(),
  days: Type.Array(
    exactly({
      date: Type.String(),
      kind: Type.String(),
      name: Type.String(),
      counts: Type.String(),
      count: nullable(Type.Integer()),
    }),
  ),
  missingYears: Type.Array(Type.Integer()),
  note: Type.Optional(Type.String({ description: '为何是暂定；确定的没有此项' })),
  noteEn: Type.Optional(Type.String({ description: '为何是暂定，英文' })),
  source: Type.Optional(Type.String({ description: '所依据的时限规定' })),
  daySeconds: Type.Optional(
    Type.Integer({ description: '压缩时间（演示）：一日按多少秒计；没有此项的按真实时间' }),
  ),
  sourceEn: Type.Optional(Type.String({ description: '所依据的时限规定，英文；本地所写的名称和依据为原文' })),
});

export const TicketDetailShape = exactly({
  ...summary,
  form: FilledFormShape,
  categoryNow: Type.Array(Named, {
    description: '分类代码已变更时，今日对应的分类，主要的在前；未变更为空',
  }),
  version: Type.Integer({ description: '经过的最后一行的序号；办理时带上，用以发现他人先办' }),
  content: MaskedWords,
  contactedAt: Type.Union([Instant, Type.Null()], {
    description: '承办单位首次联系市民已获证实的时间；null 为尚未联系',
  }),
  flow: exactly(
    {
      current: StepShape,
      reached: Type.Array(StepShape, { description: '已有办理的各步，依次' }),
    },
    { description: '标准流程七步中走到哪一步' },
  ),
  handling: HandlingShape,
  replyHeldFor: Type.Array(PersonalKindsShape.items, {
    description: '公开答复因其中可能有的个人信息暂缓发布：哪几类；没有暂缓为空',
  }),
  createdBy: Person,
  /** `reasonEn`: the machine's own words in English; a person's, and the books, as they were written. */
  timeline: Type.Array(
    exactly({
      seq: Type.Integer(),
      at: Instant,
      actor: Person,
      fromState: nullable(Type.String()),
      toState: nullable(Type.String()),
      type: Type.String(),
      reason: MaskedWords,
      reasonEn: MaskedWords,
      body: Type.Object({}, { additionalProperties: true, ...personal('deep') }),
    }),
  ),
  deadlines: Type.Array(
    exactly({
      clock: oneOf(MARK_CLOCKS, { description: 'citizen 市民时钟，unit 单位时钟，stage 环节时限' }),
      kind: oneOf(MARK_KINDS, {
        description:
          'warning 预警，overdue 到期；环节：accept 受理，review 审核，dispatch 派单，sign 签收，contact 首次联系，handle 办理，visit 回访',
      }),
      level: Type.Integer(),
      startsAt: Instant,
      dueAt: Instant,
      state: Type.String(),
      provisional: Type.Boolean(),
      explanation: Type.Union([ExplanationShape, Type.Null()]),
    }),
  ),
});

export const OpenedTicketShape = exactly({
  id: Type.String(),
  number: Type.String(),
  state: TicketStateShape,
  acceptedAt: Instant,
  citizenDueAt: nullable(Instant),
  unitDueAt: nullable(Instant),
  missingCalendarYears: Type.Array(Type.Integer(), { description: '缺少工作日历的年份；到期时间为暂定' }),
});
