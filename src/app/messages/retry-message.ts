import { AppError } from '../errors.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

/**
 * A message that failed is tried again as if it were new; a message at night waits for the morning as any other.
 * `onRecord` runs in the same transaction. Codes: message.unknown, message.notFailed.
 */
export function retryMessage(deps: {
  readonly database: Database;
  readonly messages: MessageBook;
  readonly now: () => number;
}) {
  return (id: string, onRecord: (tx: Transaction) => Promise<void>): Promise<void> =>
    deps.database.transact(async (tx) => {
      const retried = await deps.messages.retry(id, deps.now(), tx);
      if (retried === null) throw new AppError('message.unknown', { message: id });
      if (retried !== 'retried') throw new AppError('message.notFailed', { state: retried });
      await onRecord(tx);
    });
}
