import type { QueueTally } from '../../app/ports/live-board.ts';
import type { TallyStore } from '../../app/ports/tallies.ts';
import type { HouseJournal } from './house-journal.ts';
import type { RoomKind } from './journal-room.ts';

const COUNTED = ['offered', 'answered', 'abandoned', 'elsewhere'] as const;

const TALLIES: RoomKind<QueueTally> = {
  name: 'tallies',
  key: ({ code }) => code,
  parse(value) {
    const tally = (value ?? {}) as Partial<QueueTally>;
    const { code, name, day } = tally;
    if (typeof code !== 'string' || typeof name !== 'string' || typeof day !== 'string') return null;
    return COUNTED.every((one) => Number.isSafeInteger(tally[one])) ? (tally as QueueTally) : null;
  },
};

export function talliesIn(journal: HouseJournal): TallyStore {
  const room = journal.room(TALLIES);
  return {
    read: () => room.read(),
    save: (tally) => room.put(tally),
    drop: (code) => room.drop(code),
  };
}
