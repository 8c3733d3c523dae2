import type { Transaction } from './transaction.ts';

/** Which categories are 便民服务 (JY-05), each with all that lies under it. */
export interface ConvenienceCategories {
  /** None: everything is an appeal. */
  readonly codes: readonly string[];
  /** ISO 8601, and the name of the account; null: nobody has said anything, and they are as the sample has them. */
  readonly saidAt: string | null;
  readonly saidBy: string | null;
}

export interface ConvenienceBook {
  read(): Promise<ConvenienceCategories>;
  /** Of these codes those that no category bears today. */
  unknownOf(codes: readonly string[], tx: Transaction): Promise<readonly string[]>;
  /** What was said before stays on record. `at`: epoch milliseconds. */
  say(codes: readonly string[], at: number, by: string | null, tx: Transaction): Promise<void>;
}
