import { recipientOf } from '../../domain/messages/recipient.ts';
import { queueMessages } from '../messages/queue-messages.ts';
import type { AnnouncementBook } from '../ports/announcements.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Transaction } from '../ports/transaction.ts';

const HELPING = 500;

/**
 * Tells those on the lists of incidents that are over. Also those whose wish came into the books only afterwards:
 * call control may have kept it while the database was away. Each once: the mark and the message are one transaction.
 * Returns whether there may be more.
 */
export function tellSubscribers(deps: {
  readonly announcements: AnnouncementBook;
  readonly messages: MessageBook;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (tx: Transaction): Promise<'more' | 'done'> => {
    const { announcements, messages, now } = deps;
    const waiting = await announcements.waiting(HELPING, tx);
    if (waiting.length === 0) return 'done';
    const { areaCode } = await messages.settings(tx);
    const reached = waiting.filter(
      ({ number }) => recipientOf(number, 'restored', areaCode).kind === 'number',
    );
    await queueMessages(deps)(
      reached.map(({ announcementId, number, text }) => ({
        kind: 'restored',
        callerNumber: number,
        text,
        subject: { kind: 'incident', id: announcementId },
        dedupeKey: `restored:${announcementId}:${number}`,
      })),
      tx,
    );
    await announcements.told(reached, 'message', now(), tx);
    // A fixed line reads no message: it stays on the list, for somebody to call.
    await announcements.told(
      waiting.filter((one) => !reached.includes(one)),
      'byPhone',
      now(),
      tx,
    );
    return waiting.length === HELPING ? 'more' : 'done';
  };
}
