import type { NamedEntry } from './knowledge-care.ts';
import type { Transaction } from './transaction.ts';

/**
 * ends: at a midnight the last day of some is over, or a later version takes their place. reviewLate: what was published at once
 * should have been looked at by now. remind: some end soon, or were told for so long that somebody is to look at them again.
 */
export const KNOWLEDGE_JOB_KINDS = ['ends', 'reviewLate', 'remind'] as const;
export type KnowledgeJobKind = (typeof KNOWLEDGE_JOB_KINDS)[number];

/** That something is due of a unit's entries at a moment (epoch milliseconds). What it is stands in the books alone. */
export interface KnowledgeJob {
  readonly kind: KnowledgeJobKind;
  readonly unitCode: string;
  readonly dueAt: number;
}

/** A moment, and the day that it is in the municipality. */
export interface Today {
  readonly now: number;
  readonly day: string;
  readonly zone: string;
}

/** What is due in the knowledge base, and that it was done: each is taken once, by whoever comes first. */
export interface KnowledgeUpkeep {
  /** All that is due by `until` and was not done, the soonest first; of a unit's moment one. */
  due(until: number, today: Today): Promise<readonly KnowledgeJob[]>;
  /** Entries with a told version whose last day is over, or which a later one replaced, unmarked. */
  outdated(unitCode: string, day: string, limit: number): Promise<readonly string[]>;
  /** Expired, nothing stands in their place, and the unit was not told: they count as told from here on. */
  takeExpired(unitCode: string, today: Today, tx: Transaction): Promise<readonly NamedEntry[]>;
  /** Published at once, not looked at in time, not told of yet: each once. */
  takeLateReviews(unitCode: string, at: number, tx: Transaction): Promise<readonly NamedEntry[]>;
  /** Told of as late, and looked at since, or gone: each once. */
  takeReviewed(tx: Transaction): Promise<readonly Pick<NamedEntry, 'id' | 'version'>[]>;
  /** Their end is near and no later version is checked or told: each once. */
  takeEnding(unitCode: string, today: Today, tx: Transaction): Promise<readonly NamedEntry[]>;
  /** Told for long, and nobody has looked at them since: each once until somebody does. */
  takeStale(unitCode: string, today: Today, tx: Transaction): Promise<readonly NamedEntry[]>;
}
