import type { Notice, NoticePublisher } from '../live/notices.ts';
import type { Log } from '../ports/log.ts';
import type { Outbox, OutboxRow, Relayed } from '../ports/outbox.ts';
import { MATTER_TOPIC, type Matter, type MatterOutcome, matterOf } from '../ports/oversight-jobs.ts';

const BATCH = 200;

/** What each kind of notice cannot do without. */
const SUBJECTS = {
  ticketOpened: 'ticketId',
  ticketMoved: 'ticketId',
  deadlineWarning: 'ticketId',
  deadlineOverdue: 'ticketId',
  stageWarning: 'ticketId',
  stageOverdue: 'ticketId',
  partAdded: 'ticketId',
  partMoved: 'ticketId',
  partWarning: 'ticketId',
  partOverdue: 'ticketId',
  extensionAsked: 'ticketId',
  extensionDecided: 'ticketId',
  planReminded: 'ticketId',
  workItemOpened: 'workItemId',
  workItemWithdrawn: 'workItemId',
  knowledgeNotice: 'noticeId',
  help: 'callId',
  surgeMode: 'surgeModeId',
  codeList: 'list',
  sessionsEnded: 'accountId',
} as const satisfies Record<Notice['kind'], string>;

function noticeOf(body: unknown): Notice | null {
  if (typeof body !== 'object' || body === null || !('kind' in body)) return null;
  const kind = String(body.kind);
  if (!Object.hasOwn(SUBJECTS, kind)) return null;
  const subject = new Map<string, unknown>(Object.entries(body)).get(SUBJECTS[kind as Notice['kind']]);
  return typeof subject === 'string' ? (body as Notice) : null;
}

/**
 * Carries what transactions wrote to where it takes effect: the deadlines of a ticket that is new or moved and what may come upon its unit onto the job queue, notices to
 * whoever listens. At least once and in any number of copies; each effect bears being repeated. A row that nobody can
 * read, or of whose matter nothing can be decided, is set aside with a line in the log and on the board of jobs, so that it holds up
 * no others; the sweep of supervision asks for such a matter again. Rejects while the job queue is away.
 * Returns how many rows; `BATCH` means there may be more.
 */
export function relayOutbox(deps: {
  readonly outbox: Outbox;
  readonly enqueue: (ticketId: string) => Promise<number>;
  /** The same of what may come upon a unit. */
  readonly matter: (matter: Matter) => Promise<MatterOutcome>;
  readonly notices: NoticePublisher;
  readonly now: () => number;
  readonly log: Log;
}) {
  const relay = async (row: OutboxRow): Promise<Relayed> => {
    if (row.topic === MATTER_TOPIC) {
      const matter = matterOf(row.body);
      if (matter === null) return unreadable(row, 'not a matter');
      const outcome = await deps.matter(matter);
      return outcome === 'queued' ? 'sent' : undecided(row, outcome.err);
    }
    const notice = noticeOf(row.body);
    if (notice === null) return unreadable(row, 'not a notice');
    switch (row.topic) {
      case 'ticketOpened':
      case 'ticketMoved':
        if (!('ticketId' in notice)) return unreadable(row, 'a ticket without its id');
        await deps.enqueue(notice.ticketId);
        break;
      case 'deadlineFired':
      case 'ticketPart':
      case 'workItemOpened':
      case 'workItemWithdrawn':
      case 'knowledgeNotice':
      case 'help':
      case 'surgeMode':
      case 'codeList':
      case 'sessionsEnded':
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
  const undecided = (row: OutboxRow, err: unknown): Relayed => {
    deps.log.error({ id: row.id, topic: row.topic, key: row.key, err }, 'an outbox row was set aside');
    return { kind: 'unreadable', why: `undecided: ${err instanceof Error ? err.message : String(err)}` };
  };
  return async (): Promise<'more' | 'empty'> =>
    (await deps.outbox.relay(BATCH, deps.now(), relay)) === BATCH ? 'more' : 'empty';
}
