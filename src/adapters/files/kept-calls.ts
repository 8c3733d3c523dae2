import type { CallStore, SavedCall } from '../../app/ports/call-store.ts';
import type { Call } from '../../domain/calls/call.ts';
import { CALL_TABLE } from '../../domain/calls/call-table.ts';
import type { CallPlan } from '../../domain/hotlines/call-plan.ts';
import type { HouseJournal } from './house-journal.ts';
import type { RoomKind } from './journal-room.ts';

/** Raised when a call's shape changes: calls of another shape are then adopted as strangers, not misread. */
const SHAPE = 1;
type Kept = SavedCall & { readonly shape: number };

const CALLS: RoomKind<Kept> = {
  name: 'calls',
  // Who is at the switch is adopted; who is not has been told of by whoever served.
  onlyIfLatest: true,
  key: ({ call }) => call.id,
  parse(value) {
    const { call, seq, shape, toldMs } = (value ?? {}) as Partial<Kept>;
    if (shape !== SHAPE || typeof seq !== 'number' || call === undefined || !(call.state in CALL_TABLE)) {
      return null;
    }
    // Lines of an earlier version have no time of the last fact.
    return { call: filled(call), seq, shape, toldMs: typeof toldMs === 'number' ? toldMs : call.sinceMs };
  },
};

/** What a call saved by an earlier release lacks. */
function filled(call: Call): Call {
  const announcements = (call.plan as Partial<CallPlan>).announcements ?? [];
  return { ...call, plan: { ...call.plan, announcements } };
}

export function callsIn(journal: HouseJournal): CallStore {
  const room = journal.room(CALLS);
  return {
    read: () => room.read(),
    save: ({ call, seq, toldMs }) => room.put({ call, seq, toldMs, shape: SHAPE }),
    remove: (callId) => room.drop(callId),
  };
}
