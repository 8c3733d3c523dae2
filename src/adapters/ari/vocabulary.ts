import type { CommandOutcome, HangupReason, PlaybackEnd } from '../../app/ports/switch.ts';

/** Asterisk's words in ours. The only place that knows its messages, states and cause codes. */

/** ari-client throws HTTP's status away and leaves the body; so the message decides. */
const MESSAGES: readonly (readonly [RegExp, 'gone' | 'exists'])[] = [
  [/already exists/i, 'exists'],
  [/already in use/i, 'exists'],
  [/already in progress/i, 'exists'],
  [/(channel|bridge|playback|recording|endpoint) not found/i, 'gone'],
  [/not in (a )?stasis/i, 'gone'],
  [/not in (this|the|a) bridge/i, 'gone'],
  [/not in bridge/i, 'gone'],
  [/channel .* (is )?(leaving|hung up|gone)/i, 'gone'],
  [/has been hung up/i, 'gone'],
  [/not found/i, 'gone'],
];

export function outcomeOfError(error: unknown): CommandOutcome {
  const said = messageOf(error);
  if (said === null)
    return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  const found = MESSAGES.find(([pattern]) => pattern.test(said));
  return found === undefined ? { kind: 'refused', reason: said } : { kind: found[1] };
}

/** Null when Asterisk itself said nothing: the connection broke, or something answered that is not ARI. */
function messageOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  try {
    const body: unknown = JSON.parse(error.message);
    if (typeof body !== 'object' || body === null) return null;
    if ('message' in body && typeof body.message === 'string') return body.message;
    return 'error' in body && typeof body.error === 'string' ? body.error : null;
  } catch {
    return null;
  }
}

export function playbackEnd(state: string): PlaybackEnd {
  switch (state) {
    case 'done':
      return 'finished';
    case 'failed':
      return 'failed';
    default:
      return 'cancelled';
  }
}

/** Reasons that `DELETE /channels/{id}` knows. */
const REASONS: Readonly<Record<HangupReason, string>> = {
  normal: 'normal',
  busy: 'busy',
  noAnswer: 'no_answer',
  rejected: 'rejected',
  unreachable: 'unallocated',
  congestion: 'congestion',
  answeredElsewhere: 'answered_elsewhere',
  unknown: 'normal_unspecified',
};

export function hangupWord(reason: HangupReason): string {
  return REASONS[reason];
}

/** ITU-T Q.850 cause codes, as Asterisk derives them from SIP. */
const CAUSES: Readonly<Record<number, HangupReason>> = {
  1: 'unreachable',
  2: 'unreachable',
  3: 'unreachable',
  16: 'normal',
  17: 'busy',
  18: 'noAnswer',
  19: 'noAnswer',
  20: 'unreachable',
  21: 'rejected',
  22: 'unreachable',
  26: 'answeredElsewhere',
  27: 'unreachable',
  28: 'unreachable',
  31: 'normal',
  32: 'unreachable',
  34: 'congestion',
  38: 'unreachable',
  41: 'congestion',
  42: 'congestion',
  44: 'congestion',
};

export interface LegHistory {
  /** What we asked for when we hung it up ourselves. */
  readonly asked: HangupReason | null;
  readonly answered: boolean;
  readonly rang: boolean;
  readonly dialStatus: string;
  readonly kind: 'incoming' | 'leg';
}

/** How it ended: by what we asked, else by what the far end said, else by what happened before. */
export function hangupReason(cause: number, history: LegHistory): HangupReason {
  if (history.asked !== null) return history.asked;
  const byCause = CAUSES[cause] ?? 'unknown';
  if (history.kind === 'incoming' || history.answered) return byCause === 'unknown' ? 'normal' : byCause;
  switch (history.dialStatus) {
    case 'BUSY':
      return byCause === 'rejected' ? 'rejected' : 'busy';
    case 'CONGESTION':
      return byCause === 'normal' || byCause === 'unknown' ? 'congestion' : byCause;
    case 'CHANUNAVAIL':
      return byCause === 'normal' || byCause === 'unknown' ? 'unreachable' : byCause;
    case 'CANCEL':
      return 'normal';
    default:
      break;
  }
  // Nobody heard it ring: the phone was not there.
  if (byCause === 'noAnswer' || byCause === 'normal' || byCause === 'unknown') {
    return history.rang ? 'noAnswer' : 'unreachable';
  }
  return byCause;
}
