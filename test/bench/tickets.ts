import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { until } from '../../src/demo/poll.ts';
import { type Benchmark, inTurn, median, percentile, rounded } from './benchmark.ts';
import { machineLoad } from './machine-load.ts';
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
}

/** One clerk's connection, kept open. */
function poster(apiUrl: string, token: string, unitCode: string): () => Promise<boolean> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(apiUrl);
  const body = JSON.stringify({ ...APPEAL, unitCode });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return () =>
    new Promise((resolve, reject) => {
      const asked = request(
        {
          agent,
          host: hostname,
          port,
          method: 'POST',
          path: '/v1/tickets',
          headers: { ...headers, 'idempotency-key': randomUUID() },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode === 201));
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
}

async function post(posters: readonly (() => Promise<boolean>)[], seconds: number): Promise<Posted> {
  const tookMs: number[] = [];
  let failures = 0;
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(
    posters.map(async (one) => {
      for (let at = performance.now(); at < end; at = performance.now()) {
        const done = await one().catch(() => false);
        if (done) tookMs.push(performance.now() - at);
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
      const posters = clerks.map(({ token }) => poster(stores.apiUrl, token, unitCode));
      const [first] = posters;
      await until('the API', 30_000, async () =>
        (await first?.().catch(() => false)) === true ? true : null,
      );
      const script = await sameRowsScript(stores);
      const taken = await inTurn<Posted>(
        [
          { name: 'product', round: () => post(posters, seconds) },
          { name: 'pgbench', round: () => runPgbench(stores, script, CLIENTS, seconds) },
        ],
        ROUNDS,
        say,
      );
      const rounds = (name: string): readonly Posted[] => taken.get(name) ?? [];
      const rate = (name: string): number => median(rounds(name).map(({ perSecond }) => perSecond));
      const took = rounds('product').flatMap(({ tookMs }) => tookMs);
      return {
        clients: CLIENTS,
        posted: took.length,
        product_per_s: rounded(rate('product')),
        pgbench_per_s: rounded(rate('pgbench')),
        ratio: rounded(rate('product') / rate('pgbench')),
        post_p50_ms: rounded(percentile(took, 0.5)),
        post_p99_ms: rounded(percentile(took, 0.99)),
        failures: rounds('product').reduce((sum, one) => sum + one.failures, 0),
        load: machineLoad(),
      };
    } finally {
      await stores.close();
    }
  },
};
