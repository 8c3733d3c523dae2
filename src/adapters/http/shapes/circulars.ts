import { Type } from '@fastify/type-provider-typebox';
import { TOLD_OUTCOMES } from '../../../app/ports/circulars.ts';
import { CIRCULAR_STATES, CIRCULAR_STEPS } from '../../../domain/circulars/circular-table.ts';
import { FACT_KINDS } from '../../../domain/circulars/figures.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { MaskedWords, personal } from '../masking.ts';
import { Day, exactly, Instant, NUMBER_AT_MOST, nullable, oneOf } from './elements.ts';
import { openMovesShape } from './open-moves.ts';

export const CircularState = oneOf(CIRCULAR_STATES, {
  description:
    'draft 草稿，submitted 待签发，sent 已印发，corrected 已更正，withdrawn 已撤回，discarded 已作废',
});
export const FactKindShape = oneOf(FACT_KINDS, {
  description:
    'overdue 超期工单，supervised 督办，unanswered 督办逾期未反馈，reworked 退回重办，refusedReturns 退单未成立，falseResults 办结不实，lateTasks 会议任务逾期',
});
export const Revision = Type.Integer({
  minimum: 1,
  maximum: NUMBER_AT_MOST,
  description: '所见的 revision；签发的就是这一版',
});

export const Digest = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: '正文、统计及其背后各行的 SHA-256；签发时须带上所见的这一个',
});

const words = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: VISIBLE, description });
export const CircularWordsBody = {
  title: words(100, '标题'),
  addressee: words(200, '主送机关'),
  paragraphs: Type.Array(words(4000, '正文一段；以“一、”起头的为小标题；数字写作 {overdue.water}'), {
    minItems: 1,
    maxItems: 200,
  }),
  copies: Type.Array(words(60, '抄送机关'), { maxItems: 50 }),
};

const summary = {
  id: Type.String(),
  state: CircularState,
  revision: Type.Integer({ description: '版本；签发后不再变动' }),
  number: nullable(Type.String({ description: '发文字号，签发后才有' })),
  documentId: nullable(Type.String({ description: '公文，PDF 见 /v1/documents/{id}/pdf' })),
  from: Day,
  to: Day,
  kinds: Type.Array(FactKindShape),
  units: Type.Array(Type.String()),
  title: Type.String(personal('words')),
  writtenAt: Instant,
  author: Type.String(),
  signatory: nullable(Type.String({ description: '签发人' })),
  sentAt: nullable(Instant),
  recipients: Type.Integer(),
  read: Type.Integer({ description: '已签阅的单位数' }),
};
export const CircularSummaryShape = exactly(summary);

export const CircularShape = exactly({
  ...summary,
  text: exactly({
    title: MaskedWords,
    addressee: Type.String(),
    paragraphs: Type.Array(MaskedWords),
    copies: Type.Array(Type.String()),
  }),
  rendered: Type.Array(MaskedWords, { description: '代入数字的正文' }),
  figures: Type.Array(
    exactly({
      id: Type.String({ description: '在正文中写作 {id}', examples: ['overdue.water'] }),
      kind: FactKindShape,
      unitCode: nullable(Type.String({ description: '空：合计' })),
      count: Type.Integer(),
      zh: Type.String(),
      of: Type.String({ description: '量词' }),
      formula: Type.String(),
      formulaEn: Type.String({ description: '口径的英文' }),
      source: Type.String(),
      rows: Type.String({ description: '该数字背后的各行' }),
    }),
  ),
  countedAt: Instant,
  digest: Digest,
  typedNumbers: Type.Array(exactly({ paragraph: Type.Integer(), words: Type.String() }), {
    description: '正文中手写的、没有统计支撑的数字，供签发人核对',
  }),
  receipts: Type.Array(
    exactly({
      unitCode: Type.String(),
      unitName: Type.String(),
      told: oneOf(TOLD_OUTCOMES, {
        description: 'queued 已通知，noContact 单位未登记通知号码，switchedOff 通知已关闭',
      }),
      readAt: nullable(Instant),
      readBy: nullable(Type.String()),
      reminders: Type.Integer({ description: '已提醒次数' }),
      remindedAt: nullable(Instant),
    }),
    { description: '签阅情况，未签阅的在前；承办单位只看到自己的' },
  ),
  steps: Type.Array(
    exactly({
      at: Instant,
      by: nullable(Type.String()),
      move: Type.String(),
      revision: Type.Integer(),
      words: MaskedWords,
    }),
  ),
  moves: openMovesShape(CIRCULAR_STEPS),
  corrects: nullable(Type.String({ description: '所更正的通报' })),
  correctedBy: nullable(Type.String({ description: '更正它的通报' })),
});

export const FigureRowsShape = exactly({
  rows: Type.Array(
    exactly({
      kind: FactKindShape,
      unitCode: Type.String(),
      subjectNumber: Type.String({ description: '工单或督办单编号' }),
      at: Instant,
      ticketId: Type.String(),
      ticketNumber: Type.String(),
      title: MaskedWords,
    }),
  ),
  next: nullable(Type.String()),
  withheld: Type.Integer({ description: '另有几行属保密工单，查看人无权看到' }),
});
