import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../src/demo/poll.ts';
import { AgentBank } from './agent-bank.ts';
import { PEER_NUMBERS } from './bench-dialplan.ts';
import { type Benchmark, type Figures, median, percentile, rounded } from './benchmark.ts';
import { Hall } from './hall.ts';
import { machineLoad } from './machine-load.ts';
import { type ProcessorTime, perPiece, processorTime } from './processor-time.ts';
import type { Hired } from './staff.ts';
import { formLine, type WaitingLine } from './waiting-line.ts';

const SEATS = 200;
const HELD = { quick: 120, full: 520 } as const;
const HELD_PER_S = 40;
const TALK_MS = 1_500;
const SETUP_P99_MS = 300;
/** After the last call of a step: the greeting, the talk, and time to spare for who waits. */
const DRAIN_MS = 12_000;
const RESOLUTION_MS = 2;
const COST_AT_CPS = 10;
const LADDER = { quick: [10, 20], full: [5, 10, 15, 20, 30, 40, 50, 60, 75, 90, 100, 110, 120] } as const;
const STEP_S = { quick: 3, full: 8 } as const;

interface Step {
  readonly failed: number;
  readonly p99: number;
  /** What the programs worked for one call, in ms. */
  readonly work: ProcessorTime;
}
interface Side {
  readonly name: 'product' | 'app_queue';
  readonly dialled: string;
  readonly bank: AgentBank;
}

interface Best {
  readonly cps: number;
  readonly p99: number;
  readonly work: ProcessorTime;
}
type Climbed = ReadonlyMap<Side['name'], Best>;

const passed = ({ failed, p99 }: Step): boolean => failed === 0 && p99 <= SETUP_P99_MS;

/** Whoever is still there would load the next step. */
function sendHome(hall: Hall, line: WaitingLine): void {
  line.stop();
  hall.switch.clear().catch(() => line.disperse());
}

/** Calls at one rate through greeting, queue and an agent, until all are over. */
async function climb(hall: Hall, { dialled, bank }: Side, rate: number, seconds: number): Promise<Step> {
  const callers = rate * seconds;
  const before = bank.served;
  const workedBefore = await processorTime();
  const line = await formLine({ sipp: hall.tools.sipp, to: hall.sip, dialled, callers, perSecond: rate });
  const tooLong = setTimeout(() => sendHome(hall, line), seconds * 1_000 + DRAIN_MS);
  const code = await line.over;
  clearTimeout(tooLong);
  const setups = await line.setups;
  const failed = callers - Math.min(setups.length, bank.served - before);
  const work = perPiece(workedBefore, await processorTime(), callers);
  return { failed: failed === 0 && code !== 0 ? 1 : failed, p99: percentile(setups, 0.99), work };
}

/** Both sides step by step, in turn, each until it has failed twice at one rate; the last rate that went well. */
async function ladder(
  hall: Hall,
  sides: readonly Side[],
  rates: readonly number[],
  seconds: number,
  say: (text: string) => void,
): Promise<Climbed> {
  const best = new Map<Side['name'], Best>(
    sides.map(({ name }) => [name, { cps: 0, p99: Number.NaN, work: new Map() }]),
  );
  const climbing = new Set(sides);
  for (const rate of rates) {
    for (const side of climbing) {
      let step = await climb(hall, side, rate, seconds);
      // Once may be the machine's other work.
      if (!passed(step)) step = await climb(hall, side, rate, seconds);
      say(`  ${side.name} ${rate}/s: failed ${step.failed}, setup p99 ${rounded(step.p99)} ms`);
      // What a call costs is compared where both are sure to be well.
      const work = rate === COST_AT_CPS ? step.work : (best.get(side.name)?.work ?? new Map());
      if (passed(step)) best.set(side.name, { cps: rate, p99: step.p99, work });
      else climbing.delete(side);
    }
  }
  return best;
}

/** Nobody is ready: all of them wait, greeted and recorded, at once; then they are served. */
async function hold(
  hall: Hall,
  bank: AgentBank,
  { callers, perSecond }: { readonly callers: number; readonly perSecond: number },
  begin: () => Promise<void>,
): Promise<number> {
  const line = await formLine({
    sipp: hall.tools.sipp,
    to: hall.sip,
    dialled: '12345',
    callers,
    perSecond,
  });
  const lineFormsMs = (callers / perSecond) * 1_000 + DRAIN_MS;
  const tooLong = setTimeout(() => sendHome(hall, line), lineFormsMs + 3 * DRAIN_MS);
  let held = 0;
  try {
    await until(`${callers} calls at once`, lineFormsMs, async () => {
      held = Math.max(held, await hall.callersWho('queued'));
      return held >= callers ? true : null;
    }).catch(() => null);
    const before = bank.served;
    await begin();
    const code = await line.over;
    return code === 0 && bank.served - before >= callers ? held : Math.min(held, bank.served - before);
  } finally {
    clearTimeout(tooLong);
    line.disperse();
  }
}

