import type { CircularMove, CircularState } from '../../domain/circulars/circular-table.ts';
import type { CircularFigure, FactKind, FactRow } from '../../domain/circulars/figures.ts';
import type { CircularText } from '../../domain/circulars/wording.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

/** Local days, both included, and what is counted in them. */
export interface CircularScope {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly FactKind[];
  /** Units that are counted and to which it goes. */
  readonly units: readonly string[];
}

export interface NewCircular extends CircularScope {
  readonly id: string;
  readonly text: CircularText;
  readonly figures: readonly CircularFigure[];
  readonly countedAt: number;
  readonly author: string;
  /** Everybody whose words are in it, the author among them: none of them signs it. */
  readonly writers: readonly string[];
  /** The sent one in whose place it is to come. */
  readonly corrects: string | null;
}

export interface LockedCircular extends CircularScope {
  readonly id: string;
  readonly state: CircularState;
  /** Raised by every change; what is signed is this one. */
  readonly revision: number;
  readonly text: CircularText;
  readonly figures: readonly CircularFigure[];
  readonly author: string;
  readonly writers: readonly string[];
  readonly signatory: string | null;
  readonly corrects: string | null;
  readonly number: string | null;
  /** SHA-256 over its words, its figures and the rows behind them: whoever signs says what he saw. */
  readonly digest: string;
}

export interface CircularStepTaken {
  readonly move: CircularMove;
  readonly to: CircularState;
  readonly by: string | null;
  readonly at: number;
  readonly words: string;
}

/** Whether its unit was written to; `noContact`: it has no number for notices. */
export const TOLD_OUTCOMES = ['queued', 'noContact', 'switchedOff'] as const;
export type ToldOutcome = (typeof TOLD_OUTCOMES)[number];

export interface Recipient {
  readonly unitCode: string;
  readonly told: ToldOutcome;
  /** null: nobody reminds it any more. */
  readonly remindAt: number | null;
}

/** ISO 8601, UTC. */
export interface RecipientView {
  readonly unitCode: string;
  readonly unitName: string;
  readonly told: ToldOutcome;
  readonly readAt: string | null;
  readonly readBy: string | null;
  readonly reminders: number;
  readonly remindedAt: string | null;
}

export interface CircularSummary extends CircularScope {
  readonly id: string;
  readonly state: CircularState;
  readonly revision: number;
  /** 发文字号; null before the signature. */
  readonly number: string | null;
  readonly documentId: string | null;
  readonly title: string;
  readonly writtenAt: string;
  readonly author: string;
  readonly signatory: string | null;
  readonly sentAt: string | null;
  readonly recipients: number;
  readonly read: number;
}

export interface CircularView extends CircularSummary {
  readonly text: CircularText;
  readonly figures: readonly CircularFigure[];
  readonly countedAt: string;
  readonly digest: string;
  /** Accounts: none of them signs or withdraws it. */
  readonly writers: readonly string[];
  /** The account behind `signatory`. */
  readonly signatoryId: string | null;
  readonly receipts: readonly RecipientView[];
  readonly steps: readonly {
    readonly at: string;
    readonly by: string | null;
    readonly move: CircularMove;
    readonly revision: number;
    readonly words: string;
  }[];
  /** The sent one whose place it takes, and the one that takes its own. */
  readonly corrects: string | null;
  readonly correctedBy: string | null;
}

/** One thing behind a figure, as the reader may see it. */
export interface FigureRow {
  readonly kind: FactKind;
  readonly unitCode: string;
  readonly subjectNumber: string;
  readonly at: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly title: string;
}

export interface ReceiptKey {
  readonly circularId: string;
  readonly unitCode: string;
}

/** `all`: the hotline's own people. A unit sees what was sent to it, and the rows that are its own. */
export interface CircularReader {
  readonly unitCode: string | null;
}

