import type { MessageKind } from '../../domain/messages/kinds.ts';
import type { MessageBook, MessageSubject } from '../ports/messages.ts';
import type { Transaction } from '../ports/transaction.ts';
import { queueMessages } from './queue-messages.ts';

/** How the house calls itself in a message. */
export interface House {
  readonly municipality: string;
  readonly mainNumber: string;
}

export interface CallerToTell {
  readonly callerNumber: string;
  readonly subject: MessageSubject;
  readonly text: (house: House) => string;
}

/**
 * Writes to callers about what became of their calls, each once for its subject, however many workers do it at once.
 * Returns how many messages were queued.
 */
export function writeToCallers(deps: {
  readonly messages: MessageBook;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const queue = queueMessages(deps);
  return async (kind: MessageKind, callers: readonly CallerToTell[], tx: Transaction): Promise<number> => {
    if (callers.length === 0) return 0;
    const { municipality, mainNumber } = await deps.messages.settings(tx);
    const { queued } = await queue(
      callers.map(({ callerNumber, subject, text }) => ({
        ...{ kind, callerNumber, subject },
        text: text({ municipality, mainNumber }),
        dedupeKey: `${kind}:${subject.id}`,
      })),
      tx,
    );
    return queued;
  };
}
