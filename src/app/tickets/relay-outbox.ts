import type { NoticePublisher, TicketNotice } from '../live/notices.ts';
import type { Log } from '../ports/log.ts';
import type { Outbox, OutboxRow, Relayed } from '../ports/outbox.ts';

const BATCH = 200;

const NOTICE_KINDS: readonly string[] = [
  'ticketOpened',
  'ticketMoved',
  'deadlineWarning',
  'deadlineOverdue',
] satisfies readonly TicketNotice['kind'][];

function noticeOf(body: unknown): TicketNotice | null {
  const fits =
    typeof body === 'object' &&
    body !== null &&
    'kind' in body &&
    NOTICE_KINDS.includes(String(body.kind)) &&
    'ticketId' in body &&
    typeof body.ticketId === 'string';
  return fits ? (body as TicketNotice) : null;
}

/**
 * Carries what transactions wrote to where it takes effect: a new ticket's deadlines onto the job queue, notices to
 * whoever listens. At least once and in any number of copies; each effect bears being repeated. A row that nobody can
 * read is set aside with a line in the log, so that it holds up no others. Rejects while the job queue is away.
 * Returns how many rows; `BATCH` means there may be more.
 */
export function relayOutbox(deps: {
  readonly outbox: Outbox;
  readonly enqueue: (ticketId: string) => Promise<number>;
  readonly notices: NoticePublisher;
  readonly log: Log;
}) {
  const relay = async (row: OutboxRow): Promise<Relayed> => {
    const notice = noticeOf(row.body);
    if (notice === null) return unreadable(row, 'not a notice');
    switch (row.topic) {
      case 'ticketOpened':
        await deps.enqueue(notice.ticketId);
        break;
      case 'deadlineFired':
        break;
      default:
        return unreadable(row, 'unknown topic');
    }
    await deps.notices.publish(notice);
    return 'sent';
  };
  const unreadable = (row: OutboxRow, why: string): Relayed => {
    deps.log.error({ id: row.id, topic: row.topic, key: row.key, why }, 'an outbox row was set aside');
    return { kind: 'unreadable', why };
  };
  return async (): Promise<'more' | 'empty'> =>
    (await deps.outbox.relay(BATCH, relay)) === BATCH ? 'more' : 'empty';
}
