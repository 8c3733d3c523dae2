import type { RecordedCall } from '../../domain/hotlines/replay.ts';
import type { Temporary } from '../../domain/hotlines/versions/going-back.ts';
import type { RuleLine, RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import type { RuleVersion, VersionEvent } from '../../domain/hotlines/versions/version.ts';
import type { Transaction } from './transaction.ts';

/** The program itself, where a move has no person behind it. */
export const SYSTEM_ACTOR = 'system';

/** A version without its content: what a list shows. Times are epoch milliseconds. */
export type RuleVersionSummary = Omit<RuleVersion, 'rules' | 'edits'> & {
  readonly authorName: string;
  readonly lines: number;
  /** Why the clock could not do what was due. */
  readonly heldBecause: string | null;
  /** When it is tried again; null: not before somebody has changed something. */
  readonly retryAt: number | null;
};

export interface Held {
  readonly because: string;
  readonly retryAt: number | null;
}

export interface RuleEventEntry extends VersionEvent {
  readonly actorName: string;
}

/** One number as a published version holds it, and who answers for that version. Times are epoch milliseconds. */
export interface NumberVersion {
  readonly number: number;
  readonly title: string;
  readonly origin: RuleVersion['origin'];
  readonly publishedAt: number;
  readonly author: { readonly id: string; readonly name: string };
  readonly approvers: readonly { readonly id: string; readonly name: string; readonly at: number }[];
  /** Given when it was handed in or published. */
  readonly reason: string;
  readonly lines: readonly RuleLine[];
}

/** Where a request came from; empty for the program itself. */
export interface RuleTrace {
  readonly address: string;
  readonly requestId: string;
}

export interface RuleBooks {
  /** One change of the rules at a time, until the transaction ends. */
  lock(tx: Transaction): Promise<void>;
  /** The version that new calls go by; null before the first. */
  published(tx?: Transaction): Promise<RuleVersion | null>;
  byId(id: string, tx?: Transaction): Promise<RuleVersion | null>;
  byNumber(number: number, tx?: Transaction): Promise<RuleVersion | null>;
  /** What a version held at one of its revisions. */
  revision(versionId: string, revision: number, tx: Transaction): Promise<RuleSet | null>;
  nextNumber(tx: Transaction): Promise<number>;
  /** Writes the version as it stands now, and what led there. */
  save(
    version: RuleVersion,
    events: readonly VersionEvent[],
    trace: RuleTrace,
    tx: Transaction,
  ): Promise<void>;
  /** Newest first; `before`: a version's number. */
  list(limit: number, before: number | null): Promise<readonly RuleVersionSummary[]>;
  summary(id: string): Promise<RuleVersionSummary | null>;
  events(versionId: string): Promise<readonly RuleEventEntry[]>;
  /** Every version that was ever published, as they were, with what it holds of a number (in the one spelling). */
  numberVersions(number: string): Promise<readonly NumberVersion[]>;
  /** Changes for a time that were published before `target` was and were to end after it. */
  temporaries(
    target: Pick<RuleVersion, 'id' | 'publishedAt'>,
    tx: Transaction,
  ): Promise<readonly Temporary[]>;
  /** Versions that the clock may have to move by `now`, held ones left out until they are to be tried again. */
  due(now: number, tx?: Transaction): Promise<readonly RuleVersion[]>;
  /** The clock leaves the version alone until somebody changes it, or until it is tried again. */
  hold(versionId: string, why: Held, tx: Transaction): Promise<void>;
  /** How often in a row the version was held to be tried again. */
  heldBefore(versionId: string, tx: Transaction): Promise<number>;

  /** What the tables hold that calls are routed by: the rules before there were versions. Null without a municipality. */
  tables(tx: Transaction): Promise<RuleSet | null>;
  /** Makes those tables say exactly this. */
  project(rules: RuleSet, tx: Transaction): Promise<void>;
  /** Calls that came in between two moments, oldest first, as the carrier handed them over. */
  recordedCalls(fromMs: number, untilMs: number, limit: number): Promise<readonly RecordedCall[]>;
  namesOf(accountIds: readonly string[], tx?: Transaction): Promise<ReadonlyMap<string, string>>;
}
