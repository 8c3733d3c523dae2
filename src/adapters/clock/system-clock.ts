import type { Clock } from '../../app/ports/clock.ts';
import { steadyTime } from './steady-time.ts';

/** `rulesFromMs`: rules are applied as if it were that moment now, and go on from there; null: at the true time. */
export function systemClock(rulesFromMs: number | null): Clock {
  const now = steadyTime(Date.now, () => performance.now());
  const shiftMs = rulesFromMs === null ? 0 : rulesFromMs - Date.now();
  return {
    now,
    rulesNow: () => Date.now() + shiftMs,
    after(afterMs, run) {
      // Node looks at timers before it looks at what has arrived. On a machine that let us wait, the answer that lies
      // there is heard before it is said that none came.
      let turn: NodeJS.Immediate | undefined;
      const timer = setTimeout(() => {
        turn = setImmediate(run);
      }, afterMs);
      return () => {
        clearTimeout(timer);
        clearImmediate(turn);
      };
    },
  };
}
