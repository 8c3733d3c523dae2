import type { PlacedCall, PlacedCallStore } from '../../app/ports/placed-calls.ts';
import type { HouseJournal } from './house-journal.ts';
import type { RoomKind } from './journal-room.ts';

const PLACED: RoomKind<PlacedCall> = {
  name: 'placed',
  key: ({ id }) => id,
  parse(value) {
    const { id, atMs, agentId, number } = (value ?? {}) as Partial<PlacedCall>;
    const isWhole =
      typeof id === 'string' &&
      typeof atMs === 'number' &&
      typeof agentId === 'string' &&
      typeof number === 'string';
    return isWhole ? { id, atMs, agentId, number } : null;
  },
};

export function placedCallsIn(journal: HouseJournal): PlacedCallStore {
  const room = journal.room(PLACED);
  return {
    read: () => room.read(),
    save: (placed) => room.put(placed),
    drop: (id) => room.drop(id),
  };
}
