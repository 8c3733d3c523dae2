import type { FolderView, LeaseView } from '../../domain/lease/contend.ts';
import type { Holder, Term } from '../../domain/lease/term.ts';

/** The lease where every machine sees it. All of these reject while the store is away or does not answer. */
export interface LeaseStore {
  /** Resolves when the store was reached, or could not be: from then on `look` tells the truth. */
  opened(): Promise<void>;
  look(): Promise<LeaseView>;
  /**
   * Takes the lease if it is free or `seized` holds it; the term's generation is above `floor` and above any that the
   * store knows. Null: somebody was quicker.
   */
  acquire(holder: Holder, floor: number, seized: string | null): Promise<Term | null>;
  /** Puts it back if it was lost; a later generation, or another holder of the same one, has it: `lost`. */
  renew(term: Term): Promise<'held' | 'lost'>;
  /** Hands it back, so that nobody need wait for its end. */
  vacate(term: Term): Promise<void>;
  close(): Promise<void>;
}

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
