import type { MessageBook, MessageSettings } from '../ports/messages.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

/**
 * When citizens may be written to, and whether callers of merged numbers are. The new quiet
 * hours hold for what waits, too; switching retraining off takes back what was not sent.
 */
export function changeMessageSettings(deps: {
  readonly database: Database;
  readonly messages: MessageBook;
  readonly now: () => number;
}) {
  return (settings: MessageSettings, onRecord: (tx: Transaction) => Promise<void>): Promise<number> =>
    deps.database.transact(async (tx) => {
      await deps.messages.saveSettings(settings, tx);
      await deps.messages.askAgain(deps.now(), tx);
      await onRecord(tx);
      if (settings.retraining) return 0;
      return deps.messages.cancelPending({ kind: 'retraining' }, deps.now(), 'switchedOff', tx);
    });
}
