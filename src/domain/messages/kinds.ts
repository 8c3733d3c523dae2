const HOUR_MS = 3_600_000;

/**
 * What a citizen is written, and how much it may disturb. `urgent` is sent at night too. Later than `staleAfterMs`
 * after it was due, a message says nothing any more and is cancelled: nobody wants to read yesterday's alarm.
 */
export const MESSAGE_KINDS = {
  /** 请今后直接拨打12345: to who dialled a number that was merged. */
  retraining: { zh: '改号提醒', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  /** To who hung up before anybody answered. */
  missedCall: { zh: '未接来电致歉', urgent: false, channel: 'sms', staleAfterMs: 12 * HOUR_MS },
  /** What the citizen asked to be told of works again. */
  restored: { zh: '恢复通知', urgent: false, channel: 'sms', staleAfterMs: 48 * HOUR_MS },
  /** How an incident stands, to all who appealed about it. */
  incidentProgress: { zh: '事件进展', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  /** How the talk was (G4), asked of who hung up first. The next day nobody remembers. */
  rating: { zh: '通话评价', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  /** The citizen's time was made longer, and why (H11). */
  extended: { zh: '延期告知', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  /** Each step of a citizen's ticket (L5). Later than its day it is no news any more. */
  ticketAccepted: { zh: '受理告知', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  ticketDispatched: { zh: '转办告知', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  ticketAdvised: { zh: '不予受理告知', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  ticketReplied: { zh: '答复告知', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  ticketReworked: { zh: '重新办理告知', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  ticketDisputed: { zh: '异议受理告知', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  ticketUpheld: { zh: '异议复核告知', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  ticketClosed: { zh: '结案告知', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  ticketShelved: { zh: '挂账告知', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  ticketWithdrawn: { zh: '撤回告知', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  /** A visit by link, to who was tried in vain (G2). */
  visitLink: { zh: '回访链接', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  /** To a unit's people. */
  unitWork: { zh: '派单通知', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  unitNudge: { zh: '签收提醒', urgent: false, channel: 'sms', staleAfterMs: 4 * HOUR_MS },
  unitUrgent: { zh: '紧急工单通知', urgent: true, channel: 'sms', staleAfterMs: 4 * HOUR_MS },
  unitRecalled: { zh: '停办通知', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  unitSupervision: { zh: '督办通知', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  unitCircular: { zh: '通报签阅', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  unitDigest: { zh: '临期超期提醒', urgent: false, channel: 'sms', staleAfterMs: 4 * HOUR_MS },
  /** What an agent read to him, in writing; and that it was wrong, when it was. */
  knowledgeAnswer: { zh: '答复内容', urgent: false, channel: 'sms', staleAfterMs: 24 * HOUR_MS },
  knowledgeCorrected: { zh: '答复更正', urgent: false, channel: 'sms', staleAfterMs: 72 * HOUR_MS },
  /** Where a place is that he asked for: he is on his way, at night too. */
  placeAddress: { zh: '场所地址', urgent: true, channel: 'sms', staleAfterMs: 2 * HOUR_MS },
  /** Danger to life or health. */
  emergency: { zh: '紧急通知', urgent: true, channel: 'sms', staleAfterMs: 12 * HOUR_MS },
} as const satisfies Record<string, MessageKindRule>;

interface MessageKindRule {
  readonly zh: string;
  readonly urgent: boolean;
  /** `sms` reaches mobile numbers only. */
  readonly channel: 'sms';
  readonly staleAfterMs: number;
}

export type MessageKind = keyof typeof MESSAGE_KINDS;
export const MESSAGE_KIND_NAMES = Object.keys(MESSAGE_KINDS) as readonly MessageKind[];

/** A message longer than this is sent as several, and costs as many. */
export const TEXT_MAX = 300;
