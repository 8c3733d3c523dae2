import { until } from '../../src/demo/poll.ts';
import { type Benchmark, inTurn, median, percentile, rounded } from './benchmark.ts';
import { Clerk } from './clerk.ts';
import { machineLoad } from './machine-load.ts';
import { type ProcessorTime, perPiece, processorTime } from './processor-time.ts';
import { runPgbench, sameRowsScript } from './same-rows.ts';
import { hire } from './staff.ts';
import { Stores } from './stores.ts';

const CLIENTS = 16;
const ROUNDS = 3;
/** Work numbers of the clerks. */
const SEATS_FROM = 2001;

const APPEAL = {
  type: 'COMPLAINT',
  categoryCode: 'uncategorised',
  title: '青园路路灯不亮',
  content:
    '市民反映青园路与江海路路口向东约二百米，连续三盏路灯已有一周不亮，晚上行人和电动车较多，看不清路面坑洼，前天傍晚有老人在此摔倒，要求尽快维修并答复。',
  place: '青园路与江海路路口',
  citizenName: '王小明',
  citizenNumber: '13912345678',
} as const;

interface Posted {
  readonly perSecond: number;
  readonly tookMs: readonly number[];
  readonly failures: number;
  /** Milliseconds of processor time a ticket, by program: unlike the rate the same beside other work. */
  readonly cost: ProcessorTime;
}

async function costing(round: () => Promise<Omit<Posted, 'cost'>>, seconds: number): Promise<Posted> {
  const before = await processorTime();
  const posted = await round();
  return {
    ...posted,
    cost: perPiece(before, await processorTime(), Math.max(1, posted.perSecond * seconds)),
  };
}

async function post(posters: readonly Clerk[], seconds: number): Promise<Omit<Posted, 'cost'>> {
  const tookMs: number[] = [];
  let failures = 0;
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(
    posters.map(async (one) => {
      for (let at = performance.now(); at < end; at = performance.now()) {
        const status = await one.post().catch(() => null);
        if (status === 201) tookMs.push(performance.now() - at);
        else failures += 1;
      }
    }),
  );
  return { perSecond: tookMs.length / ((performance.now() - began) / 1000), tookMs, failures };
}

export const tickets: Benchmark = {
  name: 'tickets',
  work: `POST /v1/tickets under an Idempotency-Key: a ticket with its deadlines, time line and outbox, ${CLIENTS} clients`,
  beside: `pgbench writing the same rows to the same server, ${CLIENTS} clients, prepared: the limit`,
  goal: 'ratio >= 0.5, post_p99_ms <= 60, failures 0',
  async run({ quick, say }) {
    const seconds = quick ? 3 : 15;
    const stores = await Stores.open(say);
    try {
      const clerks = await hire(stores.databaseUrl, SEATS_FROM, CLIENTS);
      await stores.role('api');
      const { rows } = await stores.db.query<{ code: string }>(
        'select code from units order by code limit 1',
      );
      const unitCode = rows[0]?.code ?? '';
      const posters = clerks.map(
        ({ token }) => new Clerk(stores.apiUrl, '/v1/tickets', token, { ...APPEAL, unitCode }),
      );
      const [first] = posters;
      await until('the API', 30_000, async () =>
        (await first?.post().catch(() => null)) === 201 ? true : null,
      );
      const script = await sameRowsScript(stores);
      const taken = await inTurn<Posted>(
        [
          { name: 'product', round: () => costing(() => post(posters, seconds), seconds) },
          {
            name: 'pgbench',
            round: () => costing(() => runPgbench(stores, script, CLIENTS, seconds), seconds),
          },
        ],
        ROUNDS,
        say,
      );
      const rounds = (name: string): readonly Posted[] => taken.get(name) ?? [];
      const rate = (name: string): number => median(rounds(name).map(({ perSecond }) => perSecond));
      const cost = (program: string): number =>
        median(rounds('product').map((one) => one.cost.get(program) ?? 0));
      const took = rounds('product').flatMap(({ tookMs }) => tookMs);
      return {
        clients: CLIENTS,
        posted: took.length,
        product_per_s: rounded(rate('product')),
        pgbench_per_s: rounded(rate('pgbench')),
        ratio: rounded(rate('product') / rate('pgbench')),
        post_p50_ms: rounded(percentile(took, 0.5)),
        post_p99_ms: rounded(percentile(took, 0.99)),
        pgbench_p99_ms: rounded(
          percentile(
            rounds('pgbench').flatMap(({ tookMs }) => tookMs),
            0.99,
          ),
        ),
        failures: rounds('product').reduce((sum, one) => sum + one.failures, 0),
        api_ms: rounded(cost('api')),
        postgres_ms: rounded(cost('postgres')),
        load: machineLoad(),
      };
    } finally {
      await stores.close();
    }
  },
};
