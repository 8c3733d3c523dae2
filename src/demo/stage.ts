import { setTimeout as wait } from 'node:timers/promises';
import { maskedNumber } from '../domain/privacy/masked.ts';
import type { AgentAtWork } from './agent-at-work.ts';
import {
  type ApiClient,
  ApiRefusal,
  type CallDetailSeen,
  type CallSeen,
  type TicketSeen,
} from './api-client.ts';
import type { DemoTarget, Say } from './demo-target.ts';
import type { Phone } from './phone/phone.ts';
import type { PhoneCall } from './phone/phone-call.ts';
import { until } from './poll.ts';
import { type Closing, DEMO_CALLS, type DemoCall } from './script.ts';
import { Citizen } from './sipp/citizen.ts';
import { playUnattended } from './unattended.ts';
import type { DemoRow } from './verdict.ts';

const TONES = { citizen: 440, answer: 1000 } as const;
const TALK_MS = 1_500;
/** Greeting, queue, talk, good-bye: longer than this and the call hangs somewhere. */
const CALL_MS = 60_000;
const ATTENDED = ['answeredByAgent', 'answeredByUnit', 'answeredByCentre'] as const;
const isAttended = ({ expect }: DemoCall): boolean => ATTENDED.some((one) => one === expect.result);

/** Brings citizens, agents and units together: who calls is recognised by the number that the telephone shows. */
export class Stage {
  readonly #target: DemoTarget;
  readonly #lead: ApiClient;
  readonly #startedMs: number;
  readonly #say: Say;
  readonly #open: (() => Promise<unknown>)[];
  /** Waiting for a telephone to take the call of this citizen. */
  readonly #expected = new Map<string, (call: PhoneCall, agent: AgentAtWork | null) => void>();

  constructor(
    target: DemoTarget,
    agents: readonly AgentAtWork[],
    units: Phone,
    lead: ApiClient,
    startedMs: number,
    say: Say,
    open: (() => Promise<unknown>)[],
  ) {
    this.#target = target;
    this.#lead = lead;
    this.#startedMs = startedMs;
    this.#say = say;
    this.#open = open;
    units.onCall = (call) => {
      const script = DEMO_CALLS.find((one) => one.citizen === call.from);
      if (script?.unit === 'answers') this.#expected.get(call.from)?.(call, null);
      else call.reject(486);
    };
    for (const agent of agents) agent.phone.onCall = (call) => this.#expected.get(call.from)?.(call, agent);
  }

