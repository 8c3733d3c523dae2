import { type Ref, ref, shallowRef } from 'vue';
import type { AnswerOf } from '../../api/answer-of.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { type ReadAgain, useReadAgain } from '../../elements/read-again.ts';
import { type FetchPage, readPages } from '../../elements/read-pages.ts';
import { useSession } from '../../session/session.ts';

export type Jobs = AnswerOf<paths['/v1/jobs']['get']>;
export type FailingRound = Jobs['rounds'][number];
type JobFailure = AnswerOf<paths['/v1/jobs/failures']['get']>['failures'][number];
type Message = AnswerOf<paths['/v1/messages']['get']>['messages'][number];

/** Whatever failed and waits for a person: a job of the worker, or a message that no gateway took. */
export type FailedWork =
  | (JobFailure & { readonly message?: undefined })
  | {
      readonly kind: 'message';
      readonly id: string;
      readonly what: string;
      readonly why: string;
      readonly since: string;
      readonly times: number;
      readonly ticketId: string | null;
      readonly mark: null;
      readonly message: Message;
    };

const EVERY_MS = 10_000;
const PAGE = 100;

const failedMessage = (message: Message): FailedWork => ({
  kind: 'message',
  id: message.id,
  what: `${message.number} ${message.text}`,
  why: message.failure ?? '',
  since: message.finishedAt ?? message.createdAt,
  times: message.attempts,
  ticketId: message.subject.kind === 'ticket' ? message.subject.id : null,
  mark: null,
  message,
});

const failedJobs: FetchPage<FailedWork> = async (after) => {
  const query = { limit: PAGE, ...(after === undefined ? {} : { after }) };
  const page = await answer(api.GET('/v1/jobs/failures', { params: { query } }));
  return { rows: page.failures, next: page.next };
};
const failedMessages: FetchPage<FailedWork> = async (after) => {
  const query = { state: 'failed', limit: PAGE, ...(after === undefined ? {} : { after }) } as const;
  const page = await answer(api.GET('/v1/messages', { params: { query } }));
  return { rows: page.messages.map(failedMessage), next: page.next };
};

export interface JobsSeen extends ReadAgain {
  readonly jobs: Ref<Jobs | null>;
  /** The latest first. */
  readonly failed: Ref<readonly FailedWork[]>;
  /** There are older ones; asked for, they are read with the others from then on. */
  readonly more: Ref<boolean>;
  readonly readOn: () => Promise<void>;
}

/** What the worker has before it, and what it could not do. */
export function useJobs(): JobsSeen {
  const session = useSession();
  const jobs = shallowRef<Jobs | null>(null);
  const failed = shallowRef<readonly FailedWork[]>([]);
  const seesMessages = session.has('operator', 'lead');

  const more = ref(false);
  let pages = 1;
  let pagesRead = 0;

  const again = useReadAgain(EVERY_MS, async () => {
    const wanted = pages;
    const [board, work, messages] = await Promise.all([
      answer(api.GET('/v1/jobs')),
      readPages(failedJobs, wanted),
      seesMessages ? readPages(failedMessages, wanted) : { rows: [], next: null },
    ]);
    jobs.value = board;
    failed.value = [...work.rows, ...messages.rows].toSorted((a, b) => b.since.localeCompare(a.since));
    more.value = work.next !== null || messages.next !== null;
    pagesRead = wanted;
  });
  async function readOn(): Promise<void> {
    pages += 1;
    await again.read();
    // What was under way already had asked for less.
    if (pagesRead < pages) await again.read();
  }
  return { jobs, failed, more, readOn, ...again };
}

/** Who may let this be done anew. */
export function mayRun(work: FailedWork, session: Pick<ReturnType<typeof useSession>, 'has'>): boolean {
  return work.kind === 'message' ? session.has('operator', 'lead') : session.has('operator', 'admin');
}

export async function runAgain(work: FailedWork, reason: string): Promise<void> {
  if (work.kind === 'message') {
    await api.POST('/v1/messages/{id}/retry', { params: { path: { id: work.id } }, body: { reason } });
    return;
  }
  await api.POST('/v1/jobs/failures/{kind}/{id}/run', {
    params: { path: { kind: work.kind, id: work.id } },
    body: { reason },
  });
}
