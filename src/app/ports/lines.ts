import type { RuleLine } from '../../domain/hotlines/versions/rule-set.ts';
import type { Transaction } from './transaction.ts';

/** A line as it stands in the register of today; `basis` says where the entry comes from. */
export type RegisteredLine = Omit<RuleLine, 'area'>;

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
