import type { SampledVisit } from '../../domain/callbacks/sample.ts';
import type { VisitAnswers } from '../../domain/callbacks/visit-answers.ts';
import type { EvidenceRef } from '../../domain/tickets/evidence.ts';
import type {
  ExclusionGround,
  ExclusionMove,
  ExclusionState,
  Truth,
} from '../../domain/tickets/exclusion.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export interface Drawn extends SampledVisit {
  readonly ticketId: string;
}

export interface LockedSample {
  readonly id: string;
  readonly ticketId: string;
  readonly state: 'open' | 'answered' | 'unreached';
  readonly tries: number;
  /** Who asked first; null: the machine. */
  readonly firstBy: string | null;
  readonly first: Pick<VisitAnswers, 'resolved' | 'result'>;
  readonly unitCode: string | null;
}

/** Times are ISO 8601 in UTC. */
export interface SampleView {
  readonly id: string;
  readonly day: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly title: string;
  readonly unitCode: string | null;
  readonly state: LockedSample['state'];
  readonly tries: number;
  readonly visitedAt: string | null;
  readonly falseContent: boolean | null;
}

/** Of a unit, or of who visited first. */
export interface Discrepancy {
  readonly key: string | null;
  readonly name: string | null;
  readonly drawn: number;
  readonly compared: number;
  readonly falseContent: number;
}

export interface SampleBook {
  /** Days before `today` that nobody has drawn yet, oldest first, at most so many back. */
  undrawnDays(today: string, zone: string, back: number): Promise<readonly string[]>;
  closedVisits(day: string, zone: string, tx: Transaction): Promise<readonly Drawn[]>;
  /** False: another worker has drawn this day. */
  keep(
    drawing: {
      readonly day: string;
      readonly percent: number;
      readonly visits: number;
      readonly at: number;
      readonly drawn: readonly (Drawn & { readonly sampleId: string })[];
    },
    tx: Transaction,
  ): Promise<boolean>;
  lock(id: string, tx: Transaction): Promise<LockedSample | null>;
  write(
    id: string,
    visit: {
      readonly state: LockedSample['state'];
      readonly tries: number;
      readonly by: string;
      readonly at: number;
      readonly answers: VisitAnswers | null;
      readonly falseContent: boolean | null;
    },
    tx: Transaction,
  ): Promise<void>;
  /** What is open and was not asked first by this account. */
  open(accountId: string, page: PageAsked): Promise<Paged<SampleView>>;
  discrepancies(from: number, to: number, by: 'unit' | 'visitor'): Promise<readonly Discrepancy[]>;
}

/** What was said of an appeal's truth, and on what it rests. Time in ISO 8601, UTC. */
export interface TruthView {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly side: 'unit' | 'hotline';
  readonly truth: Truth;
  readonly evidence: string;
  readonly refs: readonly EvidenceRef[];
}

export interface TruthBook {
  add(
    truth: {
      readonly id: string;
      readonly ticketId: string;
      readonly at: number;
      readonly by: string;
      readonly side: 'unit' | 'hotline';
      readonly truth: Truth;
      readonly evidence: string;
      readonly refs: readonly EvidenceRef[];
    },
    tx: Transaction,
  ): Promise<void>;
  /** Those of `refs` that are of this ticket, can be looked at, and are not the finder's own word or his unit's. */
  evidenceOf(
    ticketId: string,
    refs: readonly EvidenceRef[],
    finder: Pick<Actor, 'accountId' | 'unitCode'>,
    tx: Transaction,
  ): Promise<readonly EvidenceRef[]>;
  /** All that was found, the newest first; null: no such ticket for him. */
  list(ticketId: string, sight: Sight): Promise<readonly TruthView[] | null>;
  /** What the hotline found last; null: nothing. */
  found(ticketId: string, tx: Transaction): Promise<Truth | null>;
}

export interface LockedExclusion {
  readonly id: string;
  readonly ticketId: string;
  readonly unitCode: string;
  readonly state: ExclusionState;
  readonly askedBy: string;
  readonly secondedBy: string | null;
}

export interface ExclusionView extends LockedExclusion {
  readonly ticketNumber: string;
  readonly askedByName: string;
  readonly secondedByName: string | null;
  readonly ground: ExclusionGround;
  readonly evidence: string;
  readonly askedAt: string;
  readonly decidedAt: string | null;
  readonly opinion: string;
  /** What the hotline found of the appeal's truth last, with its evidence; null: nothing. */
  readonly found: Pick<TruthView, 'truth' | 'evidence' | 'refs'> | null;
}

export interface ExclusionCount {
  readonly unitCode: string;
  readonly unitName: string;
  readonly ground: ExclusionGround;
  readonly excluded: number;
  readonly refused: number;
}

export interface ExclusionBook {
  /** False: one stands for this ticket and unit. */
  request(
    exclusion: {
      readonly id: string;
      readonly ticketId: string;
      readonly unitCode: string;
      readonly ground: ExclusionGround;
      readonly evidence: string;
      readonly by: string;
      readonly at: number;
    },
    tx: Transaction,
  ): Promise<boolean>;
  lock(id: string, sight: Sight, tx: Transaction): Promise<LockedExclusion | null>;
  move(
    id: string,
    change: {
      readonly move: ExclusionMove;
      readonly to: ExclusionState;
      readonly by: string;
      readonly at: number;
      readonly opinion: string;
    },
    tx: Transaction,
  ): Promise<void>;
  list(
    filter: { readonly state?: ExclusionState; readonly ticketId?: string },
    sight: Sight,
    page: PageAsked,
  ): Promise<Paged<ExclusionView>>;
  counts(from: number, to: number): Promise<readonly ExclusionCount[]>;
}
