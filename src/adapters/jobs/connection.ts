import type { RedisOptions } from 'bullmq';

/** What BullMQ's client is told; the address itself stays a URL, so that TLS and passwords travel in it. */
export function connectionOf(url: string, kind: 'queue' | 'worker'): RedisOptions {
  return {
    url,
    connectionName: `yihaotong-jobs-${kind}`,
    connectTimeout: 2000,
    keepAlive: 10_000,
    // A connection whose far end vanished without a word must not be waited on for ever.
    ...(kind === 'queue'
      ? { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 5000 }
      : { maxRetriesPerRequest: null }),
    retryStrategy: (attempt: number) => Math.min(2000, 50 * 2 ** Math.min(attempt, 6)),
  };
}

/** Names of keys in Redis: beside those of other programs, not among them. */
export const KEY_PREFIX = 'yht-jobs';
export const DEADLINE_QUEUE = 'deadlines';
