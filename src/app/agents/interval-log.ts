import { type PresenceRules, reasonRule } from '../../domain/agents/presence-rules.ts';
import type { AgentFact } from '../ports/facts.ts';
import type { Seat } from './seat.ts';

/** An interval begins and the one before ends. */
export type TellInterval = (id: string, atMs: number, fact: AgentFact) => void;

/**
 * Gives every interval its id and tells of its beginning; its end is the beginning of the next, so that there is never
 * a gap or an overlap, whatever is written late or twice.
 */
export class IntervalLog {
  readonly #newId: () => string;
  readonly #tell: TellInterval;

  constructor(newId: () => string, tell: TellInterval) {
    this.#newId = newId;
    this.#tell = tell;
  }

  /** The limit is the one of now: a catalogue that changes meanwhile does not reach back. */
  begin(seat: Seat, rules: PresenceRules): void {
    const { state, reason } = seat.presence;
    const rule = state === 'NOT_READY' ? reasonRule(rules, reason) : null;
    seat.interval = {
      id: this.#newId(),
      seq: (seat.interval?.seq ?? 0) + 1,
      limitMs: rule?.limitMinutes == null ? null : rule.limitMinutes * 60_000,
      countsAsRest: rule?.countsAsRest ?? false,
    };
    this.tell(seat);
  }

  /** Told again, under the same id, after a restart: the process before may not have come to it. */
  tell({ presence, interval }: Seat): void {
    if (interval === null) return;
    const { agentId, state, reason, callId, signOut, sinceMs } = presence;
    const { id, ...kept } = interval;
    const by = signOut?.by?.accountId ?? null;
    const note = signOut?.note ?? null;
    this.#tell(id, sinceMs, { type: 'presence', agentId, state, reason, ofCall: callId, ...kept, by, note });
  }
}
