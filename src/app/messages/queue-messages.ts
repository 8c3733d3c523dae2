import { type MessageKind, TEXT_MAX } from '../../domain/messages/kinds.ts';
import { recipientOf } from '../../domain/messages/recipient.ts';
import { sendableAt } from '../../domain/messages/sending.ts';
import type { MessageBook, MessageSubject, NewMessage } from '../ports/messages.ts';
import type { Transaction } from '../ports/transaction.ts';

export interface WantedMessage {
  readonly kind: MessageKind;
  /** As the carrier gave it: any spelling, perhaps withheld. */
  readonly callerNumber: string;
  readonly text: string;
  readonly subject: MessageSubject;
  /** Of two with the same key only the first is ever written, e.g. `restored:<incident>:<number>`. */
  readonly dedupeKey: string;
  /** Not before this either, whatever its kind allows. */
  readonly notBefore?: number;
}

export interface Queued {
  readonly queued: number;
  /** Their dedupe key was there already. */
  readonly known: number;
  /** Withheld numbers, fixed lines, foreign numbers: nobody to write to. */
  readonly unreachable: number;
}

/**
 * Puts messages to citizens on record, for the worker to send when it is not night. In the caller's transaction when
 * one is given: the message exists exactly if what it speaks of does.
 */
export function queueMessages(deps: {
  readonly messages: MessageBook;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (wanted: readonly WantedMessage[], tx?: Transaction): Promise<Queued> => {
    const none = { queued: 0, known: 0, unreachable: 0 };
    if (wanted.length === 0) return none;
    const { areaCode, ...rules } = await deps.messages.settings(tx);
    const now = deps.now();
    const ready = wanted.flatMap(({ callerNumber, notBefore: earliest = 0, ...message }): NewMessage[] => {
      // As PostgreSQL and JSON schemas count: characters, not the halves of some.
      const { length } = [...message.text.trim()];
      if (length === 0 || length > TEXT_MAX) {
        throw new RangeError(`a message has 1 to ${TEXT_MAX} characters, not ${length}`);
      }
      const recipient = recipientOf(callerNumber, message.kind, areaCode);
      if (recipient.kind === 'none') return [];
      const notBefore = sendableAt(message.kind, Math.max(now, earliest), rules);
      return [{ ...message, id: deps.newId(), createdAt: now, number: recipient.number, notBefore }];
    });
    const written = ready.length === 0 ? [] : await deps.messages.add(ready, tx);
    return {
      queued: written.length,
      known: ready.length - written.length,
      unreachable: wanted.length - ready.length,
    };
  };
}