/** Also anew before each part: a registration lasts ten minutes, all of it longer. */
async function seat(bank: AgentBank, hired: readonly Hired[]): Promise<void> {
  for (const { phone } of hired) {
    await until(`${phone.name} registered`, 20_000, () =>
      bank.register(phone).then(
        () => true,
        () => null,
      ),
    );
  }
}

const BODIES = { 'sign-in': { heartbeat: 'none' }, ready: undefined, 'not-ready': { reason: 'rest' } };

async function atWork(hall: Hall, hired: readonly Hired[], action: keyof typeof BODIES): Promise<void> {
  const body = BODIES[action];
  const one = (token: string): Promise<true> =>
    until(`an agent ${action}`, 30_000, async () => ((await hall.ask(token, action, body)) ? true : null));
  for (let from = 0; from < hired.length; from += 10) {
    await Promise.all(hired.slice(from, from + 10).map(({ token }) => one(token)));
  }
}

/** Of one program, or of all together, in ms. */
function costOf(work: ProcessorTime, program: string | null): number {
  if (program !== null) return work.get(program) ?? 0;
  return [...work.values()].reduce((sum, ms) => sum + ms, 0);
}

export const load: Benchmark = {
  name: 'load',
  work: 'calls at a rising rate through greeting, queue and 200 SIP agents, each recorded; 520 (quick: 120) that wait at once',
  beside:
    'the same Asterisk: dialplan greeting, MixMonitor, app_queue with 200 members on the same kind of phone',
  goal: 'ratio >= 1.0 (product_cps / app_queue_cps, each with 0 failed and setup p99 <= 300 ms), held >= 500',
  async run({ quick, say }): Promise<Figures> {
    const hall = await Hall.open(say, { seats: SEATS, callsAtMost: 1_000, rtpPorts: 4_000 });
    const [bank, peers] = [await AgentBank.open(hall.sip), await AgentBank.open(hall.sip)];
    const ownDelay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    try {
      bank.talkMs = TALK_MS;
      peers.talkMs = TALK_MS;
      await seat(bank, hall.seats);
      await seat(peers, hall.peerSeats);
      await atWork(hall, hall.seats, 'sign-in');
      say(`  ${SEATS} agents a side are registered`);
      await atWork(hall, hall.seats, 'ready');
      hall.beginDelay();
      ownDelay.enable();
      const sides: readonly Side[] = [
        { name: 'product', dialled: '12345', bank },
        { name: 'app_queue', dialled: PEER_NUMBERS.load, bank: peers },
      ];
      const taken: Climbed[] = [];
      const [rates, seconds] = quick ? [LADDER.quick, STEP_S.quick] : [LADDER.full, STEP_S.full];
      for (let round = 0; round < (quick ? 1 : 3); round += 1) {
        if (round > 0) await Promise.all([seat(bank, hall.seats), seat(peers, hall.peerSeats)]);
        taken.push(await ladder(hall, sides, rates, seconds, say));
        await wait(500);
      }
      const best = median(taken.map((one) => one.get('product')?.cps ?? 0));
      // Not faster than it can take them: how many there can be at once is another question than how fast they come.
      const callers = quick ? HELD.quick : HELD.full;
      const perSecond = Math.max(1, Math.min(HELD_PER_S, best));
      await seat(bank, hall.seats);
      await atWork(hall, hall.seats, 'not-ready');
      const held = await hold(hall, bank, { callers, perSecond }, () => atWork(hall, hall.seats, 'ready'));
      say(`  held ${held} at once`);
      ownDelay.disable();
      const cps = (name: Side['name']): number => median(taken.map((one) => one.get(name)?.cps ?? 0));
      const p99 = (name: Side['name']): number =>
        median(taken.map((one) => one.get(name)?.p99 ?? Number.NaN));
      const cost = (name: Side['name'], program: string | null): number =>
        median(taken.map((one) => costOf(one.get(name)?.work ?? new Map(), program)));
      const control = await hall.endDelay();
      return {
        product_cps: cps('product'),
        app_queue_cps: cps('app_queue'),
        ratio: rounded(cps('product') / cps('app_queue')),
        held,
        held_asked: callers,
        product_setup_p99_ms: rounded(p99('product')),
        app_queue_setup_p99_ms: rounded(p99('app_queue')),
        rates_at_most: Math.max(...rates),
        product_work_ms_per_call: rounded(cost('product', null)),
        app_queue_work_ms_per_call: rounded(cost('app_queue', null)),
        product_asterisk_ms_per_call: rounded(cost('product', 'asterisk')),
        product_control_ms_per_call: rounded(cost('product', 'call-control')),
        control_delay_p99_ms: rounded(control.p99),
        bench_delay_p99_ms: rounded(Math.max(0, ownDelay.percentile(99) / 1e6 - RESOLUTION_MS)),
        load: machineLoad(),
      };
    } finally {
      bank.close();
      peers.close();
      await hall.close();
    }
  },
};
