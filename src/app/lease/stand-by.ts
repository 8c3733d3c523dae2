import {
  asksSwitch,
  type Contending,
  contend,
  type LeaseView,
  type WitnessView,
} from '../../domain/lease/contend.ts';
import { nextGeneration, type Term } from '../../domain/lease/term.ts';
import type { Clock } from '../ports/clock.ts';
import type { LeaseFolder, LeaseStore, LeaseWitness } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';
import { WitnessWatch } from './witness-watch.ts';

export interface StandByParts {
  readonly store: LeaseStore;
  readonly folder: LeaseFolder;
  readonly witness: LeaseWitness;
  readonly clock: Clock;
  readonly ticks: () => number;
  readonly log: Log;
}

export interface Taken {
  readonly term: Term;
  /** The term before, as far as it is known. */
  readonly before: Term | null;
  /** Ticks before the lease was asked for. */
  readonly askedAt: number;
}

const LOOK_EVERY_MS = 200;
/** Longer than two who claim at once can be apart. */
const CLAIM_STANDS_MS = 200;

/**
 * Waits for the lease. Modes: looking (every `LOOK_EVERY_MS`, and at once when the holder dies) -> taken | stopped.
 */
export class StandBy {
  readonly #parts: StandByParts;
  readonly #taken: Promise<Taken>;
  readonly #witness: WitnessWatch;
  #resolve: (taken: Taken) => void = () => undefined;
  #looking = false;
  #again = false;
  #cancel: (() => void) | null = null;
  #stopped = false;
  #said: Contending['why'] | null = null;
  #onWaiting: () => void = () => undefined;

  constructor(parts: StandByParts) {
    this.#parts = parts;
    this.#witness = new WitnessWatch(parts.witness, parts.ticks);
    this.#taken = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    parts.folder.onDeath(() => this.#look());
  }

  /** Resolves with the first answer: `taken`, or `waiting` when another one is active. */
  async start(): Promise<'taken' | 'waiting'> {
    const waiting = new Promise<'waiting'>((resolve) => {
      this.#onWaiting = () => resolve('waiting');
    });
    await this.#parts.store.opened();
    this.#look();
    return Promise.race([waiting, this.#taken.then(() => 'taken' as const)]);
  }

  /** Never resolves if it is stopped before. */
  taken(): Promise<Taken> {
    return this.#taken;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #look(): void {
    if (this.#stopped) return;
    this.#again = this.#looking;
    if (this.#looking) return;
    this.#looking = true;
    this.#cancel?.();
    this.#attempt().then(
      (taken) => this.#looked(taken),
      (err: unknown) => {
        this.#parts.log.error({ err }, 'the lease could not be looked at');
        this.#looked(null);
      },
    );
  }

  #looked(taken: Taken | null): void {
    this.#looking = false;
    if (this.#stopped) return;
    if (taken === null) {
      this.#cancel = this.#parts.clock.after(this.#again ? 0 : LOOK_EVERY_MS, () => this.#look());
      return;
    }
    this.#stopped = true;
    this.#resolve(taken);
  }

  async #attempt(): Promise<Taken | null> {
    const { store, folder, log } = this.#parts;
    const lease = await store.look().catch((): LeaseView => ({ kind: 'away' }));
    if (lease.kind === 'held') await folder.note(lease.term);
    const seen = await folder.view();
    const witness: WitnessView = asksSwitch(lease) ? await this.#witness.look() : { kind: 'away' };
    const verdict = contend(lease, seen, witness);
    if (verdict.why !== this.#said) {
      this.#said = verdict.why;
      log.info({ lease: lease.kind, verdict: verdict.kind, why: verdict.why }, 'the lease was looked at');
    }
    if (verdict.kind === 'wait') {
      if (verdict.why !== 'justLost') this.#onWaiting();
      return null;
    }
    const askedAt = this.#parts.ticks();
    const signed = witness.kind === 'signed' ? witness.term : null;
    const before = (signed?.generation ?? 0) > (seen.term?.generation ?? 0) ? signed : seen.term;
    const term = await this.#ask(lease, seen.term, before);
    if (term === null || this.#stopped) return null;
    return { term, before, askedAt };
  }

  async #ask(lease: LeaseView, seen: Term | null, before: Term | null): Promise<Term | null> {
    const { store, folder, clock } = this.#parts;
    const generation = nextGeneration(clock.now(), before === null ? [] : [before.generation]);
    const term =
      lease.kind === 'away'
        ? { ...folder.holder, generation }
        : // One below: the store adds one to what it and we know.
          await store.acquire(folder.holder, generation - 1, lease);
    if (term === null || (lease.kind === 'away' && !(await this.#claims(term, seen)))) return null;
    if (await folder.enter(term, seen)) return term;
    if (lease.kind !== 'away') await store.vacate(term);
    return null;
  }

  /**
   * Without the store two on different machines may think at once that it is their turn. Each leaves its sign at the
   * switch and looks again a little later: one of them finds it. If the switch is away as well only the folder decides.
   */
  async #claims(term: Term, seen: Term | null): Promise<boolean> {
    const { witness, clock, folder, log } = this.#parts;
    try {
      await witness.sign(term, 0);
      await new Promise<void>((resolve) => clock.after(CLAIM_STANDS_MS, resolve));
      const sign = await witness.look();
      return sign?.term.id === term.id;
    } catch (err) {
      log.warn({ err }, 'the switch could not be asked who controls it');
      return seen?.folder === folder.holder.folder;
    }
  }
}
