import { type Deposed, LeaseTenure } from '../../../src/app/lease/lease-tenure.ts';
import { StandBy } from '../../../src/app/lease/stand-by.ts';
import type { Clock } from '../../../src/app/ports/clock.ts';
import type { LeaseFolder, LeaseStore, LeaseWitness, SignAtSwitch } from '../../../src/app/ports/lease.ts';
import { type FolderView, STILL_AFTER_MS, type StoredLease } from '../../../src/domain/lease/contend.ts';
import { LEASE_MS, type Term } from '../../../src/domain/lease/term.ts';
import { ManualClock } from '../calls/manual-clock.ts';

export const quiet = (): void => undefined;
export const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
};

export async function pass(world: LeaseWorld, ms: number): Promise<void> {
  await settled();
  await world.clock.advance(ms, settled);
}

/** The store and the folders, in memory, for any number of processes that a test freezes and kills. */
export class LeaseWorld {
  readonly clock = new ManualClock();
  /** `slow`: it does what it is asked at once, and says so after `lateMs`. */
  store: 'there' | 'away' | 'silent' | 'slow' = 'there';
  /** As late as the switch answers as well. */
  lateMs = 0;
  lease: (Term & { readonly untilMs: number }) | null = null;
  last: Term | null = null;
  vacant = false;
  /** The name of the time in which nobody holds the lease. */
  gap: string | null = null;
  #gaps = 0;
  /** By folder. */
  readonly entered = new Map<string, Term>();
  readonly dead = new Set<string>();
  readonly signs = new Map<string, number>();
  /** What was left at the switch. */
  switch: 'there' | 'away' = 'there';
  signed: SignAtSwitch | null = null;
  /** Processes that do not reach the store, or the switch, while all others do. */
  readonly cutFromStore = new Set<string>();
  readonly cutFromSwitch = new Set<string>();
  readonly #deaths: (() => void)[] = [];

  kill(id: string): void {
    this.dead.add(id);
    for (const told of this.#deaths) told();
  }

  flush(): void {
    this.lease = null;
    this.last = null;
    this.vacant = false;
    this.gap = null;
  }

  #late(): Promise<void> {
    if (this.lateMs === 0) return Promise.resolve();
    return new Promise((resolve) => this.clock.after(this.lateMs, resolve));
  }

