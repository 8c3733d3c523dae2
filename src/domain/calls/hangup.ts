/** How a channel came to its end, in our words. */
export const HANGUP_REASONS = [
  'normal',
  'busy',
  'noAnswer',
  'rejected',
  'unreachable',
  'congestion',
  'answeredElsewhere',
  'unknown',
] as const;
export type HangupReason = (typeof HANGUP_REASONS)[number];

/** Why a call did not come about at an agent. `undelivered`: by nothing that the agent did or left undone. */
export function missReason(reason: HangupReason): 'missed' | 'rejected' | 'phoneUnreachable' | 'undelivered' {
  switch (reason) {
    case 'busy':
    case 'rejected':
      return 'rejected';
    case 'unreachable':
    case 'congestion':
      return 'phoneUnreachable';
    case 'noAnswer':
      return 'missed';
    case 'normal':
    case 'answeredElsewhere':
    case 'unknown':
      return 'undelivered';
    default:
      return reason satisfies never;
  }
}

/** An end in the middle of a talk: said good-bye, or was the phone lost? Cause 0 alone proves nothing. */
export function endedAbnormally(reason: HangupReason, phoneLost: boolean): boolean {
  if (reason === 'unreachable' || reason === 'congestion') return true;
  return reason !== 'normal' && phoneLost;
}
