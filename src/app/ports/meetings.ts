import type { MeetingState } from '../../domain/meetings/meeting-table.ts';
import type { Decision, Minutes } from '../../domain/meetings/minutes.ts';
import type { TaskMove, TaskState } from '../../domain/meetings/task-table.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export interface NewMeeting {
  readonly id: string;
  readonly heldAt: number;
  readonly minutes: Minutes;
  readonly author: string;
  readonly at: number;
}

export interface LockedMeeting {
  readonly id: string;
  readonly number: string;
  readonly state: MeetingState;
  /** Raised by every change; what is confirmed is this one. */
  readonly revision: number;
  readonly heldAt: number;
  readonly minutes: Minutes;
  readonly writers: readonly string[];
}

/** What a decision came to when it was confirmed. */
export interface DecidedOutcome {
  /** Of the adjudication; null: nobody's responsibility was decided. */
  readonly adjudication: string | null;
  /** Of the catalogue with which it became a rule. */
  readonly ruleVersion: number | null;
}

export interface NewTask {
  readonly id: string;
  readonly unitCode: string;
  readonly task: string;
  readonly ticketIds: readonly string[];
  readonly dueAt: number;
  readonly explanation: object;
}

export interface LockedTask {
  readonly id: string;
  readonly number: string;
  readonly meetingNumber: string;
  readonly unitCode: string;
  readonly task: string;
  readonly state: TaskState;
  readonly ticketIds: readonly string[];
  readonly dueAt: number;
}

/** Times are ISO 8601 in UTC. */
export interface TaskView {
  readonly id: string;
  readonly number: string;
  readonly meetingId: string;
  readonly meetingNumber: string;
  readonly topic: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly task: string;
  readonly state: TaskState;
  readonly dueAt: string;
  readonly explanation: object;
  readonly tickets: readonly { readonly id: string; readonly number: string }[];
  readonly report: string | null;
  readonly reportedAt: string | null;
  readonly finding: string | null;
  readonly finishedAt: string | null;
  /** The supervision order that its lateness led to. */
  readonly order: string | null;
}

export interface MeetingSummary {
  readonly id: string;
  readonly number: string;
  readonly state: MeetingState;
  readonly revision: number;
  readonly topic: string;
  readonly heldAt: string;
  readonly writtenAt: string;
  readonly author: string;
  readonly confirmedAt: string | null;
  readonly confirmedBy: string | null;
  readonly tickets: readonly { readonly id: string; readonly number: string }[];
  readonly openTasks: number;
}

export interface MeetingView extends MeetingSummary {
  readonly place: string;
  readonly chair: string;
  readonly participants: Minutes['participants'];
  readonly text: string;
  /** A ticket that it was about is: what binds that one binds its minutes. */
  readonly confidential: boolean;
  readonly listedOnly: boolean;
  readonly decisions: readonly (Decision & Partial<DecidedOutcome>)[];
  /** As drafted; from the confirmation on see `taskList`. */
  readonly tasks: Minutes['tasks'];
  /** Accounts: none of them confirms it. */
  readonly writers: readonly string[];
  readonly taskList: readonly TaskView[];
}

export interface MeetingBook {
  /** Numbered; of two with one id the first stands. */
  add(
    meeting: NewMeeting,
    numbering: { readonly prefix: string; readonly day: string },
    tx: Transaction,
  ): Promise<void>;
  lock(id: string, tx: Transaction): Promise<LockedMeeting | null>;
  rewrite(
    id: string,
    change: { readonly heldAt: number; readonly minutes: Minutes; readonly by: string },
    tx: Transaction,
  ): Promise<void>;
  cancel(id: string, tx: Transaction): Promise<void>;
  confirm(
    id: string,
    confirmed: {
      readonly by: string;
      readonly at: number;
      readonly outcomes: readonly DecidedOutcome[];
      readonly tasks: readonly NewTask[];
    },
    tx: Transaction,
  ): Promise<void>;
  /** The hotline's people those of which they may see every ticket; a unit those where it sat or took a task. */
  list(
    filter: { readonly state?: MeetingState; readonly ticketId?: string },
    sight: Sight,
    page: PageAsked,
  ): Promise<Paged<MeetingSummary>>;
  find(id: string, sight: Sight): Promise<MeetingView | null>;
}

export interface MeetingTaskBook {
  lock(id: string, tx: Transaction): Promise<LockedTask | null>;
  move(
    id: string,
    step: {
      readonly move: TaskMove;
      readonly to: TaskState;
      readonly words: string;
      readonly at: number;
    },
    tx: Transaction,
  ): Promise<void>;
  /** A unit's people see its own. */
  list(
    filter: {
      readonly state?: TaskState;
      readonly unit?: string;
      readonly overdue?: boolean;
      readonly ticketId?: string;
    },
    sight: Sight,
    now: number,
    page: PageAsked,
  ): Promise<Paged<TaskView>>;
  /** Open, past their time, and not supervised yet. */
  overdue(now: number, limit: number): Promise<readonly string[]>;
  /** False: another worker has it, it was reported meanwhile, or it is supervised. Held for the rest of the transaction. */
  lockOverdue(id: string, now: number, tx: Transaction): Promise<LockedTask | null>;
  supervised(id: string, orderId: string, tx: Transaction): Promise<void>;
}
