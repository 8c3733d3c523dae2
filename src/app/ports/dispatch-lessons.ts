import type { EntryKey } from '../../domain/dispatch/entry.ts';
import type { Experience } from '../../domain/dispatch/experience.ts';
import type { ReturnCounts } from '../../domain/dispatch/returns.ts';
import type { SuggestionFacts } from '../../domain/dispatch/suggest.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { Transaction } from './transaction.ts';

/** What is known of a matter that wants a unit. */
export interface MatterText {
  readonly categoryCode: string;
  /** Title, content and place: what the names of areas and things are looked for in. */
  readonly text: string;
  readonly citizenNumber: string;
}

/** A line of a ticket's time line from which something can be learned. */
export interface TeachingLine extends MatterText {
  readonly ticketId: string;
  readonly seq: number;
  readonly at: number;
  readonly move: 'dispatch' | 'coordinateAnyway' | 'acceptReturn' | 'refuseReturn' | 'reportDone';
  readonly unitCode: string;
  /** A return that was granted: who had it before. */
  readonly returnedBy: string | null;
  /** Who had returned the ticket before this line. */
  readonly returners: readonly string[];
}

export interface Lesson extends EntryKey {
  readonly line: TeachingLine;
  readonly suggested: readonly string[] | null;
}

export interface SuggestionFigures {
  /** Dispatches to a unit that somebody chose. */
  readonly choices: number;
  readonly firstTaken: number;
  readonly amongThree: number;
  /** Nothing could be suggested. */
  readonly unsuggested: number;
}

export interface DispatchLessons {
  /** Of one ticket; null when there is none that the actor may see. */
  ofTicket(
    id: string,
    sight: Sight,
    tx?: Transaction,
  ): Promise<
    | (MatterText & {
        readonly returners: readonly string[];
        /** Of whose conduct it is, with all within that unit: not asked either. */
        readonly accused: readonly string[];
      })
    | null
  >;
  /** What a suggestion rests on beside the catalogue, as it was before an instant. */
  facts(
    matter: {
      readonly categoryCode: string;
      readonly areas: readonly string[];
      readonly assets: readonly string[];
      readonly citizenNumber: string;
      /** Not a reason for itself. */
      readonly exceptTicket: string | null;
    },
    before: number,
  ): Promise<
    Pick<SuggestionFacts, 'thread' | 'earlier' | 'precedents'> & {
      readonly experience: readonly Experience[];
    }
  >;
  /** Lines since `from` that nobody has learned from, the oldest first. */
  unread(from: number, limit: number): Promise<readonly TeachingLine[]>;
  /** Each line once, however many read it. */
  add(lessons: readonly Lesson[]): Promise<void>;
  /** Returns that were judged in a period, by unit; of one unit where one is named. */
  returns(
    from: number,
    to: number,
    unitCode: string | null,
  ): Promise<readonly (ReturnCounts & { readonly unitCode: string; readonly unitName: string })[]>;
  /** Tickets first dispatched in a period, each with what it was about and who did it in the end; the newest, so many. */
  settled(
    from: number,
    to: number,
    limit: number,
  ): Promise<
    readonly {
      readonly ticketNumber: string;
      /** By what it is today. */
      readonly category: string;
      readonly area: string;
      readonly asset: string;
      readonly unitCode: string;
    }[]
  >;
  /** The newest version of the catalogue at an instant. */
  catalogueVersionAt(at: number): Promise<number>;
  figures(
    from: number,
    to: number,
  ): Promise<
    SuggestionFigures & {
      readonly byCategory: readonly (SuggestionFigures & { readonly category: string })[];
    }
  >;
}
