import { expect } from 'vitest';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { LegBook, type PersistentLeg } from '../../../src/app/calls/persistent-leg-book.ts';
import { PersistentLegSwitch } from '../../../src/app/calls/persistent-leg-switch.ts';
import type { Media, Switch } from '../../../src/app/ports/switch.ts';

/** A switch as calls know it: with legs that stay up, which a test raises by hand. */
export interface OverLegs {
  readonly switch: PersistentLegSwitch;
  /** Rung and taken up. */
  raise(phone: string): Promise<PersistentLeg>;
  /** How the leg of the phone ended; undefined: it is up. */
  ended(phone: string): string | undefined;
}

export function overLegs(inner: Switch, tone: () => Media | null): OverLegs {
  const book = new LegBook(0);
  const ends = new Map<string, string>();
  const nothing = (): void => undefined;
  const made = new PersistentLegSwitch({
    inner,
    book,
    clock: systemClock(null),
    tone,
    keeper: {
      legAt: () => null,
      ended: (phone, reason) => ends.set(phone, reason),
      ...{ up: nothing, down: nothing, answered: nothing, moved: nothing, phone: nothing },
    },
  });
  return {
    switch: made,
    async raise(phone) {
      const leg = book.make(phone);
      const shown = { callerNumber: '', callerName: '', ringTimeoutMs: 5_000 };
      expect(await made.raise(leg, shown)).toEqual({ kind: 'done' });
      await expect.poll(() => leg.isUp, { timeout: 5_000 }).toBe(true);
      return leg;
    },
    ended: (phone) => ends.get(phone),
  };
}
