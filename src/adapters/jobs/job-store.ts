import { type JobsOptions, Queue } from 'bullmq';
import { LOOKED_AT, type QueueFigures } from '../../app/ports/job-board.ts';
import type { Log } from '../../app/ports/log.ts';
import { endedWithin, type JobConnection, jobConnection, KEY_PREFIX } from './connection.ts';

const ANSWER_MS = 5000;
const CLOSE_MS = 3000;

/**
 * BullMQ knows a job's id as long as the job exists, so that adding it again changes nothing. Finished and failed jobs leave
 * nothing behind that could hide a new one.
 */
export const JOB_OPTIONS = {
  // It fails while PostgreSQL is away; the worker's back-off is capped, so that the return is noticed soon.
  attempts: 1000,
  backoff: { type: 'custom' },
  removeOnComplete: true,
  removeOnFail: true,
} satisfies JobsOptions;

/** Of what comes late the moment is kept as well: how late it is, is told from there. */
export const momentOf = (dueAt: number, now: number) => ({
  timestamp: Math.min(dueAt, now),
  delay: Math.max(0, dueAt - now),
});

export class JobStoreAway extends Error {
  readonly code = 'jobs.away';
}

async function countsOf(queue: Queue): Promise<{ waiting: number; delayed: number; active: number }> {
  const { wait = 0, delayed = 0, active = 0 } = await queue.getJobCounts('wait', 'delayed', 'active');
  return { waiting: wait, delayed, active };
}

/** Modes: open (connecting and connected, for ever) -> closed. Every call fails at once while Redis is away. */
export class JobStore<Data> {
  readonly #queue: Queue<Data>;
  readonly #connection: JobConnection;
  readonly #connected: Promise<void>;
  /** BullMQ waits for the first connection, however long; we do not. From then on its client fails at once. */
  #everConnected = false;
  #away = false;

  constructor(url: string, name: string, log: Log) {
    this.#connection = jobConnection(url, 'queue');
    this.#queue = new Queue<Data>(name, {
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

  /** What the queue answers; `JobStoreAway` when it does not. */
  async answered<T>(work: (queue: Queue<Data>) => Promise<T>): Promise<T> {
    if (!this.#everConnected) throw new JobStoreAway('redis was not there yet');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new JobStoreAway('no answer in time')), ANSWER_MS);
    });
    try {
      const result = await Promise.race([work(this.#queue), late]);
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

  /** Null while it is away. */
  counts(): Promise<{ waiting: number; delayed: number; active: number } | null> {
    return this.#unlessAway(countsOf);
  }

  /** As a person asks; null while it is away. `aside`: ids of jobs that are none. */
  figures(now: number, aside: readonly string[] = []): Promise<QueueFigures | null> {
    return this.#unlessAway(async (queue) => {
      const counts = await countsOf(queue);
      // What is tried again is so within seconds, and stands before whatever has its moment still to come.
      const [next, reached] = await Promise.all([
        queue.getJobs(['delayed'], 0, LOOKED_AT - 1, true),
        queue.getJobs(['wait', 'active'], 0, LOOKED_AT - 1, true),
      ]);
      const marks = await Promise.all(aside.map((id) => queue.getJob(id)));
      // Of one that is tried again the delay of now is its rest; its moment is as it was asked for.
      const dueAts = [...next, ...reached].map(({ timestamp, opts }) => timestamp + (opts.delay ?? 0));
      return {
        ...counts,
        delayed: counts.delayed - marks.filter((job) => job !== undefined).length,
        failing: next.filter(({ attemptsMade }) => attemptsMade > 0).length,
        latestMs: Math.max(0, ...dueAts.map((dueAt) => now - dueAt)),
      };
    });
  }

  async #unlessAway<T>(work: (queue: Queue<Data>) => Promise<T>): Promise<T | null> {
    try {
      return await this.answered(work);
    } catch (error) {
      if (error instanceof JobStoreAway) return null;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#connection.giveUp();
    await endedWithin(this.#queue.close(), CLOSE_MS);
  }
}
