import {
  asksSwitch,
  type Contending,
  contend,
  type FolderView,
  type LeaseView,
  mayStillAct,
  SIGN_COUNTS_MS,
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
  #saidSilent = false;
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
    const witness: WitnessView = asksSwitch(lease, seen) ? await this.#witness.look() : { kind: 'away' };
    const verdict = contend(lease, seen, witness);
    if (verdict.why !== this.#said) {
      this.#said = verdict.why;
      log.info({ lease: lease.kind, verdict: verdict.kind, why: verdict.why }, 'the lease was looked at');
    }
    if (verdict.kind === 'wait') {
      if (verdict.why !== 'justLost') this.#onWaiting();
      return null;
    }
    const taken = await this.#ask(lease, seen, witness);
    return this.#stopped ? null : taken;
  }

  async #ask(lease: LeaseView, seen: FolderView, witness: WitnessView): Promise<Taken | null> {
    const { store, folder, clock, ticks } = this.#parts;
    const signed = witness.kind === 'signed' ? witness.term : null;
    const before = (signed?.generation ?? 0) > (seen.term?.generation ?? 0) ? signed : seen.term;
    const generation = nextGeneration(clock.now(), before === null ? [] : [before.generation]);
    const claimed = { ...folder.holder, generation };
    if (mayStillAct(lease, seen, witness)) {
      this.#onWaiting();
      if (!(await this.#claims(claimed, SIGN_COUNTS_MS))) return null;
    }
    const askedAt = ticks();
    const term =
      lease.kind === 'away'
        ? claimed
        : // One below: the store adds one to what it and we know.
          await store.acquire(folder.holder, generation - 1, lease);
    if (term === null) return null;
    if (lease.kind === 'away' && !(await this.#claims(term, CLAIM_STANDS_MS))) return null;
    if (await folder.enter(term, seen.term)) return { term, before, askedAt };
    if (lease.kind !== 'away') await store.vacate(term);
    return null;
  }

  /**
   * Leaves our sign at the switch and looks for how long it stands there. Without the store two on different machines may
   * think at once that it is their turn: one of them finds the other's. And whoever goes on without the store, because he
   * alone is cut off from it, finds ours, and is no longer sure of himself when it has stood for `standsMs`. Who reaches
   * neither the store nor the switch takes nothing: there is no call that he could command.
   */
  async #claims(term: Term, standsMs: number): Promise<boolean> {
    const { witness, clock, log, ticks } = this.#parts;
    const pass = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
    try {
      await witness.sign(term, 0);
      this.#saidSilent = false;
      const since = ticks();
      for (let leftMs = standsMs; leftMs > 0 && !this.#stopped; leftMs = standsMs - (ticks() - since)) {
        await pass(Math.min(leftMs, LOOK_EVERY_MS));
        const sign = await witness.look();
        if (sign?.term.id !== term.id) return false;
      }
      return !this.#stopped;
    } catch (err) {
      this.#onWaiting();
      if (!this.#saidSilent) log.warn({ err }, 'the switch could not be asked who controls it');
      this.#saidSilent = true;
      return false;
    }
  }
}
