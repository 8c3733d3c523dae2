const MINUTE_MS = 60_000;

interface OutcomeRule {
  readonly zh: string;
  /** The citizen's telephone was tried, as far as he is concerned. */
  readonly counts: boolean;
  /** Before the next try. */
  readonly againAfterMs: number;
}

/**
 * What became of one call to a citizen. The last four only a person can tell: the switch sees a call that was answered,
 * or one that was given up.
 */
export const DIAL_OUTCOMES = {
  /** He and an agent talked. */
  reached: { zh: '已接通', counts: true, againAfterMs: 0 },
  busy: { zh: '占线', counts: true, againAfterMs: 2 * MINUTE_MS },
  noAnswer: { zh: '无人接听', counts: true, againAfterMs: 10 * MINUTE_MS },
  rejected: { zh: '拒接', counts: true, againAfterMs: 30 * MINUTE_MS },
  /** Switched off, out of coverage, no such number. */
  unreachable: { zh: '关机或无法接通', counts: true, againAfterMs: 20 * MINUTE_MS },
  /** Our own way out was full or broken: not the citizen's doing, and it cost him nothing. */
  network: { zh: '线路忙', counts: false, againAfterMs: 2 * MINUTE_MS },
  /** Ended in the middle by a fault of ours. */
  lost: { zh: '系统中断', counts: false, againAfterMs: MINUTE_MS },
  /** The agent put the receiver down while it rang. */
  gaveUp: { zh: '座席放弃', counts: true, againAfterMs: 5 * MINUTE_MS },
  machine: { zh: '语音信箱', counts: true, againAfterMs: 15 * MINUTE_MS },
  announcement: { zh: '运营商提示音', counts: true, againAfterMs: 20 * MINUTE_MS },
  wrongPerson: { zh: '非本人接听', counts: true, againAfterMs: 30 * MINUTE_MS },
} as const satisfies Record<string, OutcomeRule>;

export type DialOutcome = keyof typeof DIAL_OUTCOMES;
export const DIAL_OUTCOME_NAMES = Object.keys(DIAL_OUTCOMES) as readonly DialOutcome[];

/** What an agent may say of a call that reached nobody. */
export const TOLD_OUTCOMES = ['machine', 'announcement', 'wrongPerson'] as const;
export type ToldOutcome = (typeof TOLD_OUTCOMES)[number];
