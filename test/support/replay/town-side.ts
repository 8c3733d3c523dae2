import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import type { AgentAtWork } from '../../../src/demo/agent-at-work.ts';
import { ApiRefusal } from '../../../src/demo/api-client.ts';
import type { Phone } from '../../../src/demo/phone/phone.ts';
import type { PhoneCall } from '../../../src/demo/phone/phone-call.ts';
import { until } from '../../../src/demo/poll.ts';
import type { Citizen } from '../../../src/demo/sipp/citizen.ts';
import { maskedNumber } from '../../../src/domain/privacy/masked.ts';
import { ANSWER_HZ, CITIZEN_HZ, type Town } from '../town.ts';
import type { Act, Ask, ReplayedWish, World } from './acts.ts';
import { BRIDGE_BODY } from './on-call.ts';
import { pictureOf } from './picture.ts';

const PATHS = {
  ready: 'ready',
  signOut: 'sign-out',
  endWrapUp: 'end-wrap-up',
  releaseCall: 'release-call',
} as const;
const WITHIN_MS = 10_000;

/** The town of real telephones: what is done there is done by SIP and over the API. */
export class RealTown implements World {
  readonly #town: Town;
  readonly #team: ReadonlyMap<string, AgentAtWork>;
  /** All telephones that are reached through the trunk. */
  readonly #carrier: Phone;
  readonly #citizens = new Map<string, Citizen>();

  constructor(town: Town, team: readonly AgentAtWork[], carrier: Phone) {
    this.#town = town;
    this.#team = new Map(team.map((agent) => [agent.number, agent]));
    this.#carrier = carrier;
  }

  async picture(): Promise<readonly string[]> {
    const [{ agents }, calls] = await Promise.all([
      this.#town.lead.get<{ agents: readonly AgentView[] }>('/v1/agents'),
      this.#calls(),
    ]);
    return pictureOf(agents, calls, [...this.#team.keys()]);
  }

  async act(act: Act): Promise<string> {
    switch (act.do) {
      case 'dial': {
        const citizen = await this.#town.citizen({ dialled: act.dialled, number: act.citizen });
        this.#citizens.set(act.citizen, citizen);
        await citizen.answered;
        citizen.sound.speak(CITIZEN_HZ);
        return '';
      }
      case 'hangUp':
        this.#citizen(act.citizen).hangUp();
        return '';
      case 'press': {
        const called = this.#lifted(this.#carrier, act.citizen);
        await (called?.sound ?? this.#citizen(act.citizen).sound).press(act.key);
        return '';
      }
      case 'callMeBack':
        await this.#asksToBeCalled(this.#citizen(act.citizen));
        return '';
      case 'answer': {
        const call = await this.#ringing(act.telephone);
        await call.answer();
        await call.connected;
        call.sound.speak(this.#team.has(act.telephone) ? ANSWER_HZ : CITIZEN_HZ);
        return '';
      }
      case 'reject':
        (await this.#ringing(act.telephone)).reject(486);
        return '';
      case 'letRing':
        await (await this.#ringing(act.telephone)).ended;
        return '';
      case 'putDown': {
        const call = this.#lifted(this.#phoneOf(act.telephone), act.telephone);
        if (call === null) throw new Error(`${act.telephone} is in no call`);
        await call.hangUp();
        return '';
      }
      case 'confirm': {
        const called = this.#lifted(this.#carrier, act.telephone);
        if (called === null) throw new Error(`${act.telephone} is in no call`);
        await called.sound.press('1');
        return '';
      }
      case 'ask':
        return await this.#ask(this.#agent(act.agent), act.asked);
      case 'restart':
        await this.#town.callControl.kill();
        await this.#town.callControl.start();
        await this.#town.untilAnswering();
        return '';
      case 'cancelCallbacks': {
        const { callbacks } = await this.#town.lead.get<{ callbacks: readonly { readonly id: string }[] }>(
          '/v1/callbacks?only=open',
        );
        for (const { id } of callbacks) {
          await this.#town.lead.post(`/v1/callbacks/${id}/cancel`, { reason: '演练结束' });
        }
        return '';
      }
      default:
        return act satisfies never;
    }
  }

  async #calls(): Promise<readonly CallView[]> {
    return (await this.#town.lead.get<{ calls: readonly CallView[] }>('/v1/calls/live')).calls;
  }

  #citizen(number: string): Citizen {
    const citizen = this.#citizens.get(number);
    if (citizen === undefined) throw new Error(`${number} never rang in`);
    return citizen;
  }

  #agent(number: string): AgentAtWork {
    const agent = this.#team.get(number);
    if (agent === undefined) throw new Error(`${number} is not at work`);
    return agent;
  }

  #phoneOf(telephone: string): Phone {
    return this.#team.get(telephone)?.phone ?? this.#carrier;
  }

  #ofTelephone(telephone: string): readonly PhoneCall[] {
    const { calls } = this.#phoneOf(telephone);
    return this.#team.has(telephone) ? calls : calls.filter(({ dialled }) => dialled === telephone);
  }

  #ringing(telephone: string): Promise<PhoneCall> {
    return until(
      `${telephone} to ring`,
      WITHIN_MS,
      () => this.#ofTelephone(telephone).find(({ state }) => state === 'new' || state === 'ringing') ?? null,
      20,
    );
  }

