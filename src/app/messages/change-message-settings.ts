import type { MessageKind } from '../../domain/messages/kinds.ts';
import { STEP_KINDS } from '../../domain/messages/ticket-steps.ts';
import type { MessageBook, MessageSettings } from '../ports/messages.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

/**
 * When citizens may be written to, and whether callers of merged numbers are, and who has a ticket. The new quiet
 * hours hold for what waits, too; switching a thing off takes back what was not sent of it.
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
      const off: readonly MessageKind[] = [
        ...(settings.retraining ? [] : (['retraining'] as const)),
        ...(settings.ticketSteps ? [] : STEP_KINDS),
      ];
      let cancelled = 0;
      for (const kind of off) {
        cancelled += await deps.messages.cancelPending({ kind }, deps.now(), 'switchedOff', tx);
      }
      return cancelled;
    });
}
