import type { CallbackStore } from '../../app/ports/callback-store.ts';
import type { Callback } from '../../domain/callbacks/callback.ts';
import { CALLBACK_TABLE } from '../../domain/callbacks/callback-table.ts';
import type { HouseJournal } from './house-journal.ts';
import type { RoomKind } from './journal-room.ts';

const CALLBACKS: RoomKind<Callback> = {
  name: 'callbacks',
  // Who was called back meanwhile is not called again: those that are open are asked of the books.
  onlyIfLatest: true,
  key: ({ id }) => id,
  parse(value) {
    const { id, number, queue, state, rule } = (value ?? {}) as Partial<Callback>;
    const whole = typeof id === 'string' && typeof number === 'string' && typeof queue === 'string';
    return whole && rule !== undefined && state !== undefined && state in CALLBACK_TABLE
      ? (value as Callback)
      : null;
  },
};

/** Callbacks that are not over. */
export function callbacksIn(journal: HouseJournal): CallbackStore {
  const room = journal.room(CALLBACKS);
  return {
    read: () => room.read(),
    foundAs: () => journal.found(),
    save: (callback) => room.put(callback),
    remove: (id) => room.drop(id),
  };
}
