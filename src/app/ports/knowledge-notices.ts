import type { Transaction } from './transaction.ts';

export interface NewNotice {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly critical: boolean;
  readonly entryId: string | null;
  readonly version: number | null;
  readonly at: number;
  readonly by: string;
  /** Nobody is held back after this. */
  readonly until: number;
}

/** ISO 8601, UTC. */
export interface NoticeView extends Omit<NewNotice, 'at' | 'by' | 'until'> {
  readonly at: string;
  readonly by: { readonly id: string; readonly displayName: string };
  readonly until: string;
  readonly withdrawnAt: string | null;
  /** When whoever asks read it. */
  readonly readAt: string | null;
  /** Of all agents. */
  readonly readBy: number;
  readonly agents: number;
}

export interface Receipt {
  readonly agentId: string;
  readonly number: string;
  readonly displayName: string;
  /** Null: not yet. */
  readonly readAt: string | null;
}

export interface NoticeBook {
  /** `known`: it is there under this id. */
  add(notice: NewNotice, tx: Transaction): Promise<'added' | 'known'>;
  /** The newest first, as this account sees them. */
  list(
    accountId: string,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly notices: readonly NoticeView[]; readonly next: string | null }>;
  find(id: string, accountId: string): Promise<NoticeView | null>;
  /** Read once; the first time counts. */
  read(receipt: {
    readonly noticeId: string;
    readonly accountId: string;
    readonly at: number;
  }): Promise<void>;
  /** Agents, who has not read it first. */
  receipts(id: string): Promise<readonly Receipt[]>;
  /** False: it was before, or is none. */
  withdraw(id: string, at: number, tx: Transaction): Promise<boolean>;
  /** Those about these versions of an entry, which nobody is told any more; how many of them were critical. */
  withdrawAbout(
    entryId: string,
    versions: readonly number[],
    at: number,
    tx: Transaction,
  ): Promise<{ readonly critical: number }>;
  /** Critical ones in force, as one agent has read them. */
  holding(
    accountId: string,
    at: number,
  ): Promise<readonly { readonly id: string; readonly title: string; readonly read: boolean }[]>;
}
