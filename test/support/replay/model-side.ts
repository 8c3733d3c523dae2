import type { CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import type { PublishedConfiguration } from '../../../src/app/ports/configuration-source.ts';
import type { TalkWish } from '../../../src/app/ports/talk-commands.ts';
import type { Call } from '../../../src/domain/calls/call.ts';
import { talkOf } from '../../../src/domain/calls/conversation/talk-of.ts';
import { House, incoming, settled } from '../../app/calls/harness.ts';
import { ManualClock } from '../../app/calls/manual-clock.ts';
import { heirOf } from '../../app/calls/model-world.ts';
import { SlowSwitch } from '../../app/calls/slow-switch.ts';
import type { Act, Ask, ReplayedWish, World } from './acts.ts';
import { BRIDGE_WISH } from './on-call.ts';
import { pictureOf } from './picture.ts';

/** Longer than a citizen of the town waits for the offer of a callback. */
const OFFERED_WITHIN_MS = 1_500;
/** Each act takes a moment, so that who was idle first is known. */
const MOMENT_MS = 60;

const OVER = '演练结束';

/** A telephone that rings, or is lifted. */
export interface Telephone {
  /** As in an act. */
  readonly number: string;
  readonly isAgents: boolean;
  readonly channel: string;
  readonly call: Call | undefined;
}

/** The town in memory, with the rules of the real one: what happens there says what must happen here. */
export class ModelTown implements World {
  house: House;
  readonly #team: readonly string[];
  readonly #channels = new Map<string, string>();
  #arrived = 0;
  #keys = 0;

  constructor(
    { configuration, presenceRules, outboundRules }: PublishedConfiguration,
    team: readonly string[],
  ) {
    this.#team = team;
    this.house = new House(configuration, {
      clock: new ManualClock(Date.now()),
      switch: new SlowSwitch(),
      saved: new Map(),
      savedCalls: new Map(),
      lastSign: { atMs: null },
      savedHours: new Map(),
    });
    if (presenceRules !== undefined) this.house.presenceRules = presenceRules;
    if (outboundRules !== undefined) this.house.outboundRules = outboundRules;
  }

  async open(): Promise<this> {
    await this.house.open();
    await this.house.control.command({ kind: 'reloadConfiguration' });
    return this;
  }

  async close(): Promise<void> {
    await this.house.control.stop();
  }

  picture(): Promise<readonly string[]> {
    const { desk, engine } = this.house.control;
    const agents = desk.presences().flatMap(({ agentId }) => desk.view(agentId) ?? []);
    const calls = [...engine.book.all()].map((live) => engine.viewOf(live));
    return Promise.resolve(pictureOf(agents, calls, this.#team));
  }

  async act(act: Act): Promise<string> {
    const said = await this.#do(act);
    await this.#rest();
    return said;
  }

  calls(): readonly Call[] {
    return [...this.house.control.engine.book.all()].map(({ call }) => call);
  }

  /** The citizen's call that goes on. */
  callOf(citizen: string): Call | undefined {
    return this.calls().find(({ callerNumber }) => callerNumber === citizen);
  }

  /** Who rang in and is on the line. */
  citizens(): readonly string[] {
    return [...this.#channels].flatMap(([citizen, channel]) =>
      this.house.switch.channels.has(channel) ? [citizen] : [],
    );
  }

  telephones(lifted: boolean): readonly Telephone[] {
    const { switch: sw, control } = this.house;
    return [...sw.channels.values()].flatMap(({ id, target, up }) => {
      if (target === null || up !== lifted) return [];
      const profile = this.house.configuration.agents.find(({ phone }) => phone === target);
      const callId = id.slice(0, id.lastIndexOf('.'));
      const call = control.engine.book.get(callId)?.call;
      return [{ number: profile?.number ?? target, isAgents: profile !== undefined, channel: id, call }];
    });
  }

  agentId(number: string): string {
    return this.house.configuration.agents.find((one) => one.number === number)?.agentId ?? '';
  }

  /** Work numbers of who is in one of these states. */
  agentsIn(...states: readonly string[]): readonly string[] {
    const { desk } = this.house.control;
    return this.#team.filter((number) => states.includes(desk.presence(this.agentId(number))?.state ?? ''));
  }

  async #do(act: Act): Promise<string> {
    const { switch: sw, control } = this.house;
    switch (act.do) {
      case 'dial': {
        this.#arrived += 1;
        const announced = incoming(this.#arrived, act.dialled, { callerNumber: act.citizen });
        this.#channels.set(act.citizen, announced.channel);
        sw.arrive(announced);
        return '';
      }
      case 'hangUp':
        sw.end(this.#channelOf(act.citizen));
        return '';
      case 'press':
        sw.press(this.#channelOf(act.citizen), act.key);
        return '';
      case 'callMeBack':
        await this.house.after(OFFERED_WITHIN_MS);
        sw.press(this.#channelOf(act.citizen), '1');
        return '';
      case 'answer':
        sw.answerLeg(this.#legAt(act.telephone, false));
        return '';
      case 'reject':
        sw.end(this.#legAt(act.telephone, false), 'busy');
        return '';
      case 'letRing':
        sw.world.ringTimePasses(this.#legAt(act.telephone, false));
        return '';
      case 'putDown':
        sw.end(this.#legAt(act.telephone, true));
        return '';
      case 'confirm':
        sw.press(this.#legAt(act.telephone, true), '1');
        return '';
      case 'ask':
        return codeOf(await control.command(this.#commandOf(this.agentId(act.agent), act.asked)));
      case 'restart':
        sw.forget();
        await control.stop();
        this.house = heirOf(this.house);
        await this.house.open();
        return '';
      case 'cancelCallbacks':
        for (const { id: callbackId } of control.callbacks.all()) {
          const by = { accountId: 'lead', name: '班长' };
          await control.command({ kind: 'cancelCallback', callbackId, by, reason: OVER });
        }
        return '';
      default:
        return act satisfies never;
    }
  }

  /** What comes by itself has come: words are over, telephones ring. */
  async #rest(): Promise<void> {
    for (let n = 0; n < 6; n += 1) {
      await settled();
      await this.house.heard();
      await this.house.after(MOMENT_MS);
    }
  }

  #channelOf(citizen: string): string {
    const channel = this.#channels.get(citizen) ?? '';
    return this.house.switch.channels.has(channel) ? channel : (this.callOf(citizen)?.channel ?? '');
  }

  #legAt(telephone: string, lifted: boolean): string {
    const found = this.telephones(lifted).find(({ number }) => number === telephone);
    if (found === undefined) throw new Error(`no telephone ${telephone} ${lifted ? 'is lifted' : 'rings'}`);
    return found.channel;
  }

  #commandOf(agentId: string, asked: Ask): AgentCommand {
    switch (asked.kind) {
      case 'notReady':
        return { kind: 'notReady', agentId, reason: 'rest' };
      case 'signIn':
        return { kind: 'signIn', agentId, heartbeat: 'none' };
      case 'talk': {
        this.#keys += 1;
        return { kind: 'talk', agentId, key: `key${this.#keys}`, wish: this.#wishOf(agentId, asked.wish) };
      }
      case 'listen': {
        const callId = this.callOf(asked.citizen)?.id ?? '';
        return { kind: 'listen', agentId, callId, mode: asked.mode, reason: '新人带教' };
      }
      default:
        return { kind: asked.kind, agentId };
    }
  }

  #wishOf(agentId: string, { kind, target, digits, party }: ReplayedWish): TalkWish {
    if (kind === BRIDGE_WISH.kind) return BRIDGE_WISH;
    const call = this.calls().find(({ id }) => id === this.house.control.desk.presence(agentId)?.callId);
    const parties = (call === undefined ? null : talkOf(call))?.parties ?? [];
    const named = typeof party === 'number' ? (parties[party]?.id ?? 'none.a1') : party;
    const wish = {
      kind,
      ...(target === undefined ? {} : { target, note: {} }),
      ...(digits === undefined ? {} : { digits }),
      ...(named === undefined ? {} : { party: named }),
    };
    return wish as TalkWish;
  }
}

const codeOf = (reply: CommandReply): string => (reply.ok ? 'ok' : reply.code);
