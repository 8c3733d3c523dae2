import type { Line } from './configuration.ts';
import { localDate } from './local-date.ts';
import type { Mode } from './mode.ts';
import { hasBegun, hasEnded } from './register/period.ts';

/** What applies when a call comes in: a line's mode, or that there is none (any more). */
export type ModeInForce = Mode | 'TRANSITION_ENDED' | 'UNREGISTERED';

/**
 * A transition is in force until the last instant of the local day `validTo` (RD-06); a line whose day has not come, or
 * whose other mode ended without another period, counts as unregistered: its callers still reach the general desk.
 */
export function modeAt(line: Line, timeZone: string, nowMs: number): ModeInForce {
  const today = localDate(nowMs, timeZone);
  if (!hasBegun(line, today)) return 'UNREGISTERED';
  if (hasEnded(line, today)) return line.mode === 'TRANSITION' ? 'TRANSITION_ENDED' : 'UNREGISTERED';
  return line.mode;
}
