import type { Clock } from '../../app/ports/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  after(afterMs, run) {
    const timer = setTimeout(run, afterMs);
    return () => clearTimeout(timer);
  },
};
