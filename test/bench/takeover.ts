import { setTimeout as wait } from 'node:timers/promises';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import { type Benchmark, median, rounded } from './benchmark.ts';
import { arrivals, missingInBooks } from './books.ts';
import type { ControlPair } from './control-pair.ts';
import { Hall } from './hall.ts';
import { machineLoad } from './machine-load.ts';
import { formLine } from './waiting-line.ts';

const TALKING = 50;
const WAITING = 20;
const FORMS_WITHIN_MS = 60_000;
const CONTROLLED_WITHIN_MS = 30_000;
/** The supervisor's pause before it starts a process that fell for the first time, in the middle. */
const RESTART_AFTER_MS = 500;

type Fault = 'killed' | 'frozen' | 'alone';

interface Round {
  /** From the blow to the next citizen's ringing at the agent who hung up right after it. */
  readonly controlledMs: number;
  readonly lost: number;
  readonly inOrder: boolean;
}

const FAULTS: Readonly<Record<Fault, string>> = {
  killed: 'kill -9 of the active one of two',
  frozen: 'SIGSTOP of the active one of two',
  alone: 'kill -9 of the only one, started again as the supervisor does',
};

/** Who talks and who is offered, as the telephones see it: call control itself is not asked. */
class Floor {
  readonly rang: string[] = [];
  readonly talks = new Map<AgentAtWork, PhoneCall>();
  /** Talks that ended though nobody of us hung up. */
  cutOff = 0;
  #parting = false;
  #onRing: (agent: AgentAtWork) => void = () => undefined;

  constructor(agents: readonly AgentAtWork[]) {
    for (const agent of agents) {
      agent.phone.onCall = (call) => {
        this.rang.push(call.from);
        this.#onRing(agent);
        void this.#talk(agent, call);
      };
    }
  }

  async #talk(agent: AgentAtWork, call: PhoneCall): Promise<void> {
    await call.answer();
    await call.connected;
    this.talks.set(agent, call);
    const how = await call.ended;
    if (how !== 'byUs' && !this.#parting) this.cutOff += 1;
  }

  /** The agent hangs up; resolves when his telephone rings again. */
  async next(agent: AgentAtWork): Promise<void> {
    const rings = new Promise<void>((resolve) => {
      this.#onRing = (rung) => {
        if (rung === agent) resolve();
      };
    });
    const call = this.talks.get(agent);
    this.talks.delete(agent);
    await call?.hangUp();
    const late = new AbortController();
    const tooLate = wait(CONTROLLED_WITHIN_MS, 'late', { signal: late.signal }).catch(() => 'in time');
    if ((await Promise.race([rings, tooLate])) === 'late') throw new Error('nobody was offered any more');
    late.abort();
  }

  /** Both hear each other: an agent who hangs up before that has missed the call. */
  async untilTalk(hall: Hall, agent: AgentAtWork): Promise<void> {
    await until('the talk', FORMS_WITHIN_MS, async () => {
      const from = this.talks.get(agent)?.from;
      return from !== undefined && (await hall.stateOf(from)) === 'talking' ? true : null;
    });
  }

  async part(): Promise<void> {
    this.#parting = true;
    await Promise.all([...this.talks.values()].map((call) => call.hangUp()));
    this.talks.clear();
  }
}

async function round(
  hall: Hall,
  pair: ControlPair,
  agents: readonly AgentAtWork[],
  fault: Fault,
): Promise<Round> {
  await (fault === 'alone' ? pair.alone() : pair.complete());
  await Promise.all(agents.map((agent) => agent.ready(30_000)));
  const floor = new Floor(agents);
  const beganAt = Date.now();
  const callers = TALKING + WAITING;
  const line = await formLine({ sipp: hall.tools.sipp, to: hall.sip, dialled: '12345', callers });
  try {
    await until('everybody talks or waits', FORMS_WITHIN_MS, async () =>
      floor.talks.size === TALKING && (await hall.callersWho('queued')) === WAITING ? true : null,
    );
    const [one] = floor.talks.keys();
    if (one === undefined) throw new Error('nobody talks');
    const struckAt = performance.now();
    pair.strike(fault === 'frozen' ? 'SIGSTOP' : 'SIGKILL');
    const restarted = fault === 'alone' ? wait(RESTART_AFTER_MS).then(() => pair.restart()) : null;
    await floor.next(one);
    const controlledMs = performance.now() - struckAt;
    await restarted;
    if (fault !== 'alone') await pair.succeeded();
    await floor.untilTalk(hall, one);
    while (floor.rang.length < callers) {
      await floor.next(one);
      await floor.untilTalk(hall, one);
    }
    const lostBefore = floor.cutOff;
    await floor.part();
    const code = await line.over;
    // By when each came into the queue, as call control told it; who came in one millisecond came together.
    const cameAt = await arrivals(hall.databaseUrl, { since: beganAt, calls: callers });
    const inOrder = floor.rang
      .slice(TALKING)
      .map((from) => cameAt.get(from) ?? Number.NaN)
      .every((at, nth, all) => nth === 0 || at >= (all[nth - 1] ?? 0));
    return { controlledMs, lost: lostBefore + (code === 0 ? 0 : 1), inOrder };
  } finally {
    line.disperse();
  }
}

export const takeover: Benchmark = {
  name: 'takeover',
  work: `${TALKING} talk and ${WAITING} wait when call control dies; an agent hangs up right after: how long until the next citizen rings`,
  beside: 'the same with the active one frozen, and with one process that is only started again',
  goal: 'calls_lost 0, order_kept true, controlled_again_ms <= 3000',
  async run({ quick, say }) {
    const faults: readonly Fault[] = quick
      ? ['killed']
      : ['killed', 'frozen', 'alone', 'killed', 'frozen', 'alone', 'killed', 'frozen', 'alone'];
    const hall = await Hall.open(say);
    try {
      const agents = await hall.engage(TALKING);
      say(`  ${agents.length} agents at work`);
      const rounds: (Round & { readonly fault: Fault })[] = [];
      for (const fault of faults) {
        const done = await round(hall, hall.controls, agents, fault);
        say(`  ${FAULTS[fault]}: controlled again after ${Math.round(done.controlledMs)} ms`);
        rounds.push({ ...done, fault });
      }
      const figure = (fault: Fault): number =>
        rounded(median(rounds.filter((one) => one.fault === fault).map(({ controlledMs }) => controlledMs)));
      await Promise.all(agents.map((agent) => agent.leave()));
      const missing = await missingInBooks(hall.databaseUrl, rounds.length * (TALKING + WAITING));
      return {
        talking: TALKING,
        waiting: WAITING,
        rounds: rounds.length,
        calls_lost: rounds.reduce((sum, { lost }) => sum + lost, 0) + missing,
        order_kept: rounds.every(({ inOrder }) => inOrder),
        controlled_again_ms: figure('killed'),
        ...(quick ? {} : { frozen_ms: figure('frozen'), restarted_alone_ms: figure('alone') }),
        load: machineLoad(),
      };
    } finally {
      await hall.close();
    }
  },
};
