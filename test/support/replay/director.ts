import type { Call } from '../../../src/domain/calls/call.ts';
import { partyOf, phaseOf } from '../../../src/domain/calls/conversation/conversation.ts';
import { talkOf } from '../../../src/domain/calls/conversation/talk-of.ts';
import type { Step } from '../../app/calls/model-events.ts';
import { wishOf } from '../../app/calls/model-talk.ts';
import type { Act, Ask, ReplayedWish } from './acts.ts';
import type { ModelTown, Telephone } from './model-side.ts';

// Makes of a generated day of the model, step by step, what people can do in a real town as it stands at that moment. Faults
// and crossings are the model's alone; who rings, answers, speaks and leaves, and when call control dies, is the day's.

/** Signs in a lead's account too: he listens to the others. */
export const TEAM = ['1001', '1002', '1003'] as const;
const LEAD = '1003';
const DIALLED = ['12345', '12345', '12319', '12345', '12348'];
const WAITING_MOST = 3;

const nth = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];

export class Director {
  readonly #model: ModelTown;
  readonly #day: number;
  #dialled = 0;
  #letRing = 0;
  #restarts = 0;
  #made = 0;

  /** `day`: two digits of its citizens' numbers. */
  constructor(model: ModelTown, day: number) {
    this.#model = model;
    this.#day = day;
  }

  /** null: nothing that people could do now. */
  next(step: Step): Act | null {
    return this.#pressing(step.n) ?? this.#wanted(step);
  }

  /** Everybody goes home; null: all have gone. */
  last(): Act | null {
    const asked = this.#pressing(4);
    if (asked !== null) return asked;
    const [citizen] = this.#model.citizens();
    if (citizen !== undefined) return { do: 'hangUp', citizen };
    const [lifted] = this.#model.telephones(true);
    if (lifted !== undefined) return { do: 'putDown', telephone: lifted.number };
    return this.#model.house.control.callbacks.all().length > 0 ? { do: 'cancelCallbacks' } : null;
  }

