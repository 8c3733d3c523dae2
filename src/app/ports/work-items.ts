import type { KnownTask, WorkState } from '../../domain/hotlines/register/work-items.ts';
import type { Transaction } from './transaction.ts';

export const WORK_KINDS = ['transitionWarning', 'transitionEnd'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

export interface NewWorkItem {
  readonly id: string;
  readonly key: string;
  readonly kind: WorkKind;
  readonly number: string;
  readonly unitCode: string;
  readonly dueDay: string;
  readonly lastDay: string;
  readonly daysBefore: number;
}

export interface WorkItem extends NewWorkItem {
  readonly unitName: string;
  readonly state: WorkState;
  /** ISO 8601 in UTC. */
  readonly openedAt: string;
  /** Who closed it, when and why; null while it is open. The program itself has no name. */
  readonly closed: { readonly by: string | null; readonly at: string; readonly reason: string } | null;
}

export interface WorkFilter {
  readonly state?: WorkState;
  readonly kind?: WorkKind;
  readonly number?: string;
  readonly unitCode?: string;
}

export interface WorkMove {
  readonly to: WorkState;
  /** null: the program itself. */
  readonly by: string | null;
  readonly at: number;
  readonly reason: string;
}

export interface WorkItemBook {
  /** One at a time brings the tasks up to date, until the transaction ends; false: somebody else does. */
  lock(tx: Transaction): Promise<boolean>;
  known(tx: Transaction): Promise<readonly KnownTask[]>;
  /** Writes those whose key is new. */
  add(items: readonly NewWorkItem[], at: number, tx: Transaction): Promise<void>;
  /** Moves it when it is in `from`, with an event; else says what it is in. null: there is none. */
  move(
    which: { readonly id: string } | { readonly key: string },
    from: WorkState,
    move: WorkMove,
    tx: Transaction,
  ): Promise<WorkItem | WorkState | null>;
  /** What subscribers are told, with the transaction. */
  tell(topic: string, key: string, body: object, tx: Transaction): Promise<void>;
  /** The one due first first. */
  list(
    filter: WorkFilter,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly items: readonly WorkItem[]; readonly next: string | null }>;
}
