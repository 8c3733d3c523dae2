import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { ConvenienceBook, ConvenienceCategories } from '../ports/convenience.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

/**
 * Which categories are 便民服务 from now on, in the figures of earlier days as well (JY-05); none is an answer too. `onRecord` runs in the same
 * transaction. Refuses with `ticket.categoryUnknown`.
 */
export function sayConvenience(deps: {
  readonly database: Database;
  readonly convenience: ConvenienceBook;
  readonly now: () => number;
}) {
  return async (
    codes: readonly string[],
    { accountId }: Actor,
    onRecord: (tx: Transaction) => Promise<void>,
  ): Promise<ConvenienceCategories> => {
    await deps.database.transact(async (tx) => {
      const [category] = await deps.convenience.unknownOf(codes, tx);
      if (category !== undefined) throw new AppError('ticket.categoryUnknown', { category });
      await deps.convenience.say(codes, deps.now(), accountId, tx);
      await onRecord(tx);
    });
    return deps.convenience.read();
  };
}
