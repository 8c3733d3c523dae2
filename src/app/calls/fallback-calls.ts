import { fallbackFactId, fallbackFacts } from '../../domain/calls/fallback.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { Clock } from '../ports/clock.ts';
import type { FactLog } from '../ports/facts.ts';
import type { FallbackNote, FallbackNotes } from '../ports/fallback-notes.ts';
import type { Log } from '../ports/log.ts';
import { believed, planOf } from './call-planning.ts';
import { arrivedFact } from './call-view.ts';

export interface FallbackCallsParts {
  readonly notes: FallbackNotes;
  readonly facts: FactLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** The dialplan ends every call after four hours: a note without an end that is older never gets one. */
export const NEVER_ENDS_MS = 4 * 3_600_000 + 60_000;
/** Mostly it finds an empty folder. */
export const COLLECT_EVERY_MS = 5_000;
/** So many calls are told before the disk is waited for. */
const AT_A_TIME = 100;

/**
 * Calls that the dialplan took while call control was away come into the books. Modes: idle <-> collecting -> stopped.
 * A note goes only when the spool has its facts; read twice, it tells the same facts with the same ids.
 */
export class FallbackCalls {
  readonly #parts: FallbackCallsParts;
  readonly #configuration: () => Configuration;
  /** Told, but the disk did not confirm: not to be told again and again into memory. */
  readonly #told = new Set<string>();
  #working: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #cancelTimer: (() => void) | null = null;

  constructor(parts: FallbackCallsParts, configuration: () => Configuration) {
    this.#parts = parts;
    this.#configuration = configuration;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
  }

  /** Now and from now on every few seconds; in the background, never in the way of a call. */
  collect(): void {
    if (this.#stopped) return;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#parts.clock.after(COLLECT_EVERY_MS, () => this.collect());
    this.#again = true;
    this.#working ??= this.#run()
      .catch((err: unknown) => this.#parts.log.error({ err }, 'the notes of the fallback could not be read'))
      .finally(() => {
        this.#working = null;
      });
  }

  /** Call control has the citizen again, and tells the whole call itself. */
  taken(callId: string): void {
    this.#told.add(callId);
    this.#removeTold([callId]).catch((err: unknown) =>
      this.#parts.log.error({ err, callId }, 'a note of the fallback could not be removed'),
    );
  }

  /**
   * Notes go only when what was told of their calls is on the disk; false when it is not. One that cannot be removed
   * stands in nobody's way: its call stays known as told, and each collecting tries again.
   */
  async #removeTold(callIds: readonly string[]): Promise<boolean> {
    const { notes, facts, log } = this.#parts;
    if (!(await facts.flush())) return false;
    for (const callId of callIds) {
      try {
        await notes.remove(callId);
        this.#told.delete(callId);
      } catch (err) {
        log.error({ err, callId }, 'a note of the fallback could not be removed');
      }
    }
    return true;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const { notes, clock } = this.#parts;
      const now = clock.now();
      const over = (await notes.read()).filter(
        ({ ended, enteredMs }) => ended !== null || now - enteredMs > NEVER_ENDS_MS,
      );
      for (let from = 0; from < over.length && !this.#stopped; from += AT_A_TIME) {
        if (!(await this.#enter(over.slice(from, from + AT_A_TIME)))) return;
      }
    }
  }

  /** False when the disk takes no facts: the notes wait for the next time. */
  async #enter(batch: readonly FallbackNote[]): Promise<boolean> {
    for (const note of batch) this.#tell(note);
    const gone = await this.#removeTold(batch.map(({ incoming }) => incoming.callId));
    if (gone) this.#parts.log.info({ calls: batch.length }, 'calls of the fallback came into the books');
    return gone;
  }

  #tell(note: FallbackNote): void {
    const configuration = this.#configuration();
    const { log } = this.#parts;
    const incoming = believed(configuration, note.incoming, log);
    const { callId } = incoming;
    if (this.#told.has(callId)) return;
    const told = fallbackFacts(note, {
      callId,
      arrived: arrivedFact(incoming),
      plan: planOf(configuration, incoming, { nowMs: note.arrivedMs, log }),
      configurationVersion: configuration.version,
      agentId: configuration.agents.find(({ phone }) => phone === note.answered?.phone)?.agentId ?? null,
    });
    told.forEach(({ atMs, fact }, at) => {
      const seq = at + 1;
      this.#parts.facts.append({ id: fallbackFactId(callId, seq), atMs, callId, seq, ...fact });
    });
    this.#told.add(callId);
  }
}
