import type { FolderView, LeaseView, StoredLease } from '../../domain/lease/contend.ts';
import type { Holder, Term } from '../../domain/lease/term.ts';

/** The lease where every machine sees it. All of these reject while the store is away or does not answer. */
export interface LeaseStore {
  /** Resolves when the store was reached, or could not be: from then on `look` tells the truth. */
  opened(): Promise<void>;
  look(): Promise<LeaseView>;
  /**
   * Takes the lease if nothing has happened to it since it was seen so: the same one holds it, or the gap still has its
   * name. The term's generation is above `floor` and above any that the store knows. Null: it is not as it was.
   */
  acquire(holder: Holder, floor: number, seen: StoredLease): Promise<Term | null>;
  /**
   * `lost`: a later generation, or another holder of the same one, has it. A term that the store has lost, or never knew,
   * is put there if `whenUnknown` says so; else it is `forgotten` and nothing is done: whom the store knew in between it
   * cannot say.
   */
  renew(term: Term, whenUnknown: 'put' | 'tell'): Promise<Renewal>;
  /** Hands it back, so that nobody need wait for its end. */
  vacate(term: Term): Promise<void>;
  close(): Promise<void>;
}

export type Renewal = 'held' | 'forgotten' | 'lost';

/** The folder that the processes of one machine share: who serves there, and proof of who lives. */
export interface LeaseFolder {
  readonly holder: Holder;
  view(): Promise<FolderView>;
  /** Keeps whose the lease is, for times without the store. */
  note(term: Term): Promise<void>;
  /**
   * Enters the term as ours if that of `seen` is still the latest: of two that share the folder only one succeeds.
   */
  enter(term: Term, seen: Term | null): Promise<boolean>;
  /** A sign of life for those who share the folder; `lost`: a later term was entered. */
  beat(term: Term): Promise<'held' | 'lost'>;
  /** Called when a holder who was looked at has died. */
  onDeath(run: () => void): void;
  close(): void;
}

export interface SignAtSwitch {
  readonly term: Term;
  /** Rises with each sign. */
  readonly count: number;
}

/** The switch, which sees the call controls of all machines; both reject when it does not answer at once. */
export interface LeaseWitness {
  sign(term: Term, count: number): Promise<void>;
  /** The last sign that anybody left; null: none. */
  look(): Promise<SignAtSwitch | null>;
}
