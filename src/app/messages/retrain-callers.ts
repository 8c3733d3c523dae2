import { RETRAINED_MODES, RETRAINING_PAUSE_MS, retrainingText } from '../../domain/messages/retraining.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Database } from '../ports/transaction.ts';
import { queueMessages } from './queue-messages.ts';

/** Who called longer ago than this is not written to any more, also after a downtime. */
const LOOK_BACK_MS = 24 * 3_600_000;
const BATCH = 500;

/**
 * Whoever dialled a number that is being merged, or is merged, is told once to dial 12345 (A4): one message a number
 * and line in 30 days, none while it is switched off. Under one lock, so that two workers do not write twice. Returns
 * how many were queued.
 */
export function retrainCallers(deps: {
  readonly database: Database;
  readonly messages: MessageBook;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const queue = queueMessages(deps);
  return (): Promise<number> =>
    deps.database.transact(async (tx) => {
      if (!(await deps.messages.lockRetraining(tx))) return 0;
      const { retraining, municipality, mainNumber } = await deps.messages.settings(tx);
      if (!retraining) return 0;
      const now = deps.now();
      const calls = await deps.messages.retrainingCalls(
        {
          modes: RETRAINED_MODES,
          endedSince: now - LOOK_BACK_MS,
          writtenSince: now - RETRAINING_PAUSE_MS,
          limit: BATCH,
        },
        tx,
      );
      const { queued } = await queue(
        calls.map(({ callId, callerNumber, line, lineName }) => ({
          kind: 'retraining' as const,
          callerNumber,
          text: retrainingText({ municipality, mainNumber, line, lineName }),
          subject: { kind: 'line', id: line },
          dedupeKey: `retraining:${callId}`,
        })),
        tx,
      );
      return queued;
    });
}
