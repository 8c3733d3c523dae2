import { Type } from '@fastify/type-provider-typebox';
import { LIVE_SOURCES } from '../../../app/live/board.ts';
import type { CallView, TalkPartyView, TalkView } from '../../../app/ports/call-view.ts';
import { SIGN_OUT_REASONS } from '../../../domain/agents/presence-table.ts';
import { OUTBOUND_PURPOSES } from '../../../domain/callbacks/purposes.ts';
import { CONVERSATION_TABLE, type Phase } from '../../../domain/calls/conversation/conversation-table.ts';
import { INVITED_STATES } from '../../../domain/calls/conversation/emergency-bridge.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import { MaskedNumber } from '../masking.ts';
import { exactly, nullable, oneOf } from './elements.ts';

const PHASES = Object.keys(CONVERSATION_TABLE) as Phase[];

const Millis = Type.Integer({ description: '毫秒，自 1970-01-01 UTC' });

export const AgentShape = exactly({
  agentId: Type.String(),
  number: Type.String(),
  displayName: Type.String(),
  employer: Type.Optional(Type.String({ description: '派出单位' })),
  state: oneOf(['SIGNED_OUT', 'NOT_READY', 'READY', 'RINGING', 'TALKING', 'WRAP_UP']),
  reason: nullable(Type.String()),
  sinceMs: Millis,
  // A picture that was written by an earlier version has no word of what has a default here.
  intended: Type.Union(
    [
      exactly({
        state: oneOf(['NOT_READY', 'SIGNED_OUT']),
        reason: Type.String(),
        by: nullable(Type.String()),
        note: nullable(Type.String()),
      }),
      Type.Null(),
    ],
    { default: null, description: '本次通话结束后的状态：已申请的示忙或签出' },
  ),
  limitMs: nullable(Type.Integer({ default: null, description: '该示忙原因的时限，毫秒' })),
  overLimit: Type.Boolean({ default: false, description: '已超过时限' }),
  misses: Type.Integer({ default: 0, description: '连续未接次数' }),
  readyAgainMs: nullable(
    Type.Integer({ default: null, description: '非本人原因（电话不通、接续失败）示忙：到此时自动恢复示闲' }),
  ),
  wrapUpUntilMs: nullable(Type.Integer({ default: null, description: '整理态到此时结束' })),
  wrapUpLatestMs: nullable(Type.Integer({ default: null, description: '整理态最多延长到此时' })),
  signOut: Type.Union(
    [
      exactly({
        reason: oneOf(SIGN_OUT_REASONS),
        by: nullable(Type.String()),
        note: nullable(Type.String()),
      }),
      Type.Null(),
    ],
    { default: null, description: '签出的原因；forced：由班长强制签出，附其理由' },
  ),
  phone: Type.String(),
  phoneKind: oneOf(['browser', 'desk'], { default: 'browser' }),
  nextPhone: nullable(Type.String({ default: null, description: '本次通话结束后改用的话机' })),
  phoneReachable: Type.Boolean(),
  persistentLeg: Type.Union([oneOf(['down', 'ringing', 'up']), Type.Null()], {
    default: null,
    description: '常接线路：up 已接起，来电以提示音直接接通；ringing 正在振铃，请接起；null 每次来电振铃',
  }),
  listensTo: nullable(Type.String({ default: null, description: '正在侦听的通话；其间不派来电' })),
  taken: Type.Union(
    [
      exactly({
        callId: Type.String(),
        by: nullable(Type.String({ description: '接走来电的话务员姓名；尚无人接起则为空' })),
        atMs: Type.Integer(),
      }),
      Type.Null(),
    ],
    { default: null, description: '同一瞬间已被他人接起的来电：不计未接；下一次状态变化时清除' },
  ),
  lead: Type.Union(
    [
      exactly({
        callId: Type.String(),
        how: oneOf(['whisper', 'barge', 'takenOver']),
        by: Type.String({ description: '班长姓名' }),
        atMs: Type.Integer({ description: '毫秒时间戳' }),
      }),
      Type.Null(),
    ],
    {
      default: null,
      description:
        '在其通话中说话的班长：whisper 耳语，barge 插入，结束即清除；takenOver：班长已拦截该通话，保留到下一次通话或签出。侦听不在此列',
    },
  ),
  heartbeat: oneOf(['expected', 'none'], {
    default: 'expected',
    description: 'none：仅用桌面话机，无页面心跳',
  }),
  onForeignCall: Type.Boolean({
    default: false,
    description: '话机上另有通话（应急队列或直拨）：不空闲，无论 state 如何',
  }),
  callId: nullable(Type.String()),
  queues: Type.Array(Type.String()),
  lent: Type.Optional(Type.Array(Type.String(), { description: '其中仅在高峰模式期间支援的队列' })),
});

