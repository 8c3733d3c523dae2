import type { SurgeMode } from '../../domain/hotlines/surge-mode.ts';
import type { Transaction } from './transaction.ts';

/** One use of the switch, as it is kept. */
export interface SurgeModeRecord extends SurgeMode {
  readonly fromMs: number;
  /** Whoever is on a break is asked to come back. */
  readonly recalls: boolean;
  /** Of the incident that callers are told of; null: none. */
  readonly announcementId: string | null;
  readonly reason: string;
  readonly openedBy: string;
}

export interface SurgeModeSeen extends SurgeModeRecord {
  readonly openedByName: string;
  /** What callers hear. */
  readonly text: string | null;
  readonly endedMs: number | null;
}

export interface SurgeModeBook {
  /** Whoever turns the switch meets the others here. */
  lock(tx: Transaction): Promise<void>;
  /** The last that was opened; null: none ever was. */
  latest(tx?: Transaction): Promise<SurgeModeSeen | null>;
  find(id: string, tx?: Transaction): Promise<SurgeModeSeen | null>;
  /** With the word to every desk that something has changed. */
  open(mode: SurgeModeRecord, tx: Transaction): Promise<void>;
  end(
    id: string,
    end: { readonly atMs: number; readonly by: string; readonly reason: string },
    tx: Transaction,
  ): Promise<void>;
  /** Accounts of the hotline with a seat whose work is another than answering. */
  backOffice(tx: Transaction): Promise<readonly string[]>;
}