  async play(script: DemoCall): Promise<DemoRow> {
    const tell = (text: string): void => this.#say(`  ${script.label} ${script.dialled}  ${text}`);
    const trouble: string[] = [];
    let tookBy: string | null = null;
    try {
      const taken = isAttended(script) ? this.#taken(script) : null;
      const citizen = await Citizen.dial({
        sipp: this.#target.sipp,
        to: this.#target.sip,
        host: this.#target.host,
        dialled: script.dialled,
        number: script.citizen,
        headers: script.headers,
      });
      this.#open.push(() => citizen.dispose());
      tell(`市民 ${maskedNumber(script.citizen)} 拨出`);
      await citizen.answered;
      await citizen.sound.untilSound(5_000);
      tell('已应答，市民听到问候语');
      if (script.keys !== '') {
        await citizen.sound.press(script.keys);
        tell(`市民按 ${script.keys}`);
      }
      const { call, agent } = (await taken) ?? { call: null, agent: null };
      tookBy = agent?.number ?? null;
      if (call === null) await playUnattended(script, citizen, tell);
      else await this.#talk(script, citizen, call, agent, tell);
      const end = await citizen.ended;
      if (end.code !== 0) trouble.push(`SIPp 以 ${end.code} 结束（${end.by}）`);
      if (script.closing !== null) tell(await this.#close(script, script.closing, agent));
    } catch (error) {
      trouble.push(error instanceof Error ? error.message : String(error));
      tell(`出错：${trouble.at(-1)}`);
    } finally {
      this.#expected.delete(script.citizen);
    }
    const found = await this.#read(script).catch((error: unknown) => {
      trouble.push(error instanceof Error ? error.message : String(error));
      return null;
    });
    const ticket =
      found?.ticketId == null ? null : await this.#lead.get<TicketSeen>(`/v1/tickets/${found.ticketId}`);
    return { call: script, found, ticket, tookBy, trouble };
  }

  #taken(script: DemoCall): Promise<{ call: PhoneCall; agent: AgentAtWork | null }> {
    const taken = new Promise<{ call: PhoneCall; agent: AgentAtWork | null }>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('没有话机振铃')), CALL_MS);
      this.#expected.set(script.citizen, (call, agent) => {
        clearTimeout(timer);
        call.ring();
        resolve({ call, agent });
      });
    });
    // Whoever fails before waiting for it leaves it alone.
    taken.catch(() => undefined);
    return taken;
  }

  async #talk(
    script: DemoCall,
    citizen: Citizen,
    call: PhoneCall,
    agent: AgentAtWork | null,
    tell: Say,
  ): Promise<void> {
    const outside = script.expect.result === 'answeredByCentre' ? '分中心' : '承办单位';
    const who = agent === null ? outside : `话务员 ${agent.number}`;
    tell(`${who} 的话机振铃，显示“${call.displayName}”`);
    await wait(400);
    await call.answer();
    await call.connected;
    call.sound.speak(TONES.answer);
    citizen.sound.speak(TONES.citizen);
    await Promise.all([
      call.sound.untilHears(TONES.citizen, 8_000),
      citizen.sound.untilHears(TONES.answer, 8_000),
    ]);
    tell(`${who} 接听，双方都听得见对方`);
    await wait(TALK_MS);
    if (script.hangsUp === 'citizen') citizen.hangUp();
    else await call.hangUp();
    await call.ended;
    tell(script.hangsUp === 'citizen' ? '市民挂机' : `${who} 挂机，市民听到道别语`);
  }

  /** Says what became of the call: the agent who took it, or the lead for one that no agent had. */
  async #close(script: DemoCall, closing: Closing, agent: AgentAtWork | null): Promise<string> {
    const api = agent?.api ?? this.#lead;
    const callId = agent === null ? (await this.#find(script)).id : await this.#callOf(agent);
    const told = await until('登记去向', 10_000, async () => {
      try {
        if (closing.kind === 'onSpot') {
          const { type, categoryCode } = closing;
          await api.post(`/v1/calls/${callId}/outcome`, { outcome: 'answeredOnSpot', type, categoryCode });
          return '当场解答，已登记';
        }
        const { kind: _kind, workingDays: _days, ...appeal } = closing;
        const ticket = await api.post<{ number: string }>('/v1/tickets', { ...appeal, callId });
        return `开出工单 ${ticket.number}`;
      } catch (error) {
        // The call's facts are on their way into the database: they follow the call, they do not hold it up.
        if (
          error instanceof ApiRefusal &&
          ['call.notYetWritten', 'call.unknown', 'call.notAnswered', 'call.notYours'].includes(error.code)
        )
          return null;
        throw error;
      }
    });
    await agent?.next();
    return told;
  }

  async #callOf(agent: AgentAtWork): Promise<string> {
    const { callId } = await agent.untilState('WRAP_UP', 10_000);
    if (callId === null) throw new Error(`${agent.number} 在整理，但不知是哪个电话`);
    return callId;
  }

  async #find(script: DemoCall): Promise<CallSeen> {
    return await until('通话记录', 10_000, async () => {
      const { calls } = await this.#lead.get<{ calls: readonly CallSeen[] }>('/v1/calls?limit=100');
      const mine = calls.find(
        (one) =>
          one.callerNumber === maskedNumber(script.citizen) && Date.parse(one.arrivedAt) >= this.#startedMs,
      );
      return mine ?? null;
    });
  }

  /** As the database has it once the call is over. */
  async #read(script: DemoCall): Promise<CallDetailSeen> {
    const { id } = await this.#find(script);
    return await until('通话结束记录', 10_000, async () => {
      const detail = await this.#lead.get<CallDetailSeen>(`/v1/calls/${id}`);
      const closed = detail.outcome !== null || script.closing === null;
      return detail.endedAt !== null && closed ? detail : null;
    });
  }
}