const TalkShape = exactly({
  phase: oneOf(PHASES, {
    description:
      'together：与市民通话；citizenHeld：市民保持中；calling：正在呼叫咨询方；consulting：与咨询方通话；swapped：已切回市民；transferring：转接中',
  }),
  citizen: exactly({
    muted: Type.Boolean(),
    held: Type.Union([
      exactly({
        why: oneOf(['hold', 'consult', 'transfer', 'rejoin'], {
          description: 'rejoin：话务员的话机中断，正在重新呼叫',
        }),
        sinceMs: Millis,
      }),
      Type.Null(),
    ]),
  }),
  parties: Type.Array(
    exactly({
      id: Type.String({ description: '用于静音、取消和移出' }),
      kind: oneOf(['agent', 'unit', 'centre', 'number', 'emergency', 'onCall']),
      agentId: nullable(Type.String()),
      number: nullable(Type.String()),
      name: nullable(Type.String()),
      accepted: nullable(Type.Boolean({ description: '紧急台是否已受理' })),
      state: oneOf(['awaited', 'ringing', 'confirming', 'joining', 'in', 'aside', 'held'], {
        description: 'awaited：话机中断，等待恢复；confirming：值班人员已接听，等待按键确认',
      }),
      role: oneOf(['member', 'consulted', 'invited', 'transferred', 'returning', 'rejoining']),
      by: nullable(Type.String({ description: '由谁呼叫' })),
      sinceMs: Millis,
      muted: Type.Boolean(),
      expert: Type.Optional(
        nullable(Type.String({ format: 'uuid', description: '按专家名录呼叫的那位专家' })),
      ),
    }),
  ),
  sender: nullable(Type.String({ description: '转出的话务员，振铃期间可取消' })),
  bridge: Type.Optional(
    Type.Union(
      [
        exactly({
          by: Type.String(),
          list: Type.String({ description: '值班表' }),
          state: oneOf(['calling', 'confirmed', 'exhausted', 'calledOff']),
          people: Type.Array(
            exactly({
              name: Type.String(),
              number: MaskedNumber,
              state: oneOf(INVITED_STATES, {
                description:
                  'waiting 尚未呼叫；called 正在呼叫或等待按键；there 已加入；left 已离开；unreached 未接通；dropped 已取消或移出',
              }),
              tries: Type.Integer(),
              party: nullable(Type.String({ description: '用于静音、移出' })),
            }),
          ),
        }),
        Type.Null(),
      ],
      { description: '应急会商：正在呼叫的值班人员' },
    ),
  ),
});

export const LiveCallShape = exactly({
  callId: Type.String(),
  state: Type.String(),
  dialled: Type.String(),
  line: nullable(Type.String()),
  lineName: nullable(Type.String()),
  mode: Type.String(),
  queue: nullable(Type.String()),
  callerNumber: MaskedNumber,
  note: Type.Optional(nullable(Type.String({ description: '来电号码的备注或限制' }))),
  waiting: Type.Optional(
    Type.Union([
      Type.Null(),
      exactly({
        queues: Type.Array(Type.String(), { description: '所在的队列，本队列在前，其后为已溢出到的队列' }),
        sinceMs: Millis,
        priority: Type.Integer({ description: '0 为通话中断优先；1 最急，9 最缓' }),
        why: oneOf(['keptForAgent', 'nobodySignedIn', 'nobodyWithSkill', 'allBusy']),
        words: Type.String({ description: '为何仍在等待' }),
        wordsEn: Type.Optional(Type.String({ description: '为何仍在等待，英文' })),
        keptFor: nullable(Type.String({ description: '先等候的原受理人或上次接听人' })),
        ahead: Type.Optional(nullable(Type.Integer({ description: '前面还有几位，最多数到 101' }))),
        estimateMs: Type.Optional(
          nullable(Type.Integer({ description: '预计还需等待，毫秒；无法可靠估计时为空，原因见 words' })),
        ),
        told: Type.Optional(
          Type.Union(
            [
              Type.Null(),
              exactly({
                ahead: nullable(Type.Integer({ description: '位置；11、21、51、101 为“多于”' })),
                minutes: nullable(Type.Integer({ description: '等待分钟数' })),
                atMs: nullable(Type.Integer({ description: '何时播报等待时间' })),
              }),
            ],
            { description: '最近向市民播报的位置和等待时间' },
          ),
        ),
      }),
    ]),
  ),
  agentId: nullable(Type.String()),
  sinceMs: Millis,
  arrivedMs: Millis,
  talk: Type.Optional(
    Type.Union([TalkShape, Type.Null()], { description: '通话中各方的当前状态；不在通话中为空' }),
  ),
  recordingPausedUntilMs: Type.Optional(
    nullable(Type.Integer({ description: '录音暂停中，至此时自动恢复；null：未暂停' })),
  ),
  waitingSinceMs: Type.Optional(nullable(Type.Integer({ description: '自此在队列中占位；null：不在排队' }))),
  about: Type.Optional(
    Type.Union(
      [
        exactly({
          purpose: oneOf(OUTBOUND_PURPOSES),
          ticketId: nullable(Type.String()),
          callbackId: nullable(Type.String()),
          ticket: Type.Optional(Type.String({ description: '工单编号，随转接、咨询、三方送出' })),
        }),
        Type.Null(),
      ],
      { description: '外呼的事由及相关工单；来电为空' },
    ),
  ),
});

export const SourceShape = oneOf(LIVE_SOURCES, {
  description:
    'live：呼叫控制在线；switchAway：其与交换机失联，通话情况为此前所知；away：以下是最后已知的情况',
});

/** Masked like every caller's number; the one who needs it asks with a reason. */
export function shownCall(call: CallView): CallView {
  const { talk } = call;
  return {
    ...call,
    callerNumber: maskedNumber(call.callerNumber),
    ...(talk == null ? {} : { talk: shownTalk(talk) }),
  };
}

function shownTalk(talk: TalkView): TalkView {
  const { bridge } = talk;
  const people = bridge?.people.map((one) => ({ ...one, number: maskedNumber(one.number) })) ?? [];
  return {
    ...talk,
    parties: talk.parties.map(shownParty),
    ...(bridge == null ? {} : { bridge: { ...bridge, people } }),
  };
}

/** A number that an agent typed may be a person's, as that of who is on call; those of units and desks are public. */
function shownParty(party: TalkPartyView): TalkPartyView {
  return (party.kind === 'number' || party.kind === 'onCall') && party.number !== null
    ? { ...party, number: maskedNumber(party.number) }
    : party;
}