  /** What has its own short time and will not wait: a telephone that rings, a citizen who is asked how it was. */
  #pressing(n: number): Act | null {
    const rated = this.#model.calls().find(({ state }) => state === 'rating');
    if (rated !== undefined) {
      const citizen = rated.callerNumber;
      if (n % 4 !== 0) return { do: 'press', citizen, key: String(1 + (n % 5)) };
      return rated.outbound == null ? { do: 'hangUp', citizen } : { do: 'putDown', telephone: citizen };
    }
    const asked = this.#askedForKey();
    if (asked !== null) return { do: n % 3 === 0 ? 'putDown' : 'confirm', telephone: asked };
    const [rings] = this.#model.telephones(false);
    if (rings === undefined) return null;
    return this.#ofRinging(rings, n) ?? { do: 'answer', telephone: rings.number };
  }

  /** Who is on call has answered, and hears what it is for. */
  #askedForKey(): string | null {
    const lifted = this.#model.telephones(true).find(({ call, channel }) => {
      const talk = call === undefined ? null : talkOf(call);
      return talk !== null && partyOf(talk, channel)?.state === 'confirming';
    });
    return lifted?.number ?? null;
  }

  #ofRinging({ number: telephone, isAgents, channel, call }: Telephone, n: number): Act | null {
    if (call === undefined) return null;
    const talk = talkOf(call);
    const party = talk === null ? null : partyOf(talk, channel);
    // A lead takes up his telephone when he listens.
    if (talk !== null && party === null) return null;
    const chance = n % 9;
    if (chance === 0) return { do: 'reject', telephone };
    if (chance === 1 && isAgents && party === null && this.#letRing < 1) {
      this.#letRing += 1;
      return { do: 'letRing', telephone };
    }
    if (chance === 2 && call.outbound == null) return { do: 'hangUp', citizen: call.callerNumber };
    const by = party?.by ?? null;
    if (chance === 3 && by !== null) {
      const agent = TEAM.find((one) => this.#model.agentId(one) === by);
      const wish = { kind: 'cancel', party: null } as const;
      if (agent !== undefined) return { do: 'ask', agent, asked: { kind: 'talk', wish } };
    }
    return null;
  }

  #wanted({ do: what, n }: Step): Act | null {
    switch (what) {
      case 'arrive':
        return this.#dial(n);
      case 'toTalk':
      case 'allReady':
      case 'goOn':
        return this.#toWork(n) ?? (what === 'allReady' ? null : this.#dial(n));
      case 'callerHangsUp': {
        const citizen = nth(this.#model.citizens(), n);
        return citizen === undefined ? null : { do: 'hangUp', citizen };
      }
      case 'endLeg': {
        const lifted = nth(this.#model.telephones(true), n);
        return lifted === undefined ? null : { do: 'putDown', telephone: lifted.number };
      }
      case 'agent':
        return this.#ofAgent(n);
      case 'talk':
        return this.#inTalk(n);
      // What is the wire's business in the model leaves people time for what they rarely do.
      case 'perform':
        this.#made += 1;
        return this.#inTalk(n * 1_009 + this.#made * 37);
      case 'deliver':
        this.#made += 1;
        return this.#listens(n + this.#made);
      case 'promise': {
        const waits = this.#model
          .calls()
          .filter(
            ({ state, outbound, waiting }) => state === 'queued' && outbound == null && waiting !== null,
          );
        const call = nth(waits, n);
        return call === undefined ? null : { do: 'callMeBack', citizen: call.callerNumber };
      }
      case 'listen':
        return this.#listens(n);
      // Units call from their own telephones in the model alone.
      case 'unitCall':
        return this.#bridges(n);
      case 'restart':
        if (this.#restarts > 0) return null;
        this.#restarts += 1;
        return { do: 'restart' };
      default:
        return null;
    }
  }

  #dial(n: number): Act | null {
    if (this.#model.citizens().length >= WAITING_MOST) return null;
    const dialled = nth(DIALLED, n) ?? '12345';
    // Whoever is to be called back rings in himself (F-18).
    const promised = this.#model.house.control.callbacks.all().map(({ number }) => number);
    const again = promised.find((number) => this.#model.callOf(number) === undefined);
    if (again !== undefined && n % 3 === 0) return { do: 'dial', citizen: again, dialled: '12345' };
    this.#dialled += 1;
    const two = (of: number): string => String(of).padStart(2, '0');
    return { do: 'dial', citizen: `1380013${two(this.#day)}${two(this.#dialled)}`, dialled };
  }

  /** An agent who does not work begins to. */
  #toWork(n: number): Act | null {
    const [ask, idle] = (
      [
        ['endWrapUp', 'WRAP_UP'],
        ['ready', 'NOT_READY'],
        ['signIn', 'SIGNED_OUT'],
      ] as const
    )
      .map(([kind, state]) => [kind, this.#model.agentsIn(state)] as const)
      .find(([, agents]) => agents.length > 0) ?? ['ready', []];
    const agent = nth(idle, n);
    return agent === undefined ? null : { do: 'ask', agent, asked: { kind: ask } };
  }

  #ofAgent(n: number): Act | null {
    const kinds = ['ready', 'ready', 'notReady', 'endWrapUp', 'releaseCall', 'signOut', 'signIn'] as const;
    const kind = nth(kinds, Math.floor(n / 3)) ?? 'ready';
    return { do: 'ask', agent: nth(TEAM, n) ?? '1001', asked: { kind } };
  }

  #inTalk(n: number): Act | null {
    const agent = nth(this.#model.agentsIn('TALKING'), n);
    if (agent === undefined) return null;
    const call = this.#callOfAgent(agent);
    const talk = call === undefined ? null : talkOf(call);
    if (talk === null) return null;
    const { kind, ...given } = wishOf(Math.floor(n / 3), call);
    const ids = talk.parties.map(({ id }) => id);
    const party = 'party' in given ? placeOf(given.party, ids) : undefined;
    const wish: ReplayedWish = {
      kind,
      ...('target' in given ? { target: given.target } : {}),
      ...('digits' in given ? { digits: given.digits } : {}),
      ...(party === undefined ? {} : { party }),
    };
    const asked: Ask = { kind: 'talk', wish };
    // Under its own roof nothing is done twice: what the phase of the talk does not know is refused in both worlds.
    return phaseOf(talk) === 'transferring' ? null : { do: 'ask', agent, asked };
  }

  #bridges(n: number): Act | null {
    const agent = nth(this.#model.agentsIn('TALKING'), n);
    const call = agent === undefined ? undefined : this.#callOfAgent(agent);
    const talk = call === undefined ? null : talkOf(call);
    if (agent === undefined || talk === null || phaseOf(talk) !== 'together') return null;
    return { do: 'ask', agent, asked: { kind: 'talk', wish: { kind: 'emergencyBridge' } } };
  }

  #listens(n: number): Act | null {
    const listened = this.#model.calls().find((call) => {
      const talk = talkOf(call);
      const owner = talk?.parties.find(({ who, state }) => who.kind === 'agent' && state === 'in')?.who;
      return owner?.kind === 'agent' && owner.agentId !== this.#model.agentId(LEAD);
    });
    if (listened === undefined) return null;
    if (!this.#model.agentsIn('NOT_READY', 'SIGNED_OUT').includes(LEAD)) {
      const isFree = this.#model.agentsIn('READY', 'WRAP_UP').includes(LEAD);
      return isFree ? { do: 'ask', agent: LEAD, asked: { kind: 'notReady' } } : null;
    }
    const leadId = this.#model.agentId(LEAD);
    const listens = this.#model.house.control.desk.presence(leadId)?.listensTo ?? null;
    const begins = ['monitor', 'whisper', 'barge'] as const;
    const goesOn = ['takeOver', 'whisper', 'takeOver', 'barge', 'takeOver', null] as const;
    const mode = listens === null ? (nth(begins, n) ?? 'monitor') : (goesOn[n % goesOn.length] ?? null);
    const citizen =
      this.#model.calls().find(({ id }) => id === listens)?.callerNumber ?? listened.callerNumber;
    return { do: 'ask', agent: LEAD, asked: { kind: 'listen', citizen, mode } };
  }

  #callOfAgent(agent: string): Call | undefined {
    const { desk, engine } = this.#model.house.control;
    const callId = desk.presence(this.#model.agentId(agent))?.callId ?? null;
    return callId === null ? undefined : engine.book.get(callId)?.call;
  }
}

/** Where a party stands in the talk. */
function placeOf(party: string | null, ids: readonly string[]): ReplayedWish['party'] {
  if (party === null || party === 'citizen') return party;
  const at = ids.indexOf(party);
  return at === -1 ? 99 : at;
}
