import type { Transaction } from './transaction.ts';

/** What agents noted of a caller, by number. */
export interface CallerNote {
  readonly id: string;
  /** As domain/hotlines spells it. */
  readonly number: string;
  /** Old, disabled or otherwise in need: no menu stands before a person. */
  readonly vulnerable: boolean;
  /** e.g. `en`; null: none preferred. */
  readonly language: string | null;
  readonly note: string;
  /** ISO 8601 in UTC: since when there is a note, and when it was last written. */
  readonly since: string;
  readonly changedAt: string;
  readonly notedBy: { readonly id: string; readonly displayName: string };
}

export interface CallerNotes {
  areaCode(): Promise<string>;
  /** Who this is on record: the same for the same number, as domain/hotlines spells it, and no way back to it. */
  subjectOf(number: string): Promise<string>;
  /** null: no such call. '' when the caller withheld the number. */
  callerOf(callId: string): Promise<string | null>;
  /** One note a number: a second one takes the place of the first, whose id and beginning it keeps. */
  write(
    note: Omit<CallerNote, 'since' | 'changedAt' | 'notedBy'> & {
      readonly notedBy: string;
      readonly atMs: number;
    },
    tx: Transaction,
  ): Promise<CallerNote>;
  /** Last changed first; `number`, as domain/hotlines spells it: of this caller alone. */
  list(page: {
    readonly limit: number;
    readonly after?: string;
    readonly number?: string;
  }): Promise<{ readonly notes: readonly CallerNote[]; readonly next: string | null }>;
  /** False when there was none. */
  remove(id: string, tx: Transaction): Promise<boolean>;
}
