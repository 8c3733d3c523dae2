import type { RedisOptions } from 'bullmq';
import type { JobQueue } from '../../app/ports/job-board.ts';

/** Names of keys in Redis: beside those of other programs, not among them. */
export const KEY_PREFIX = 'yht-jobs';
export const DEADLINE_QUEUE = 'deadlines' satisfies JobQueue;
export const KNOWLEDGE_QUEUE = 'knowledge' satisfies JobQueue;
export const OVERSIGHT_QUEUE = 'oversight' satisfies JobQueue;

export const RECONNECT_MAX_MS = 1000;

export interface JobConnection {
  readonly options: RedisOptions;
  /** From now on a lost connection is not sought again: what waits for it fails, and closing comes to an end. */
  giveUp(): void;
}

/** What BullMQ's client is told; the address itself stays a URL, so that TLS and passwords travel in it. */
export function jobConnection(url: string, kind: 'queue' | 'worker'): JobConnection {
  let given = false;
  return {
    options: {
      url,
      connectionName: `yihaotong-jobs-${kind}`,
      connectTimeout: 2000,
      keepAlive: 10_000,
      // A connection whose far end vanished without a word must not be waited on for ever.
      ...(kind === 'queue'
        ? { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 5000 }
        : { maxRetriesPerRequest: null }),
      retryStrategy: (attempt: number) =>
        given ? null : Math.min(RECONNECT_MAX_MS, 50 * 2 ** Math.min(attempt, 6)),
    },
    giveUp() {
      given = true;
    },
  };
}

/** Whether `work` came to an end, well or badly, within the time. */
export async function endedWithin(work: Promise<unknown>, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), withinMs);
  });
  const ended = work.then(
    () => true,
    () => true,
  );
  const result = await Promise.race([ended, late]);
  clearTimeout(timer);
  return result;
}
