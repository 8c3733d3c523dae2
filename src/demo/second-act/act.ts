import { maskedNumber } from '../../domain/privacy/masked.ts';
import type { AgentAtWork } from '../agent-at-work.ts';
import type { ApiClient, CallDetailSeen, CallSeen } from '../api-client.ts';
import type { DemoTarget, Say } from '../demo-target.ts';
import type { Phone } from '../phone/phone.ts';
import type { PhoneCall } from '../phone/phone-call.ts';
import { until } from '../poll.ts';
import { Citizen } from '../sipp/citizen.ts';

interface LiveCallSeen {
  readonly callerNumber: string;
  readonly state: string;
}

/** Longer than an overflow and a greeting together: a telephone that is silent till then never rings. */
const RINGS_WITHIN_MS = 45_000;
const HEARD_WITHIN_MS = 8_000;

/** A voice that can be told from the others. */
export const VOICES = { citizen: 440, agent: 1000, second: 1400, unit: 700 } as const;

export interface Ringing {
  readonly call: PhoneCall;
  /** null: a telephone outside the house. */
  readonly agent: AgentAtWork | null;
}

/** What a scene has to play with. A telephone that rings goes to whoever waits for it first, else it rings unanswered. */
export class Act {
  readonly agents: readonly AgentAtWork[];
  readonly #target: DemoTarget;
  readonly #lead: ApiClient;
  readonly #startedMs: number;
  readonly #say: Say;
  readonly #open: (() => Promise<unknown>)[];
  readonly #waiting: ((ringing: Ringing) => void)[] = [];

  constructor(
    target: DemoTarget,
    agents: readonly AgentAtWork[],
    outside: Phone,
    lead: ApiClient,
    startedMs: number,
    say: Say,
    open: (() => Promise<unknown>)[],
  ) {
    this.#target = target;
    this.agents = agents;
    this.#lead = lead;
    this.#startedMs = startedMs;
    this.#say = say;
    this.#open = open;
    outside.onCall = (call) => this.#rang({ call, agent: null });
    for (const agent of agents) agent.phone.onCall = (call) => this.#rang({ call, agent });
  }

  tell(text: string): void {
    this.#say(`  ${text}`);
  }

  agent(number: string): AgentAtWork {
    const found = this.agents.find((one) => one.number === number);
    if (found === undefined) throw new Error(`no agent ${number} in the demo`);
    return found;
  }

  /** Exactly these take calls; the others are busy with something else. */
  async onlyReady(...numbers: readonly string[]): Promise<void> {
    for (const agent of this.agents) {
      const state = (await agent.seen())?.state;
      if (state === 'WRAP_UP') await agent.next();
      if (numbers.includes(agent.number)) await agent.ready();
      else await agent.api.post('/v1/agents/me/not-ready', { reason: 'meeting' });
    }
  }

  async dial(dialled: string, number: string): Promise<Citizen> {
    const citizen = await Citizen.dial({
      sipp: this.#target.sipp,
      to: this.#target.sip,
      host: this.#target.host,
      dialled,
      number,
    });
    this.#open.push(() => citizen.dispose());
    this.tell(`市民 ${maskedNumber(number)} 拨打 ${dialled}`);
    await citizen.answered;
    await citizen.sound.untilSound(5_000);
    return citizen;
  }

  /** Until the citizen waits for an agent. */
  async waits(number: string): Promise<void> {
    await until('排队', 20_000, async () => {
      const { calls } = await this.#lead.get<{ calls: readonly LiveCallSeen[] }>('/v1/calls/live');
      const masked = maskedNumber(number);
      return calls.some((one) => one.callerNumber === masked && one.state === 'queued') ? true : null;
    });
  }

  /** The next telephone that rings. Ask before what makes it ring. */
  nextRing(): Promise<Ringing> {
    const rings = new Promise<Ringing>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('没有话机振铃')), RINGS_WITHIN_MS);
      this.#waiting.push((ringing) => {
        clearTimeout(timer);
        resolve(ringing);
      });
    });
    // Whoever fails before waiting for it leaves it alone.
    rings.catch(() => undefined);
    return rings;
  }

  /** As the database has it once the call is over. */
  async record(number: string): Promise<CallDetailSeen> {
    const call = await until('通话记录', 10_000, async () => {
      const { calls } = await this.#lead.get<{ calls: readonly CallSeen[] }>('/v1/calls?limit=100');
      const mine = calls.find(
        (one) => one.callerNumber === maskedNumber(number) && Date.parse(one.arrivedAt) >= this.#startedMs,
      );
      return mine ?? null;
    });
    return await until('通话结束记录', 10_000, async () => {
      const detail = await this.#lead.get<CallDetailSeen>(`/v1/calls/${call.id}`);
      return detail.endedAt === null ? null : detail;
    });
  }

  #rang(ringing: Ringing): void {
    ringing.call.ring();
    this.#waiting.shift()?.(ringing);
  }
}

/** Picks up and speaks. */
export async function answer({ call }: Ringing, voice: number): Promise<PhoneCall> {
  await call.answer();
  await call.connected;
  call.sound.speak(voice);
  return call;
}

/** Everybody hears everybody else. */
export async function allHear(
  ...ends: readonly (readonly [end: Pick<PhoneCall, 'sound'>, voice: number])[]
): Promise<void> {
  await Promise.all(
    ends.flatMap(([listener], at) =>
      ends.flatMap(([, voice], other) =>
        other === at ? [] : [listener.sound.untilHears(voice, HEARD_WITHIN_MS, ends.length - 1)],
      ),
    ),
  );
}
