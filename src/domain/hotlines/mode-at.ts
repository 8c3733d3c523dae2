import type { Line } from './configuration.ts';
import { localDate } from './local-date.ts';
import type { Mode } from './mode.ts';

/** What applies when a call comes in: a line's mode, or that there is none (any more). */
export type ModeInForce = Mode | 'TRANSITION_ENDED' | 'UNREGISTERED';

/**
 * A transition is in force until the last instant of the local day `validTo` (RD-06); a line whose day has not come
 * counts as unregistered, so that its callers still reach the general desk.
 */
export function modeAt(line: Line, timeZone: string, nowMs: number): ModeInForce {
  const today = localDate(nowMs, timeZone);
  if (today < line.validFrom) return 'UNREGISTERED';
  if (line.mode === 'TRANSITION' && line.validTo !== null && today > line.validTo) return 'TRANSITION_ENDED';
  return line.mode;
}
