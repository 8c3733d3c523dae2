import type { Transaction } from './transaction.ts';

export const TASK_KINDS = ['doubt', 'review', 'remind', 'expired', 'weekly', 'places'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** What somebody saw in a version: it is wrong, it was right once, nobody understands it. */
export const DOUBT_KINDS = ['wrong', 'outOfDate', 'unclear'] as const;
export type DoubtKind = (typeof DOUBT_KINDS)[number];

export interface KnowledgeTask {
  readonly ticketId: string;
  readonly kind: TaskKind;
  readonly unitCode: string;
  /** The same for the same matter, however often it is found. */
  readonly key: string;
  readonly entryId: string | null;
  readonly version: number | null;
  readonly at: number;
}

export interface NewDoubt {
  readonly id: string;
  readonly entryId: string;
  readonly version: number;
  readonly kind: DoubtKind;
  readonly note: string;
  readonly callId: string | null;
  readonly by: string;
  readonly at: number;
  readonly ticketId: string;
}

/** ISO 8601, UTC. */
export interface DoubtView extends Omit<NewDoubt, 'at' | 'by'> {
  readonly at: string;
  readonly by: { readonly id: string; readonly displayName: string };
  readonly ticketNumber: string;
  readonly ticketState: string;
}

export interface NamedEntry {
  readonly id: string;
  readonly number: string;
  readonly question: string;
  readonly version: number;
  readonly validTo: string | null;
  readonly ownerUnit: string;
}

/** What a unit is asked once a week to look at; each list has its most pressing first, and at most so many. */
export interface UnitWeek {
  /** Null: of all units. */
  readonly unitCode: string | null;
  readonly endingSoon: readonly NamedEntry[];
  /** Told for long without anybody having looked at it. */
  readonly stale: readonly NamedEntry[];
  /** Told, and in this time never quoted. */
  readonly neverUsed: readonly NamedEntry[];
  readonly mostAsked: readonly (NamedEntry & { readonly times: number })[];
  readonly drafts: readonly NamedEntry[];
  /** Closed enquiries of which no draft could be made by itself, this week. */
  readonly undrafted: readonly { readonly ticketNumber: string; readonly why: string }[];
}

/** A ticket by which a unit is asked to do something about what it tells citizens, not done yet. */
export interface OpenTask {
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly ticketState: string;
  readonly kind: TaskKind;
  readonly unitCode: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly dueAt: string | null;
  readonly entry: { readonly id: string; readonly number: string; readonly version: number | null } | null;
  /** How many said so in it. */
  readonly doubts: number;
}

export interface AnsweredEnquiry {
  readonly ticketNumber: string;
  readonly unitCode: string;
  readonly categoryCode: string;
  readonly title: string;
  readonly content: string;
  readonly reply: string;
}

/** What was looked for and not found, the most often first; words alike are one. */
export interface VainSearch {
  readonly words: string;
  readonly times: number;
  readonly lastAt: string;
}

export interface KnowledgeCare {
  /** `known`: a task of this key is there. Asked first, in the transaction that opens the ticket. */
  taskKnown(key: string, tx: Transaction): Promise<boolean>;
  addTask(task: KnowledgeTask, tx: Transaction): Promise<void>;
  /**
   * Of what may be asked more than once about a version, under this key and then under it with `:2`, `:3`…: how often it was
   * asked, and whether the unit still has it before it; what it has reported done was done before whatever happened since.
   */
  asked(
    about: { readonly entryId: string; readonly version: number; readonly key: string },
    tx: Transaction,
  ): Promise<{ readonly times: number; readonly waits: boolean }>;
  /**
   * The ticket about doubts of this version that its unit has before it or will get; what it has reported done was answered before
   * this was said. Locked, so that of two who say so at once one opens it.
   */
  openDoubt(
    about: { readonly entryId: string; readonly version: number },
    tx: Transaction,
  ): Promise<{ readonly ticketId: string; readonly ticketNumber: string } | null>;
  /** `again`: the same person has said so in this ticket; what he says beyond that is kept all the same. */
  addDoubt(doubt: NewDoubt, tx: Transaction): Promise<'added' | 'again'>;
  doubts(entryId: string): Promise<readonly DoubtView[]>;
  /** Who answers today for what a unit owns: itself, what it became, or the centre where it became nothing. */
  successor(unitCode: string, tx: Transaction): Promise<string>;
  /** The unit of the main line: what is nobody's is its own. Null: there is none yet. */
  centreUnit(): Promise<string | null>;
  /** Units that own entries, or had an enquiry of which none could be drafted. */
  owners(): Promise<readonly string[]>;
  week(
    unitCode: string | null,
    asked: {
      readonly day: string;
      readonly endsBy: string;
      readonly since: number;
      readonly staleBefore: number;
      readonly weekSince: number;
      readonly limit: number;
    },
  ): Promise<UnitWeek>;
  /** Over, and nothing stands in their place; null: of all units. The longest over first. */
  over(unitCode: string | null, day: string, limit: number): Promise<readonly NamedEntry[]>;
  /** The soonest due first; null: of all units. */
  openTasks(unitCode: string | null, limit: number): Promise<readonly OpenTask[]>;
  vainSearches(since: number, until: number, limit: number): Promise<readonly VainSearch[]>;
  /**
   * Closed enquiries with a reply that may be read by everybody, of which no entry was made and was not tried in vain; the
   * oldest first.
   */
  answeredEnquiries(since: number, limit: number): Promise<readonly AnsweredEnquiry[]>;
  /** No draft could be made of it: it is not tried again, and its unit hears of it in the week's list. */
  noteUndrafted(undrafted: {
    readonly ticketNumber: string;
    readonly unitCode: string;
    readonly why: string;
    readonly at: number;
  }): Promise<void>;
}
