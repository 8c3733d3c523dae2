import type { CorrectionBook } from '../ports/knowledge-corrections.ts';
import type { GiveUp } from '../ports/messages.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * A message that says what is right and is given up leaves its citizen as wrong as he was: in the same transaction he stands in
 * the list of corrections again, to be written to anew or called.
 */
export function reopenUnwritten(deps: {
  readonly database: Database;
  readonly corrections: Pick<CorrectionBook, 'reopen'>;
}): GiveUp {
  return async ({ kind, dedupeKey }, why, write) => {
    if (kind !== 'knowledgeCorrected') {
      await write();
      return;
    }
    await deps.database.transact(async (tx) => {
      if ((await write(tx)) === 'written') await deps.corrections.reopen(dedupeKey, why, tx);
    });
  };
}
