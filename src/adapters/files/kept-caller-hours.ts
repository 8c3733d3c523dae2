import type { CallerHoursStore } from '../../app/ports/restrictions.ts';
import type { HouseJournal } from './house-journal.ts';
import type { RoomKind } from './journal-room.ts';

interface Reached {
  readonly number: string;
  readonly reachedMs: readonly number[];
}
const REACHED: RoomKind<Reached> = {
  name: 'callerHours',
  key: ({ number }) => number,
  parse(value) {
    const { number, reachedMs } = (value ?? {}) as Partial<Reached>;
    const isWhole = typeof number === 'string' && Array.isArray(reachedMs);
    return isWhole ? { number, reachedMs: reachedMs.filter((at) => typeof at === 'number') } : null;
  },
};

/** Numbers of citizens stand in it: the owner's alone, as everything in its folder. */
export function callerHoursIn(journal: HouseJournal): CallerHoursStore {
  const room = journal.room(REACHED);
  return {
    read: () => room.read(),
    save: (number, reachedMs) => room.put({ number, reachedMs }),
    drop: (number) => room.drop(number),
  };
}