  #lifted(phone: Phone, telephone: string): PhoneCall | null {
    const isHis = ({ dialled }: PhoneCall): boolean => phone !== this.#carrier || dialled === telephone;
    return phone.calls.find((call) => call.state === 'talking' && isHis(call)) ?? null;
  }

  /** Pressed until it is understood: the key counts from the first offer on. */
  async #asksToBeCalled(citizen: Citizen): Promise<void> {
    let isOver = false;
    citizen.ended.then(() => (isOver = true)).catch(() => undefined);
    await until(
      'a callback promised',
      20_000,
      async () => {
        if (!isOver) await citizen.sound.press('1');
        return isOver ? true : null;
      },
      700,
    );
  }

  async #ask(agent: AgentAtWork, asked: Ask): Promise<string> {
    try {
      await this.#send(agent, asked);
      return 'ok';
    } catch (error) {
      if (error instanceof ApiRefusal) return error.code;
      throw error;
    }
  }

  async #send({ api, id }: AgentAtWork, asked: Ask): Promise<unknown> {
    switch (asked.kind) {
      case 'notReady':
        return await api.post('/v1/agents/me/not-ready', { reason: 'rest' });
      case 'signIn':
        return await api.post('/v1/agents/me/sign-in', { heartbeat: 'none' });
      case 'talk': {
        if (asked.wish.kind === 'emergencyBridge') {
          return await api.post('/v1/agents/me/talk/emergency-bridge', BRIDGE_BODY);
        }
        const { kind, ...body } = await this.#bodyOf(id, asked.wish);
        return await api.post(
          `/v1/agents/me/talk/${kind}`,
          Object.keys(body).length === 0 ? undefined : body,
        );
      }
      case 'listen': {
        const calls = await this.#calls();
        const call = calls.find(({ callerNumber }) => callerNumber === maskedNumber(asked.citizen));
        const at = `/v1/calls/${call?.callId}/listening`;
        if (asked.mode === null) return await api.post(`${at}/end`);
        return await api.post(at, { mode: asked.mode, reason: '新人带教' });
      }
      default:
        return await api.post(`/v1/agents/me/${PATHS[asked.kind]}`);
    }
  }

  async #bodyOf(agentId: string, { kind, target, digits, party }: ReplayedWish) {
    const named = typeof party === 'number' ? await this.#partyAt(agentId, party) : party;
    return {
      kind,
      ...(target === undefined ? {} : { target }),
      ...(digits === undefined ? {} : { digits }),
      ...(named == null ? {} : { party: named }),
    };
  }

  /** Ids are this world's; the place in the talk is the same in both. */
  async #partyAt(agentId: string, at: number): Promise<string> {
    const talks = (await this.#calls()).flatMap(({ talk }) => talk ?? []);
    const own = talks.find(({ parties }) => parties.some((one) => one.agentId === agentId));
    return own?.parties[at]?.id ?? 'none.a1';
  }
}
