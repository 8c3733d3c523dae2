import type { Clock } from '../../app/ports/clock.ts';

/** `rulesFromMs`: rules are applied as if it were that moment now, and go on from there; null: at the true time. */
export function systemClock(rulesFromMs: number | null): Clock {
  const shiftMs = rulesFromMs === null ? 0 : rulesFromMs - Date.now();
  return {
    now: () => Date.now(),
    rulesNow: () => Date.now() + shiftMs,
    after(afterMs, run) {
      const timer = setTimeout(run, afterMs);
      return () => clearTimeout(timer);
    },
  };
}
