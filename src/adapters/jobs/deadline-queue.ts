import { type JobsOptions, Queue } from 'bullmq';
import type { JobStoreFigures } from '../../app/ports/job-board.ts';
import type { DeadlineJob, DeadlineQueue } from '../../app/ports/jobs.ts';
import type { Log } from '../../app/ports/log.ts';
import { DEADLINE_QUEUE, endedWithin, type JobConnection, jobConnection, KEY_PREFIX } from './connection.ts';

/** A job's whole content: where to look. */
export interface DeadlineJobData {
  readonly deadlineId: string;
}

/** Stands in the queue for a year; when it is gone, so is everything that lay beside it. */
const MARK = 'mark';
/** The same while it is being restored. */
const RESTORING = 'restoring';
const MARK_DELAY_MS = 365 * 86_400_000;
const ANSWER_MS = 5000;
const CLOSE_MS = 3000;

/**
 * `jobId` is `dl-<id>-<generation>`: BullMQ knows it as long as the job exists, so adding it again changes nothing,
 * and a raised generation is a new job. Finished and failed jobs leave nothing behind that could hide a new one.
 */
const OPTIONS = {
  // It fails while PostgreSQL is away; the worker's back-off is capped, so that the return is noticed soon.
  attempts: 1000,
  backoff: { type: 'custom' },
  removeOnComplete: true,
  removeOnFail: true,
} satisfies JobsOptions;

export class JobStoreAway extends Error {
  readonly code = 'jobs.away';
}

/** Modes: open (connecting and connected, for ever) -> closed. Every call fails at once while Redis is away. */
export class BullDeadlineQueue implements DeadlineQueue, JobStoreFigures {
  readonly #queue: Queue<DeadlineJobData | Record<string, never>>;
  readonly #connection: JobConnection;
  readonly #connected: Promise<void>;
  /** BullMQ waits for the first connection, however long; we do not. From then on its client fails at once. */
  #everConnected = false;
  #away = false;

  constructor(url: string, log: Log) {
    this.#connection = jobConnection(url, 'queue');
    this.#queue = new Queue(DEADLINE_QUEUE, {
      connection: this.#connection.options,
      prefix: KEY_PREFIX,
      skipVersionCheck: true,
      // Nobody reads BullMQ's event stream.
      streams: { events: { maxLen: 100 } },
    });
    this.#queue.on('error', (err) => {
      if (!this.#away) log.warn({ err }, 'the job store is away');
      this.#away = true;
    });
    this.#connected = this.#queue.waitUntilReady().then(
      () => {
        this.#everConnected = true;
      },
      // Closed before it ever was.
      () => undefined,
    );
  }

  /** Resolves when first connected, or after `withinMs` without: what follows then fails at once. */
  async settled(withinMs: number): Promise<void> {
    await endedWithin(this.#connected, withinMs);
  }

  async add(jobs: readonly DeadlineJob[], now: number): Promise<void> {
    await this.#answered(() =>
      this.#queue.addBulk(
        jobs.map(({ deadlineId, generation, dueAt }) => ({
          name: 'deadline',
          data: { deadlineId },
          opts: { ...OPTIONS, jobId: `dl-${deadlineId}-${generation}`, delay: Math.max(0, dueAt - now) },
        })),
      ),
    );
  }

  /** Null while it is away. Of the delayed ones one is the mark. */
  async counts(): Promise<{ waiting: number; delayed: number; active: number } | null> {
    try {
      const {
        wait = 0,
        delayed = 0,
        active = 0,
      } = await this.#answered(() => this.#queue.getJobCounts('wait', 'delayed', 'active'));
      return { waiting: wait, delayed, active };
    } catch (error) {
      if (error instanceof JobStoreAway) return null;
      throw error;
    }
  }

  async intact(): Promise<boolean> {
    return (await this.#answered(() => this.#queue.getJob(MARK))) !== undefined;
  }

  async beginRestoring(): Promise<void> {
    await this.#mark(RESTORING);
  }

  async endRestoring(): Promise<boolean> {
    await this.#mark(MARK);
    // Looked at after: an emptying before that took it away, and one after that takes the mark as well.
    if ((await this.#answered(() => this.#queue.getJob(RESTORING))) === undefined) {
      await this.#answered(() => this.#queue.remove(MARK));
      return false;
    }
    await this.#answered(() => this.#queue.remove(RESTORING));
    return true;
  }

  async #mark(jobId: string): Promise<void> {
    await this.#answered(() => this.#queue.add(jobId, {}, { ...OPTIONS, jobId, delay: MARK_DELAY_MS }));
  }

  async close(): Promise<void> {
    this.#connection.giveUp();
    await endedWithin(this.#queue.close(), CLOSE_MS);
  }

  async #answered<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#everConnected) throw new JobStoreAway('redis was not there yet');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new JobStoreAway('no answer in time')), ANSWER_MS);
    });
    try {
      const result = await Promise.race([work(), late]);
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
