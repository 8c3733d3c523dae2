import type { Act } from '../../domain/calls/conversation/acts.ts';
import {
  type Conversation,
  isConnected,
  partyOfAgent,
  unacceptedIn,
} from '../../domain/calls/conversation/conversation.ts';
import { type ActRefusal, refusalOf } from '../../domain/calls/conversation/permits.ts';
import { isRejoining } from '../../domain/calls/conversation/rejoining.ts';
import { talkOf } from '../../domain/calls/conversation/talk-of.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandRefusal, CommandReply } from '../ports/command-reply.ts';
import type { AgentCommand } from '../ports/commands.ts';
import type { TalkWish } from '../ports/talk-commands.ts';
import { isOfAnother, refusedAsOfAnother } from './another-call.ts';
import type { LiveCall } from './call-book.ts';
import type { CallEngine } from './engine.ts';
import { GrantedKeys } from './granted-keys.ts';
import type { Found, TalkTargets } from './talk-targets.ts';

type TalkCommand = Extract<AgentCommand, { kind: 'talk' }>;

/**
 * What an agent asks for in his talk. The answer is the state after it; the same key asked again gets the state as it is
 * by then, and does nothing.
 */
export class TalkCommands {
  readonly #engine: CallEngine;
  readonly #desk: AgentDesk;
  readonly #clock: Clock;
  readonly #targets: TalkTargets;
  readonly #granted = new GrantedKeys();

  constructor(engine: CallEngine, desk: AgentDesk, clock: Clock, targets: TalkTargets) {
    this.#engine = engine;
    this.#desk = desk;
    this.#clock = clock;
    this.#targets = targets;
  }

  carryOut(command: TalkCommand): CommandReply {
    const { agentId, wish, key } = command;
    const refuse = (code: CommandRefusal, detail: string): CommandReply => ({ ok: false, code, detail });
    const callId = this.#desk.presence(agentId)?.callId ?? null;
    const live = callId === null ? undefined : this.#engine.book.get(callId);
    if (this.#granted.has(key, () => this.#engine.book.all())) return this.#state(agentId, live);
    if (live === undefined) return refuse('call.none', 'the agent is in no call');
    if (isOfAnother(command, callId)) return refusedAsOfAnother(command);
    const talk = talkOf(live.call);
    if (talk === null) return refuse('talk.notNow', `nobody talks in this call: it is ${live.call.state}`);
    const found = this.#act(agentId, wish, live);
    if ('refused' in found) return refuse(found.refused, found.detail);
    const refusal = refusalOf(talk, agentId, found.target);
    if (refusal !== null) return refuse(refusal, `${wish.kind}: ${DETAILS[refusal]}`);
    this.#targets.granted(found.target, agentId);
    this.#engine.apply(live.call.id, { type: 'act', by: agentId, act: found.target, key });
    this.#granted.add(key);
    return this.#state(agentId, live);
  }

  #act(by: string, wish: TalkWish, live: LiveCall): Found<Act> {
    switch (wish.kind) {
      case 'transfer':
      case 'consult':
      case 'invite': {
        const seeking = { by, live, note: wish.note, rulesMs: this.#clock.rulesNow() };
        if (wish.kind === 'transfer') {
          const found = this.#targets.transfer(wish.target, seeking);
          return 'refused' in found ? found : { target: { kind: wish.kind, target: found.target } };
        }
        const found = this.#targets.party(wish.target, seeking);
        return 'refused' in found ? found : { target: { kind: wish.kind, target: found.target } };
      }
      case 'emergencyBridge': {
        const found = this.#targets.onCall(wish, {
          by,
          live,
          note: wish.note,
          rulesMs: this.#clock.rulesNow(),
        });
        return 'refused' in found ? found : { target: { kind: wish.kind, order: found.target } };
      }
      default:
        return { target: wish };
    }
  }

  #state(agentId: string, live: LiveCall | undefined): CommandReply {
    const over = live === undefined || live.call.state === 'ended';
    return { ok: true, agent: this.#desk.view(agentId), call: over ? null : this.#engine.viewOf(live) };
  }
}

/** An agent who alone has an emergency call that is not accepted yet may not end it, nor while his telephone is away. */
export function holdsEmergency(talk: Conversation | null, agentId: string): boolean {
  if (talk === null || unacceptedIn(talk) === null) return false;
  const own = partyOfAgent(talk, agentId);
  const others = talk.parties.filter((one) => one !== own && one.who.kind === 'agent' && isConnected(one));
  return own !== null && (isConnected(own) || isRejoining(own)) && others.length === 0;
}

const DETAILS: Readonly<Record<ActRefusal, string>> = {
  'talk.notInIt': 'the agent is not in this talk',
  'talk.notNow': 'not in the present phase of the talk',
  'talk.partyUnknown': 'nobody of that id is in the talk, or not so that this could be done',
  'talk.full': 'as many as can be are in the talk',
  'talk.notAlone': 'others are in the talk: remove them first, or let the citizen stay with them',
  'talk.lastAgent': 'the citizen would be left to nobody: transfer, or release the call',
  'talk.emergencyNotAccepted': 'the emergency desk has not accepted: stay, or remove it',
  'talk.alreadyInIt': 'is in the talk already',
  'talk.nobodyToHear': 'nobody is there to hear the keys',
  'talk.bridgeStands': 'who is on call is being called into this talk already',
  'talk.notYours': 'only who has the call, who brought the party in, or a lead may send it away',
};
