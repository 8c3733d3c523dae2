import type { AppealWords } from '../../domain/tickets/appeal-words.ts';
import type { Transaction } from './transaction.ts';

/** What was written of a call, by whom so ever. Times are ISO 8601 in UTC. */
export interface CallDraft {
  readonly callId: string;
  /** Counts what was changed; 1: it was begun. */
  readonly version: number;
  readonly words: AppealWords;
  readonly savedAt: string;
  /** Name of who changed it last. */
  readonly savedBy: string;
}

/** A call that was talked and is over, and of which nobody has said what came of it. */
export interface OpenCall {
  readonly id: string;
  readonly arrivedAt: string;
  readonly endedAt: string;
  readonly callerNumber: string;
  readonly dialled: string;
  readonly lineName: string | null;
  readonly agentId: string | null;
  readonly agentNumber: string | null;
  readonly agentName: string | null;
  readonly hasWords: boolean;
  /** The beginning of what was written, more than is shown; null: nothing was, or by others of a call that was not the asker's. */
  readonly written: string | null;
  readonly savedAt: string | null;
}

export interface CallDraftBook {
  find(callId: string): Promise<CallDraft | null>;
  /**
   * The draft, begun now where there is none, in the hands of this transaction until its end. Null: the call has its outcome,
   * and nothing is written of it any more.
   */
  hold(callId: string, by: string, at: number, tx: Transaction): Promise<CallDraft | null>;
  change(
    draft: Pick<CallDraft, 'callId' | 'version' | 'words'> & { readonly by: string; readonly at: number },
    tx: Transaction,
  ): Promise<void>;
  /** Whether there is such a call: in the books, or with a draft before they have it. */
  isAbout(callId: string): Promise<boolean>;
  /** Whether this account has written in it. */
  wrote(callId: string, accountId: string): Promise<boolean>;
  /**
   * Newest first: those that came since, and all of which something was written. `mine`: whose talk it was, or who wrote of it, is
   * the asker. `page.invalid` for a foreign cursor.
   */
  openCalls(
    filter: { readonly asker: string; readonly mine: boolean; readonly since: number },
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly calls: readonly OpenCall[]; readonly next: string | null }>;
  /** What came of the call is said, the words stand in the ticket or nowhere. False: nothing is said yet, and they stay. */
  drop(callId: string): Promise<boolean>;
  /** Of calls whose outcome was given before; returns how many. */
  forget(closedBefore: number, limit: number): Promise<number>;
  /** Begun before, with words, of calls without an outcome. */
  openSince(begunBefore: number): Promise<{ readonly calls: number; readonly oldest: string | null }>;
  /** Of calls without an outcome, whether the books know them or not, touched by nobody since; returns how many. */
  forgetOpen(savedBefore: number, limit: number): Promise<number>;
}