  parts(id: string, folder = 'here') {
    const holder = { id, folder, name: `vm:${id}` };
    const now = (): number => this.clock.now();
    let since = { gap: '', at: 0 };
    let sight: 'none' | 'held' | 'lost' = 'none';
    let heldSince: number | null = null;
    let watched = { id: '', sign: -1, since: 0 };
    const answer = async <T>(work: () => T): Promise<T> => {
      if (this.store === 'silent') return new Promise<T>(() => undefined);
      if (this.store === 'away' || this.cutFromStore.has(id)) {
        since = { gap: '', at: 0 };
        sight = 'lost';
        heldSince = null;
        throw new Error('away');
      }
      if (this.lease !== null && this.lease.untilMs <= now()) this.lease = null;
      const done = work();
      if (this.store === 'slow') await this.#late();
      return done;
    };
    const grant = (term: Term): void => {
      this.lease = { ...term, untilMs: now() + LEASE_MS };
      this.last = term;
      this.vacant = false;
      this.gap = null;
    };
    const store: LeaseStore = {
      opened: () => Promise.resolve(),
      look: () =>
        answer((): StoredLease => {
          if (this.lease !== null) {
            heldSince ??= now();
            if (now() - heldSince >= LEASE_MS) sight = 'held';
            return { kind: 'held', term: this.lease };
          }
          heldSince = null;
          if (this.gap === null) {
            this.#gaps += 1;
            this.gap = `gap ${this.#gaps}`;
          }
          const { gap, last } = this;
          if (this.vacant && last !== null) return { kind: 'vacant', gap, last };
          if (since.gap !== gap) since = { gap, at: now() };
          const beheld = last === null ? 'unseen' : 'ranOut';
          const how = ({ none: 'unseen', held: beheld, lost: 'storeReturned' } as const)[sight];
          return { kind: 'absent', gap, forMs: now() - since.at, how, last };
        }),
      acquire: (asking, floor, seen) =>
        answer(() => {
          const asSeen =
            seen.kind === 'held'
              ? this.lease?.id === seen.term.id
              : this.lease === null && this.gap === seen.gap;
          if (!asSeen) return null;
          const term = { ...asking, generation: Math.max(floor, this.last?.generation ?? 0) + 1 };
          grant(term);
          return term;
        }),
      renew: (term, whenUnknown) =>
        answer(() => {
          const rival = this.lease ?? this.last;
          if (rival !== null && rival.id !== term.id && rival.generation >= term.generation) return 'lost';
          if (rival?.id !== term.id && whenUnknown === 'tell') return 'forgotten';
          grant(term);
          return 'held';
        }),
      vacate: (term) =>
        answer(() => {
          if (this.lease?.id !== term.id) return;
          this.lease = null;
          this.vacant = true;
        }),
      close: () => Promise.resolve(),
    };
    const meeting: LeaseFolder = {
      holder,
      view: async (): Promise<FolderView> => {
        const term = this.entered.get(folder) ?? null;
        const ours = term?.folder === folder;
        if (term === null || !ours) return { term, ours, holder: 'unknown' };
        if (this.dead.has(term.id)) return { term, ours, holder: 'dead' };
        const sign = this.signs.get(term.id) ?? 0;
        if (watched.id !== term.id || watched.sign !== sign) watched = { id: term.id, sign, since: now() };
        const still = now() - watched.since > STILL_AFTER_MS;
        return { term, ours, holder: still ? 'still' : 'alive' };
      },
      note: async (term) => {
        if ((this.entered.get(folder)?.generation ?? 0) < term.generation) this.entered.set(folder, term);
      },
      enter: async (term, seen) => {
        const latest = this.entered.get(folder);
        if ((latest?.generation ?? 0) > (seen?.generation ?? 0) && latest?.id !== id) return false;
        this.entered.set(folder, term);
        return true;
      },
      beat: async (term) => {
        this.signs.set(id, now());
        return (this.entered.get(folder)?.generation ?? 0) > term.generation ? 'lost' : 'held';
      },
      onDeath: (run) => this.#deaths.push(run),
      close: quiet,
    };
    const witness: LeaseWitness = {
      sign: async (term, count) => {
        if (this.switch === 'away' || this.cutFromSwitch.has(id)) throw new Error('away');
        this.signed = { term, count };
      },
      look: async () => {
        if (this.switch === 'away' || this.cutFromSwitch.has(id)) throw new Error('away');
        await this.#late();
        return this.signed;
      },
    };
    return { store, folder: meeting, witness, clock: this.clock, ticks: now, log };
  }
}

/** One process of call control: stands by, serves, may be frozen and killed. */
export class Contender {
  readonly id: string;
  tenure: LeaseTenure | null = null;
  deposed: Deposed | null = null;
  state: 'runs' | 'frozen' | 'dead' = 'runs';
  readonly #world: LeaseWorld;
  readonly #standBy: StandBy;
  /** What fell due while it was frozen. */
  #overdue: (() => void)[] = [];

  constructor(world: LeaseWorld, id: string, folder = 'here') {
    this.id = id;
    this.#world = world;
    const { clock } = world;
    const own: Clock = {
      now: () => clock.now(),
      rulesNow: () => clock.now(),
      after: (ms, run) => clock.after(ms, () => this.#when(run)),
    };
    const given = world.parts(id, folder);
    const meeting = {
      ...given.folder,
      onDeath: (run: () => void) => given.folder.onDeath(() => this.#when(run)),
    };
    const parts = { ...given, folder: meeting, clock: own };
    this.#standBy = new StandBy(parts);
    void this.#standBy.taken().then(({ term, askedAt }) => {
      const deposed = (why: Deposed): void => {
        this.deposed = why;
        this.state = 'dead';
        world.kill(id);
      };
      this.tenure = new LeaseTenure({ ...parts, deposed }, term, askedAt);
    });
    void this.#standBy.start();
  }

  /** Now, or when it wakes. */
  #when(run: () => void): void {
    if (this.state === 'runs') run();
    if (this.state === 'frozen') this.#overdue.push(run);
  }

  freeze(): void {
    if (this.state === 'runs') this.state = 'frozen';
  }

  thaw(): void {
    if (this.state !== 'frozen') return;
    this.state = 'runs';
    for (const run of this.#overdue.splice(0)) run();
  }

  kill(): void {
    if (this.state === 'dead') return;
    this.state = 'dead';
    this.#standBy.stop();
    this.#world.kill(this.id);
  }

  /** In order: it hands back what it holds. */
  async leave(): Promise<void> {
    if (this.state !== 'runs') return;
    this.#standBy.stop();
    await this.tenure?.end();
    this.kill();
  }

  /** Whether it would act now. */
  acts(): boolean {
    return this.state === 'runs' && this.tenure?.holds() === true;
  }
}
