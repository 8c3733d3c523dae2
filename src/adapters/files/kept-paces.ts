import type { PaceStore } from '../../app/ports/paces.ts';
import type { HandOver, Pace } from '../../domain/routing/pace.ts';
import type { HouseJournal } from './house-journal.ts';
import type { RoomKind } from './journal-room.ts';

const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;

const PACES: RoomKind<Pace> = {
  name: 'paces',
  key: ({ queue }) => queue,
  parse(value) {
    const { queue, latestMs, handOvers } = (value ?? {}) as Partial<Pace>;
    if (typeof queue !== 'string' || !(latestMs === null || isTime(latestMs))) return null;
    if (!Array.isArray(handOvers)) return null;
    const sound = (handOvers as readonly Partial<HandOver>[]).every(
      (one) => isTime(one?.atMs) && isTime(one?.agentMs),
    );
    return sound ? (value as Pace) : null;
  },
};

export function pacesIn(journal: HouseJournal): PaceStore {
  const room = journal.room(PACES);
  return { read: () => room.read(), save: (pace) => room.put(pace) };
}
