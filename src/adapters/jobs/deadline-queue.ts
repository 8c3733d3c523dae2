import { type JobsOptions, Queue } from 'bullmq';
import type { DeadlineJob, DeadlineQueue } from '../../app/ports/jobs.ts';
import type { Log } from '../../app/ports/log.ts';
import { connectionOf, DEADLINE_QUEUE, KEY_PREFIX } from './connection.ts';

/** A job's whole content: where to look. */
export interface DeadlineJobData {
  readonly deadlineId: string;
}

/** Stands in the queue for a year; when it is gone, so is everything that lay beside it. */
const MARK = 'mark';
const MARK_DELAY_MS = 365 * 86_400_000;
const ANSWER_MS = 8000;

/**
 * `jobId` is `dl-<id>-<generation>`: BullMQ knows it as long as the job exists, so adding it again changes nothing,
 * and a raised generation is a new job. Finished and failed jobs leave nothing behind that could hide a new one.
 */
const OPTIONS = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 500 },
  removeOnComplete: true,
  removeOnFail: true,
} satisfies JobsOptions;

export class JobStoreAway extends Error {
  readonly code = 'jobs.away';
}

/** Modes: open (connecting and connected, for ever) -> closed. Every call fails at once while Redis is away. */
export class BullDeadlineQueue implements DeadlineQueue {
  readonly #queue: Queue<DeadlineJobData | Record<string, never>>;
  #away = false;

  constructor(url: string, log: Log) {
    this.#queue = new Queue(DEADLINE_QUEUE, {
      connection: connectionOf(url, 'queue'),
      prefix: KEY_PREFIX,
      skipWaitingForReady: true,
      skipVersionCheck: true,
      // Nobody reads BullMQ's event stream.
      streams: { events: { maxLen: 100 } },
    });
    this.#queue.on('error', (err) => {
      if (!this.#away) log.warn({ err }, 'the job store is away');
      this.#away = true;
    });
  }

  async add(jobs: readonly DeadlineJob[], now: number): Promise<void> {
    await this.#answered(
      this.#queue.addBulk(
        jobs.map(({ deadlineId, generation, dueAt }) => ({
          name: 'deadline',
          data: { deadlineId },
          opts: { ...OPTIONS, jobId: `dl-${deadlineId}-${generation}`, delay: Math.max(0, dueAt - now) },
        })),
      ),
    );
  }

  async intact(): Promise<boolean> {
    return (await this.#answered(this.#queue.getJob(MARK))) !== undefined;
  }

  async mark(): Promise<void> {
    await this.#answered(this.#queue.add(MARK, {}, { ...OPTIONS, jobId: MARK, delay: MARK_DELAY_MS }));
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }

  async #answered<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new JobStoreAway('no answer in time')), ANSWER_MS);
    });
    try {
      const result = await Promise.race([work, late]);
      this.#away = false;
      return result;
    } catch (error) {
      throw error instanceof JobStoreAway
        ? error
        : new JobStoreAway('redis does not take jobs', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}
