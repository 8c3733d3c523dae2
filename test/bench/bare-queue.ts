import { randomUUID } from 'node:crypto';
import { Queue, Worker } from 'bullmq';

const QUEUE = 'bare';
const BATCH = 1000;
/** As many jobs under way as the product's worker has. */
const CONCURRENCY = 500;

/** `count` jobs that do nothing, due evenly over `windowMs` that begins in `leadMs`: the limit that BullMQ itself sets. */
export async function bareQueue(
  redisUrl: string,
  count: number,
  windowMs: number,
  leadMs: number,
): Promise<{ readonly perSecond: number; readonly lateMs: readonly number[] }> {
  const prefix = `bare-${randomUUID()}`;
  const connection = { url: redisUrl };
  const queue = new Queue<{ dueAt: number }>(QUEUE, { connection, prefix });
  const lateMs: number[] = [];
  const from = Date.now() + leadMs;
  for (let at = 0; at < count; at += BATCH) {
    const now = Date.now();
    const jobs = Array.from({ length: Math.min(BATCH, count - at) }, (_, nth) => {
      const dueAt = from + (windowMs * (at + nth)) / count;
      const opts = {
        delay: Math.max(0, Math.round(dueAt - now)),
        removeOnComplete: true,
        removeOnFail: true,
      };
      return { name: 'job', data: { dueAt }, opts };
    });
    await queue.addBulk(jobs);
  }
  const began = windowMs === 0 ? Date.now() : from;
  let told: () => void;
  const all = new Promise<void>((resolve) => {
    told = resolve;
  });
  const worker = new Worker<{ dueAt: number }>(
    QUEUE,
    async ({ data }) => {
      lateMs.push(Date.now() - data.dueAt);
      if (lateMs.length === count) told();
    },
    { connection: { ...connection, maxRetriesPerRequest: null }, prefix, concurrency: CONCURRENCY },
  );
  try {
    await all;
    return { perSecond: (count / (Date.now() - began)) * 1000, lateMs };
  } finally {
    await worker.close();
    await queue.obliterate({ force: true });
    await queue.close();
  }
}
