import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Phone } from '../../src/demo/phone/phone.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import { PEER_NUMBERS } from './bench-dialplan.ts';
import { type Benchmark, inTurn, median, percentile, rounded, seeded } from './benchmark.ts';
import { missingInBooks } from './books.ts';
import { Hall } from './hall.ts';
import { machineLoad } from './machine-load.ts';
import { formLine } from './waiting-line.ts';

const PRODUCT_NUMBER = '12345';
const AGENT = '1001';
/** The first round of each side only wakes it up. */
const WARM_UP_CALLERS = 3;
const LINE_FORMS_WITHIN_MS = 30_000;
/** A handoff that takes longer than this has not happened: the round ends, and who was not served is a failure. */
const HANDOFF_WITHIN_MS = 3_000;
const ROUND_SPARE_MS = 15_000;
const RESOLUTION_MS = 2;

interface Served {
  /** From the agent's BYE to the next INVITE at the agent, in ms, one for each handoff. */
  readonly gaps: readonly number[];
  readonly failures: number;
}

interface Side {
  readonly name: string;
  readonly dialled: string;
  readonly phone: Phone;
  /** Before each round: an agent who missed a call is not ready any more, and would not be called in the next ones. */
  readonly begin: () => Promise<unknown>;
  /** How many stand in line, beside the one whom the agent holds. */
  readonly waiting: () => Promise<number>;
}

/**
 * The agent takes every call at once and talks for as long as `talkMs` says, but keeps the first one until all the
 * others wait: from then on there is somebody for each moment at which the agent is free.
 */
class Worker {
  readonly gaps: number[] = [];
  failures = 0;
  served = 0;
  #leftAt: number | null = null;

  constructor(phone: Phone, lineStands: Promise<unknown>, talkMs: () => number) {
    phone.onCall = (call) => {
      const cameAt = performance.now();
      if (this.#leftAt !== null) this.gaps.push(cameAt - this.#leftAt);
      const held = this.served === 0 ? lineStands : wait(talkMs());
      this.#talk(call, held).catch(() => {
        this.failures += 1;
      });
    };
  }

  async #talk(call: PhoneCall, held: Promise<unknown>): Promise<void> {
    await call.answer();
    const cutShort = call.ended.then((how) => {
      throw new Error(`the call ended: ${how}`);
    });
    await Promise.race([Promise.all([call.connected, held]), cutShort]);
    cutShort.catch(() => undefined);
    this.served += 1;
    // What is sent in `hangUp` goes out before anything else can happen in this process.
    this.#leftAt = performance.now();
    await call.hangUp();
  }
}

async function serveLine(
  hall: Hall,
  side: Side,
  callers: number,
  { talkMs, longestMs }: { readonly talkMs: () => number; readonly longestMs: number },
): Promise<Served> {
  let stands: () => void = () => undefined;
  const lineStands = new Promise<void>((resolve) => {
    stands = resolve;
  });
  await side.begin();
  const worker = new Worker(side.phone, lineStands, talkMs);
  const line = await formLine({ sipp: hall.tools.sipp, to: hall.sip, dialled: side.dialled, callers });
  const tooLong = setTimeout(
    () => line.disperse(),
    ROUND_SPARE_MS + callers * (longestMs + HANDOFF_WITHIN_MS),
  );
  try {
    await until(`${callers} callers in line (${side.name})`, LINE_FORMS_WITHIN_MS, async () =>
      (await side.waiting()) >= callers - 1 ? true : null,
    );
    stands();
    const code = await line.over;
    const unserved = callers - worker.served;
    return { gaps: worker.gaps, failures: worker.failures + unserved + (code === 0 ? 0 : 1) };
  } finally {
    clearTimeout(tooLong);
    line.disperse();
    side.phone.onCall = (call) => call.reject();
  }
}

export const handoff: Benchmark = {
  name: 'handoff',
  work: 'one agent, 40 waiting callers, talk of 0.5-2.5 s: from the agent hanging up to the next call at the phone',
  beside: 'app_queue in the same Asterisk (autofill=yes, ringinuse=no, retry=1, wrapuptime=0), not recording',
  goal: 'ratio_p50 >= 50, product_p99_ms <= 40, failures 0',
  async run({ quick, say }) {
    const callers = quick ? 8 : 40;
    const [least, most] = quick ? [300, 800] : [500, 2_500];
    const hall = await Hall.open(say);
    const ownDelay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    try {
      const [agent, peerPhone] = await Promise.all([hall.agent(AGENT), hall.peerPhone()]);
      const sides: readonly Side[] = [
        {
          name: 'product',
          dialled: PRODUCT_NUMBER,
          phone: agent.phone,
          begin: () => agent.ready(),
          waiting: () => hall.callersWho('queued'),
        },
        {
          name: 'app_queue',
          dialled: PEER_NUMBERS.queue,
          phone: peerPhone,
          begin: () => Promise.resolve(),
          waiting: async () => (await hall.switch.callersIn('Queue')) - 1,
        },
      ];
      let productCalls = 0;
      const contender = (side: Side) => {
        // Both sides hear the same conversations.
        const random = seeded(12345);
        let warm = false;
        return {
          name: side.name,
          round: () => {
            const many = warm ? callers : WARM_UP_CALLERS;
            warm = true;
            if (side.phone === agent.phone) productCalls += many;
            const talk = { talkMs: () => least + random() * (most - least), longestMs: most };
            return serveLine(hall, side, many, talk);
          },
        };
      };
      hall.beginDelay();
      ownDelay.enable();
      const taken = await inTurn<Served>(sides.map(contender), 3, say);
      ownDelay.disable();
      const rounds = (name: string): readonly Served[] => taken.get(name) ?? [];
      const p50 = (name: string): number => median(rounds(name).map(({ gaps }) => percentile(gaps, 0.5)));
      const p99 = (name: string): number =>
        percentile(
          rounds(name).flatMap(({ gaps }) => gaps),
          0.99,
        );
      const failures = (name: string): number => rounds(name).reduce((sum, one) => sum + one.failures, 0);
      const missing = await missingInBooks(hall.databaseUrl, productCalls);
      await agent.leave();
      await peerPhone.close();
      const control = await hall.endDelay();
      return {
        callers,
        handoffs: rounds('product').flatMap(({ gaps }) => gaps).length,
        product_p50_ms: rounded(p50('product')),
        product_p99_ms: rounded(p99('product')),
        app_queue_p50_ms: rounded(p50('app_queue')),
        app_queue_p99_ms: rounded(p99('app_queue')),
        ratio_p50: rounded(p50('app_queue') / p50('product')),
        failures: failures('product') + missing,
        app_queue_failures: failures('app_queue'),
        control_delay_p99_ms: rounded(control.p99),
        bench_delay_p99_ms: rounded(Math.max(0, ownDelay.percentile(99) / 1e6 - RESOLUTION_MS)),
        load: machineLoad(),
      };
    } finally {
      await hall.close();
    }
  },
};
