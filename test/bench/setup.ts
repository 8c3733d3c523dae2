import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../src/adapters/pg/database.ts';
import { until } from '../../src/demo/poll.ts';
import { PEER_NUMBERS } from './bench-dialplan.ts';
import { type Benchmark, inTurn, median, percentile, rounded } from './benchmark.ts';
import { Hall } from './hall.ts';
import { GREETING_HZ } from './hall-services.ts';
import { machineLoad } from './machine-load.ts';
import { type AnsweredCall, SetupCaller } from './setup-caller.ts';

const GREETED_WITHIN_MS = 3_000;
/** As long as the greeting takes to be told by ear. */
const PEER_TALK_MS = 300;
const RESOLUTION_MS = 2;
const ROUNDS = 3;

interface Side {
  readonly name: string;
  readonly dialled: string;
  /** What the caller does between the answer and hanging up. */
  readonly talk: (call: AnsweredCall) => Promise<void>;
}

const SIDES: readonly Side[] = [
  {
    name: 'product',
    dialled: '12345',
    // A call that is answered and not greeted does not count.
    talk: (call) => call.sound.untilHears(GREETING_HZ, GREETED_WITHIN_MS),
  },
  { name: 'answer', dialled: PEER_NUMBERS.answer, talk: () => wait(PEER_TALK_MS) },
];

interface Placed {
  readonly setups: readonly number[];
  readonly failures: number;
}

/** One call after the other: what is measured is the way of a call, not how many there can be. */
async function place(caller: SetupCaller, side: Side, calls: number): Promise<Placed> {
  const setups: number[] = [];
  let failures = 0;
  for (let nth = 0; nth < calls; nth += 1) {
    try {
      const call = await caller.dial(side.dialled, `139${String(10_000_000 + nth)}`);
      setups.push(call.setupMs);
      await side.talk(call).finally(() => call.hangUp());
    } catch {
      failures += 1;
    }
  }
  return { setups, failures };
}

/** Calls to 12345 that were not looked up, greeted, recorded and written down. */
async function incomplete(hall: Hall, placed: number): Promise<number> {
  const db = openDatabase(hall.databaseUrl, { max: 1, onError: () => undefined });
  const stored = async (): Promise<number> => {
    const { rows } = await db.query<{ calls: number }>(
      `select count(*)::int as calls from calls c join recordings r on r.call_id = c.id
       where c.line = '12345' and c.ended_at is not null and r.state = 'stored' and r.duration_ms > 0`,
    );
    return rows[0]?.calls ?? 0;
  };
  try {
    await until('the calls in the books, with their recordings', 15_000, async () =>
      (await stored()) >= placed ? true : null,
    ).catch(() => null);
    return Math.max(0, placed - (await stored()));
  } finally {
    await db.close();
  }
}

export const setup: Benchmark = {
  name: 'setup',
  work: 'INVITE to 200 OK for a call to 12345 that is looked up, greeted and recorded',
  beside: "the same Asterisk's dialplan Answer(), on the same trunk",
  goal: 'added_p50_ms <= 15, added_p99_ms <= 50, failures 0',
  async run({ quick, say }) {
    const calls = quick ? 15 : 150;
    const hall = await Hall.open(say);
    const caller = await SetupCaller.open(hall.sip);
    const ownDelay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    try {
      hall.beginDelay();
      ownDelay.enable();
      const contenders = SIDES.map((side) => ({ name: side.name, round: () => place(caller, side, calls) }));
      const taken = await inTurn<Placed>(contenders, ROUNDS, say);
      ownDelay.disable();
      const rounds = (name: string): readonly Placed[] => taken.get(name) ?? [];
      const p50 = (name: string): number => median(rounds(name).map(({ setups }) => percentile(setups, 0.5)));
      const p99 = (name: string): number =>
        percentile(
          rounds(name).flatMap(({ setups }) => setups),
          0.99,
        );
      const failures = (name: string): number => rounds(name).reduce((sum, one) => sum + one.failures, 0);
      const notWhole = await incomplete(hall, calls * (ROUNDS + 1));
      const control = await hall.endDelay();
      return {
        calls: calls * ROUNDS,
        product_p50_ms: rounded(p50('product')),
        product_p99_ms: rounded(p99('product')),
        answer_p50_ms: rounded(p50('answer')),
        answer_p99_ms: rounded(p99('answer')),
        added_p50_ms: rounded(p50('product') - p50('answer')),
        added_p99_ms: rounded(p99('product') - p99('answer')),
        failures: Math.max(failures('product'), notWhole),
        answer_failures: failures('answer'),
        control_delay_p99_ms: rounded(control.p99),
        bench_delay_p99_ms: rounded(Math.max(0, ownDelay.percentile(99) / 1e6 - RESOLUTION_MS)),
        load: machineLoad(),
      };
    } finally {
      caller.close();
      await hall.close();
    }
  },
};
