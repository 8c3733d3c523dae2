import { Worker } from 'bullmq';
import type { Log } from '../../app/ports/log.ts';
import {
  endedWithin,
  type JobConnection,
  jobConnection,
  KEY_PREFIX,
  RECONNECT_MAX_MS,
} from './connection.ts';

const RETRY_MAX_MS = 5000;
const DISCONNECT_MS = 1000;

/**
 * Modes: working (also while Redis is away: it reconnects for ever) -> stopping (no new job, those under way end) ->
 * closed. A stalled job may run twice: the work bears it.
 */
export class JobWorker {
  readonly #worker: Worker<unknown>;
  readonly #connection: JobConnection;
  readonly #log: Log;
  #away = false;

  constructor(
    url: string,
    queue: string,
    work: (job: { readonly name: string; readonly data: unknown }) => Promise<void>,
    { log, concurrency }: { readonly log: Log; readonly concurrency: number },
  ) {
    this.#log = log;
    this.#connection = jobConnection(url, 'worker');
    this.#worker = new Worker<unknown>(queue, ({ name, data }) => work({ name, data }), {
      connection: this.#connection.options,
      prefix: KEY_PREFIX,
      concurrency,
      lockDuration: 30_000,
      stalledInterval: 5000,
      // Running again is harmless, giving up is not.
      maxStalledCount: 100,
      runRetryDelay: 500,
      skipVersionCheck: true,
      settings: { backoffStrategy: (attempt) => Math.min(RETRY_MAX_MS, 250 * 2 ** Math.min(attempt, 10)) },
    });
    this.#worker.on('error', (err) => {
      if (!this.#away) log.warn({ err }, 'the job store is away');
      this.#away = true;
    });
    this.#worker.on('ioredis:close', () => {
      this.#away = true;
    });
    // BullMQ says 'ready' once in a lifetime; jobs that move say more.
    for (const sign of ['ready', 'active', 'drained'] as const) {
      this.#worker.on(sign, () => {
        this.#away = false;
      });
    }
    this.#worker.on('failed', (job, err) => {
      log.warn(
        { err, queue, jobId: job?.id, attempt: job?.attemptsMade },
        'a job failed, it will be tried again',
      );
    });
  }

  /** Lets jobs under way end, at most `withinMs`; what then still runs is somebody else's when its claim runs out. */
  async stop(withinMs: number): Promise<void> {
    this.#connection.giveUp();
    if (this.#away) {
      // BullMQ waits for an 'end' that ioredis does not say between two attempts; after the last attempt it is said.
      await endedWithin(new Promise<never>(() => undefined), RECONNECT_MAX_MS + 200);
    }
    if (await endedWithin(this.#worker.close(), withinMs)) return;
    this.#log.warn({ withinMs }, 'jobs were still under way at the end of the stop');
    await endedWithin(this.#worker.disconnect(), DISCONNECT_MS);
  }
}
