import type { Line } from '../../domain/hotlines/configuration.ts';
import type { Transaction } from './transaction.ts';

export interface RegisteredLine extends Line {
  /** Where the entry comes from: a decision, an article, a sample. */
  readonly basis: string;
}

/** A number that may not be merged at all, or only with two approvers (RD-03). */
export interface ProtectedNumber {
  readonly number: string;
  readonly name: string;
  readonly rule: 'never' | 'two-approvers';
  readonly basis: string;
}

export interface Lines {
  list(tx?: Transaction): Promise<readonly RegisteredLine[]>;
  byNumber(number: string, tx?: Transaction): Promise<RegisteredLine | null>;
  protectedNumbers(tx?: Transaction): Promise<readonly ProtectedNumber[]>;
}
