import { setTimeout as wait } from 'node:timers/promises';
import type { PgDatabase } from '../../src/adapters/pg/database.ts';
import { bareQueue } from './bare-queue.ts';
import { type Benchmark, median, percentile, rounded } from './benchmark.ts';
import { countDue, type Outcome, outcomeOf, type Stock, stockDue } from './due-stock.ts';
import { machineLoad } from './machine-load.ts';
import { type ProcessorTime, perPiece, processorTime } from './processor-time.ts';
import { Stores } from './stores.ts';

/** So many fall due each second: a hundred thousand in a minute. */
const PER_SECOND = 100_000 / 60;
/** All of it must lie on the queue before the first is due. */
const LEAD_MS = (count: number): number => 9000 + count / 4;
/**
 * A worker that fires none for so long while some are open is waited for no more: longer than its sweep needs twice over to find
 * what is lost. One that goes on, however slowly, is late and loses nothing.
 */
const STALLED_MS = 240_000;

interface Round extends Outcome {
  readonly perSecond: number;
  readonly drainPerSecond: number;
  /** Milliseconds of processor time a deadline, by program, while a heap is worked off. */
  readonly cost: ProcessorTime;
}

/**
 * One round of the product: a minute's deadlines with a Redis that is emptied in the middle, and then a heap that is long
 * due when the worker comes. It starts when they are there, as after a night in which it was away.
 */
async function productRound(stores: Stores, count: number, say: (text: string) => void): Promise<Round> {
  const from = Date.now() + LEAD_MS(count);
  const to = from + (count / PER_SECOND) * 1000;
  const minute = await worked(
    stores,
    await stockDue(stores.db, count, from, to),
    to - Date.now(),
    say,
    async () => {
      await wait((from + to) / 2 - Date.now());
      await stores.redis.flushall();
    },
  );
  const heap = await stockDue(stores.db, count / 5, Date.now() - 60_000, Date.now() - 1000);
  await stores.redis.flushall();
  const before = await processorTime();
  let after = before;
  const drained = await worked(
    stores,
    heap,
    0,
    say,
    async () => undefined,
    async () => {
      after = await processorTime();
    },
  );
  return {
    ...minute,
    lost: minute.lost + drained.lost,
    doubled: minute.doubled + drained.doubled,
    perSecond: (count / (minute.lastAt - from)) * 1000,
    drainPerSecond: (count / 5 / (drained.lastAt - drained.firstAt)) * 1000,
    cost: perPiece(before, after, count / 5),
  };
}

async function worked(
  stores: Stores,
  stock: Stock,
  dueWithinMs: number,
  say: (text: string) => void,
  meanwhile: () => Promise<void>,
  atTheEnd: () => Promise<void> = async () => undefined,
): Promise<Outcome> {
  const worker = await stores.role('worker');
  try {
    await meanwhile();
    const open = await untilDrained(stores.db, stock, dueWithinMs);
    if (open > 0) say(`  ${open} are open, and none was fired for ${STALLED_MS / 1000} s`);
    await atTheEnd();
    return await outcomeOf(stores.db, stock);
  } finally {
    await worker.stop();
  }
}

/** Waits until none is open, or until nothing happens to them any more. How many are open then. */
async function untilDrained(db: PgDatabase, stock: Stock, dueWithinMs: number): Promise<number> {
  let before = await countDue(db, stock);
  let movedAt = Date.now() + Math.max(0, dueWithinMs);
  for (;;) {
    await wait(100);
    const open = await countDue(db, stock);
    if (open === 0) return 0;
    if (open < before) movedAt = Math.max(movedAt, Date.now());
    else if (Date.now() - movedAt > STALLED_MS) return open;
    before = open;
  }
}

export const deadlines: Benchmark = {
  name: 'deadlines',
  work: '100,000 deadlines due within one minute (--quick: 10,000 within six seconds), Redis flushed in the middle',
  beside: 'a bare BullMQ queue of the same size in the same Redis, whose jobs do nothing',
  goal: 'lost 0, doubled 0, late_p99_ms <= 5000, ratio >= 0.5',
  async run({ quick, say }) {
    const count = quick ? 10_000 : 100_000;
    const rounds = quick ? 1 : 3;
    const product: Round[] = [];
    const bare: { perSecond: number; drainPerSecond: number; lateMs: readonly number[] }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      // A fresh server each: the rows of one round are not the next one's burden.
      const stores = await Stores.open(say);
      try {
        product.push(await productRound(stores, count, say));
        const paced = await bareQueue(stores.redisUrl, count, (count / PER_SECOND) * 1000, LEAD_MS(count));
        const heap = await bareQueue(stores.redisUrl, count / 5, 0, 0);
        bare.push({ perSecond: paced.perSecond, drainPerSecond: heap.perSecond, lateMs: paced.lateMs });
      } finally {
        await stores.close();
      }
      say(`  round ${round} of ${rounds}`);
    }
    const late = product.flatMap(({ lateMs }) => lateMs);
    const rate = (all: readonly { perSecond: number }[]): number => median(all.map((one) => one.perSecond));
    const drain = (all: readonly { drainPerSecond: number }[]): number =>
      median(all.map((one) => one.drainPerSecond));
    const cost = (program: string): number => median(product.map((one) => one.cost.get(program) ?? 0));
    return {
      deadlines: count,
      rounds,
      lost: product.reduce((sum, one) => sum + one.lost, 0),
      doubled: product.reduce((sum, one) => sum + one.doubled, 0),
      late_p50_ms: rounded(percentile(late, 0.5)),
      late_p99_ms: rounded(percentile(late, 0.99)),
      late_max_ms: rounded(percentile(late, 1)),
      bare_late_p99_ms: rounded(
        percentile(
          bare.flatMap(({ lateMs }) => lateMs),
          0.99,
        ),
      ),
      product_per_s: rounded(rate(product)),
      bare_per_s: rounded(rate(bare)),
      ratio: rounded(rate(product) / rate(bare)),
      // Not paced by the minute: all due at once, as fast as either can.
      drain_product_per_s: rounded(drain(product)),
      drain_bare_per_s: rounded(drain(bare)),
      drain_ratio: rounded(drain(product) / drain(bare)),
      worker_ms: rounded(cost('worker')),
      postgres_ms: rounded(cost('postgres')),
      redis_ms: rounded(cost('redis-server')),
      load: machineLoad(),
    };
  },
};
