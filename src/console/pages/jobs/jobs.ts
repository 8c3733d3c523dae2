import { type Ref, shallowRef } from 'vue';
import type { AnswerOf } from '../../api/answer-of.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { type ReadAgain, useReadAgain } from '../../elements/read-again.ts';
import { useSession } from '../../session/session.ts';

export type Jobs = AnswerOf<paths['/v1/jobs']['get']>;
export type FailingRound = Jobs['rounds'][number];
type JobFailure = Jobs['failures'][number];
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
const MESSAGES_SHOWN = 100;

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

export interface JobsSeen extends ReadAgain {
  readonly jobs: Ref<Jobs | null>;
  /** The latest first. */
  readonly failed: Ref<readonly FailedWork[]>;
}

/** What the worker has before it, and what it could not do. */
export function useJobs(): JobsSeen {
  const session = useSession();
  const jobs = shallowRef<Jobs | null>(null);
  const failed = shallowRef<readonly FailedWork[]>([]);
  const seesMessages = session.has('operator', 'lead');

  const again = useReadAgain(EVERY_MS, async () => {
    const query = { state: 'failed', limit: MESSAGES_SHOWN } as const;
    const [board, messages] = await Promise.all([
      answer(api.GET('/v1/jobs')),
      seesMessages ? answer(api.GET('/v1/messages', { params: { query } })) : null,
    ]);
    jobs.value = board;
    failed.value = [...board.failures, ...(messages?.messages ?? []).map(failedMessage)].toSorted((a, b) =>
      b.since.localeCompare(a.since),
    );
  });
  return { jobs, failed, ...again };
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