export interface CircularBook {
  /** False: it is there under this id; `taken`: another that is alive corrects the same one. */
  add(circular: NewCircular, rows: readonly FactRow[], tx: Transaction): Promise<'added' | 'known' | 'taken'>;
  lock(id: string, tx: Transaction): Promise<LockedCircular | null>;
  /** Other words, or other figures with their rows; whoever did it is one of its writers. Returns the new revision. */
  rewrite(
    id: string,
    change: {
      readonly text: CircularText;
      readonly units: readonly string[];
      readonly by: string;
      readonly at: number;
      readonly words: string;
      readonly counted: {
        readonly figures: readonly CircularFigure[];
        readonly rows: readonly FactRow[];
        readonly at: number;
      } | null;
    },
    tx: Transaction,
  ): Promise<number>;
  step(
    id: string,
    step: CircularStepTaken,
    /** What the step sets; absent: stays. */
    sets: {
      readonly signatory?: string | null;
      readonly sentAt?: number;
      readonly documentId?: string;
      readonly digest?: string;
    },
    tx: Transaction,
  ): Promise<void>;
  /** What stands behind its figures, as it was counted. */
  facts(id: string, tx: Transaction): Promise<readonly FactRow[]>;
  /** Those of the tickets that may be shown. */
  seen(ticketIds: readonly string[], sight: Sight, tx: Transaction): Promise<readonly string[]>;
  send(id: string, recipients: readonly Recipient[], tx: Transaction): Promise<void>;
  /** The first of a unit's people counts. `none`: it was not sent to this unit, or holds no more. */
  read(
    id: string,
    receipt: { readonly unitCode: string; readonly by: string; readonly at: number },
  ): Promise<'read' | 'before' | 'none'>;
  /** Receipts that are to be asked for again by `until`, the soonest first. */
  receiptsDue(until: number): Promise<readonly (ReceiptKey & { readonly dueAt: number })[]>;
  /** Held for the rest of the transaction; null: read meanwhile, reminded by another worker, not due at `now`, or it holds no more. */
  lockUnread(
    receipt: ReceiptKey,
    now: number,
    tx: Transaction,
  ): Promise<{
    readonly number: string;
    readonly unitName: string;
    readonly sentAt: number;
    readonly reminders: number;
  } | null>;
  reminded(receipt: ReceiptKey, at: number, next: number | null, tx: Transaction): Promise<void>;
  list(
    filter: { readonly state?: CircularState },
    reader: CircularReader,
    page: PageAsked,
  ): Promise<Paged<CircularSummary>>;
  find(id: string, reader: CircularReader): Promise<CircularView | null>;
  /** As far as the reader may see its tickets; `withheld`: how many he may not. */
  rows(
    id: string,
    of: { readonly kind: FactKind; readonly unitCode: string | null },
    sight: Sight,
    page: PageAsked,
  ): Promise<Paged<FigureRow> & { readonly withheld: number }>;
}

/** How often a unit was pressed in a time, and by whom (I2): what the program did is no zeal of the hotline's. */
export interface UrgeCounts {
  /** null: pressed by its citizen while no unit had it. */
  readonly unit: { readonly code: string; readonly name: string } | null;
  readonly byHotline: number;
  readonly automatic: number;
  readonly byCitizen: number;
  /** Of all these, how many tickets. */
  readonly tickets: number;
  /** Orders in writing since the unit let its time run out and did nothing when it was urged; cancelled ones are none. */
  readonly supervised: number;
}

/** What there is to say of units, from the books as they are now. */
export interface SupervisionFacts {
  /** As it is at `now`. Null: more than `limit`; a shorter time or fewer units must be asked for. */
  count(
    scope: CircularScope,
    asked: { readonly now: number; readonly limit: number },
    tx: Transaction,
  ): Promise<readonly FactRow[] | null>;
  /** Local days, both included; `unitCode` null: all units. */
  urges(
    days: { readonly from: string; readonly to: string },
    unitCode: string | null,
  ): Promise<readonly UrgeCounts[]>;
}
