import { LEASE_MS, RENEW_EVERY_MS, type Term } from '../../domain/lease/term.ts';
import type { Clock } from '../ports/clock.ts';
import type { LeaseFolder, LeaseStore, LeaseWitness, Renewal, SignAtSwitch } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';
import type { Tenure } from '../ports/tenure.ts';

export interface TenureParts {
  readonly store: LeaseStore;
  readonly folder: LeaseFolder;
  readonly witness: LeaseWitness;
  readonly clock: Clock;
  /** Milliseconds that only go forward, also while this process stands still. */
  readonly ticks: () => number;
  readonly log: Log;
  /** Another call control is active: nothing of this process may have any effect any more. */
  readonly deposed: (why: Deposed) => void;
}
export type Deposed = 'lease' | 'folder' | 'switch' | 'database';

/** Together with the time between two renewals below `LEASE_MS`: a silent store brings no doubt. */
const STORE_ANSWERS_WITHIN_MS = 700;
/** A disk that does not answer is no reason to stop calls. */
const FOLDER_ANSWERS_WITHIN_MS = 300;
const WITNESS_ANSWERS_WITHIN_MS = 300;
/** In doubt a new proof is begun this often, whatever became of those on their way. */
const IN_DOUBT_EVERY_MS = 100;
/**
 * A new term's first signs come so soon after each other that whoever claims the switch at the same time, because he does not
 * reach the store in which we have the lease, finds one of them while his claim stands.
 */
const FIRST_SIGNS = { count: 10, everyMs: 100 } as const;

/**
 * The active call control's hold on its lease. Modes:
 *   holding <-> in doubt (no renewal for `LEASE_MS`: frozen, starved, or told so) -> holding | deposed
 * A store that is away ends nothing: nobody can take the lease there. Who took over all the same (a standby that
 * shares the folder; one that reaches the store where we do not) is known from the folder, and from Asterisk, which
 * tells the older of two call controls that it was replaced. The same two are asked by who is in doubt and finds that
 * the store has lost his term: whoever held the lease in between was lost there with it. While the store is away each
 * proof is one by the switch: nobody later has signed there, and our own sign was taken. Who hears of neither for a whole
 * lease is in doubt; a standby elsewhere that reaches both lets its sign stand for as long before it acts.
 *
 * A proof is begun every `RENEW_EVERY_MS`, and none waits for the one before: on a machine that is too busy each may take
 * longer than that, and counts from its beginning all the same.
 */
export class LeaseTenure implements Tenure {
  readonly term: Term;
  readonly #parts: TenureParts;
  #provenAt: number;
  readonly #proofs = new Set<Promise<void>>();
  #beganAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #waiting: (() => void)[] = [];
  #replaced = false;
  #over: 'no' | 'deposed' | 'ended' = 'no';
  #storeAway = false;
  #signs = 0;
  #beats = 0;

  /** `acquiredAt`: ticks before the lease was asked for. */
  constructor(parts: TenureParts, term: Term, acquiredAt: number) {
    this.#parts = parts;
    this.term = term;
    this.#provenAt = acquiredAt;
    this.#later(0);
  }

