import type { CallStore, SavedCall } from '../../app/ports/call-store.ts';
import type { Log } from '../../app/ports/log.ts';
import type { Call } from '../../domain/calls/call.ts';
import { CALL_TABLE } from '../../domain/calls/call-table.ts';
import type { CallPlan } from '../../domain/hotlines/call-plan.ts';
import type { FactOutbox } from './fact-outbox.ts';
import { type JournalKind, type JournalTerm, KeyedJournal } from './keyed-journal.ts';

/** Raised when a call's shape changes: calls of another shape are then adopted as strangers, not misread. */
const SHAPE = 1;
type Kept = SavedCall & { readonly shape: number };

const CALLS: JournalKind<Kept> = {
  name: 'calls',
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

export class CallJournal implements CallStore {
  readonly #journal: KeyedJournal<Kept>;

  /** `facts`: what is told of the calls, on its way with them. */
  constructor(path: string, log: Log, term?: JournalTerm, facts?: FactOutbox) {
    this.#journal = new KeyedJournal(path, CALLS, log, term, facts);
    facts?.rideOn(() => this.#journal.wake());
  }

  read(): Promise<readonly SavedCall[]> {
    return this.#journal.read();
  }

  save({ call, seq, toldMs }: SavedCall): void {
    this.#journal.put({ call, seq, toldMs, shape: SHAPE });
  }

  remove(callId: string): void {
    this.#journal.drop(callId);
  }

  flush(): Promise<void> {
    return this.#journal.flush();
  }
}