  holds(): boolean {
    if (this.#over !== 'no') return false;
    const now = this.#parts.ticks();
    if (!this.#replaced && now - this.#provenAt < LEASE_MS) return true;
    if (this.#proofs.size === 0 || now - this.#beganAt >= IN_DOUBT_EVERY_MS) this.#beat();
    return false;
  }

  onceSettled(run: () => void): void {
    if (this.holds()) run();
    else this.#waiting.push(run);
  }

  settled(withinMs: number): Promise<boolean> {
    if (this.holds()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.after(withinMs, () => resolve(false));
      this.onceSettled(() => {
        cancel();
        resolve(true);
      });
    });
  }

  /** Asterisk has given our application to another process. */
  replaced(): void {
    this.#replaced = true;
    this.#beat();
  }

  depose(why: Deposed): void {
    if (this.#over !== 'no') return;
    this.#over = 'deposed';
    this.#cancel?.();
    this.#waiting = [];
    this.#parts.deposed(why);
  }

  /** In order: whatever was to be written has been written. */
  async end(): Promise<void> {
    if (this.#over !== 'no') return;
    this.#over = 'ended';
    this.#cancel?.();
    await Promise.all(this.#proofs);
    const handedBack = this.#parts.store.vacate(this.term).then(() => true);
    if (!(await this.#within(STORE_ANSWERS_WITHIN_MS, handedBack, false))) {
      this.#parts.log.info({}, 'the lease could not be handed back and runs out by itself');
    }
  }

  #later(inMs: number): void {
    this.#cancel = this.#parts.clock.after(inMs, () => this.#beat());
  }

  #beat(): void {
    if (this.#over !== 'no') return;
    this.#cancel?.();
    this.#beganAt = this.#parts.ticks();
    const proof = this.#prove(this.#beganAt).finally(() => this.#proofs.delete(proof));
    this.#proofs.add(proof);
    this.#beats += 1;
    this.#later(this.#beats < FIRST_SIGNS.count ? FIRST_SIGNS.everyMs : RENEW_EVERY_MS);
  }

  async #prove(beganAt: number): Promise<void> {
    const { folder, log } = this.#parts;
    const replaced = this.#replaced;
    const inDoubt = replaced || beganAt - this.#provenAt >= LEASE_MS;
    // Of a store that was away a moment ago nothing is expected.
    const early = this.#storeAway ? this.#atSwitch() : null;
    const renewal = this.#renew(inDoubt ? 'tell' : 'put');
    const [lease, entry] = await Promise.all([
      this.#within<Renewal | 'away'>(STORE_ANSWERS_WITHIN_MS, renewal, 'away'),
      this.#within<'held' | 'lost'>(FOLDER_ANSWERS_WITHIN_MS, folder.beat(this.term), 'held'),
    ]);
    if (this.#over !== 'no') return;
    this.#noteStore(lease === 'away');
    if (entry === 'lost') return this.depose('folder');
    const knows = lease === 'held';
    // Only the store can say that the other one has no right to it; without its word Asterisk's counts.
    if (replaced && !knows) return this.depose('switch');
    if (replaced) {
      this.#replaced = false;
      log.error({}, 'a process without the lease took the application at the switch: do two systems use it?');
    }
    if (!knows && !(await this.#holdsAtSwitch(early ?? this.#atSwitch()))) {
      // What the store says later is true of the same moment.
      renewal.then((said) => said === 'held' && this.#proven(beganAt)).catch(() => undefined);
      return;
    }
    if (lease === 'forgotten') await this.#within(STORE_ANSWERS_WITHIN_MS, this.#renew('put'), 'away');
    if (this.#over !== 'no') return;
    if (knows) void this.#sign();
    this.#proven(beganAt);
  }

  #proven(at: number): void {
    this.#provenAt = Math.max(this.#provenAt, at);
    if (!this.holds()) return;
    for (const run of this.#waiting.splice(0)) run();
  }

  async #renew(whenUnknown: 'put' | 'tell'): Promise<Renewal> {
    const said = await this.#parts.store.renew(this.term, whenUnknown);
    // Also when it comes too late to be a proof.
    if (said === 'lost') this.depose('lease');
    return said;
  }

  async #holdsAtSwitch(asked: Promise<'alone' | 'succeeded' | 'silent'>): Promise<boolean> {
    const said = await asked;
    if (said === 'succeeded') this.depose('switch');
    return said === 'alone' && this.#over === 'no';
  }

  /** Without the store: who woke up late, or is cut off alone, finds the successor's signs at the switch. */
  async #atSwitch(): Promise<'alone' | 'succeeded' | 'silent'> {
    const asked = this.#parts.witness.look();
    const sign = await this.#within<SignAtSwitch | null | 'silent'>(
      WITNESS_ANSWERS_WITHIN_MS,
      asked,
      'silent',
    );
    if (sign === 'silent') return 'silent';
    if (sign !== null && sign.term.id !== this.term.id) {
      // Two of one generation took office without knowing of each other: the same one of them goes, whoever looks.
      const { id, generation } = sign.term;
      const { generation: own } = this.term;
      if (generation > own || (generation === own && id > this.term.id)) return 'succeeded';
    }
    return (await this.#sign()) ? 'alone' : 'silent';
  }

  /** For standbys on other machines; missed by nobody as long as the store is there. False: it may not have been taken. */
  #sign(): Promise<boolean> {
    this.#signs += 1;
    const taken = this.#parts.witness.sign(this.term, this.#signs).then(() => true);
    return this.#within(WITNESS_ANSWERS_WITHIN_MS, taken, false);
  }

  #noteStore(away: boolean): void {
    if (away === this.#storeAway) return;
    this.#storeAway = away;
    if (away) this.#parts.log.warn({}, 'the lease cannot be renewed: calls go on');
    else this.#parts.log.info({}, 'the lease is renewed again');
  }

  /** Never rejects: what fails or takes too long is `instead`. */
  #within<T>(limitMs: number, work: Promise<T>, instead: T): Promise<T> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.after(limitMs, () => resolve(instead));
      work.then(resolve, () => resolve(instead)).finally(cancel);
    });
  }
}
