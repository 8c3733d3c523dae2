import { type Conversation, isConnected, type Party } from '../../domain/calls/conversation/conversation.ts';
import { isRejoining } from '../../domain/calls/conversation/rejoining.ts';
import { talkOf } from '../../domain/calls/conversation/talk-of.ts';
import { bridgeOf } from '../../domain/calls/steps.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { CommandRefusal, CommandReply } from '../ports/command-reply.ts';
import type { ListenCommand } from '../ports/commands.ts';
import type { Log } from '../ports/log.ts';
import type { CommandOutcome, Switch } from '../ports/switch.ts';
import type { CallEngine } from './engine.ts';
import { HeardLeads } from './heard-leads.ts';
import { bridgesOf } from './resync-talk.ts';

export type ListenMode = 'monitor' | 'whisper' | 'barge';

/** A lead at a talk: his own leg, and beside it what he hears through. */
interface Ear {
  readonly callId: string;
  readonly leadId: string;
  readonly leg: string;
  mode: ListenMode;
  /** rung -> on; whoever has ended is in no list any more. */
  answered: boolean;
  /** Whom he listens to, and the channel through which; null: he speaks in the talk itself, or not yet. */
  at: { readonly party: string; readonly spy: string } | null;
  /** Where lead and spy are together; a new one each time: the switch takes seconds to be rid of the last. */
  room: string | null;
  /** His commands run one after the other. */
  chain: Promise<void>;
}

interface ListeningParts {
  readonly switch: Switch;
  readonly log: Log;
  readonly desk: AgentDesk;
  readonly engine: () => CallEngine;
  post(work: () => void): void;
}

const RING_MS = 20_000;
/** How it stands on the lead's telephone while it rings. */
const SHOWN: Readonly<Record<ListenMode, string>> = { monitor: '侦听', whisper: '耳语', barge: '插入' };

/**
 * Leads who listen to a talk (monitor: unheard; whisper: heard by the agent alone; barge: heard by all). Beside the
 * conversation, not in it: nothing of it changes for the citizen, and no fault here touches the talk. It is kept in
 * memory alone: after a restart of call control the comparison with the switch ends it, the talk goes on.
 *
 *   rung -> on (monitor | whisper | barge, to and fro) -> ended: by the lead, with the talk, or by a fault
 */
export class Listening {
  readonly #parts: ListeningParts;
  readonly #ears = new Map<string, Ear>();
  readonly #heard: HeardLeads;
  #made = 0;

  constructor(parts: ListeningParts, made: number) {
    this.#parts = parts;
    this.#heard = new HeardLeads(parts.desk);
    // Above all that a forerunner can have used.
    this.#made = made;
  }

  /** Asking for what already is, is granted. */
  carryOut(command: ListenCommand): CommandReply {
    const { agentId: leadId, callId, mode } = command;
    const ear = this.#of(leadId);
    if (mode === null) {
      if (ear !== null) this.#end(ear, 'asked');
      return { ok: true, agent: null };
    }
    const talk = this.#talkIn(callId);
    const listened = talk === null ? null : listenedIn(talk, null);
    if (talk === null || listened === null)
      return refuse('call.notTalking', 'nobody of ours talks in this call');
    if (ear !== null && ear.callId !== callId) {
      return refuse('listening.elsewhere', 'you listen to another call; end that first');
    }
    if (mode === 'takeOver') return this.#takeOver(ear, talk, listened);
    if (ear !== null) {
      if (ear.mode === mode) return { ok: true, agent: null };
      ear.mode = mode;
      this.#tell(ear, mode, command.reason);
      if (ear.answered) this.#attach(ear, listened);
      return { ok: true, agent: null };
    }
    return this.#begin(command, mode, listened);
  }

  #begin(
    { agentId: leadId, callId, reason }: ListenCommand,
    mode: ListenMode,
    listened: Party,
  ): CommandReply {
    const { desk } = this.#parts;
    const phone = desk.profile(leadId)?.phone;
    const presence = desk.presence(leadId);
    if (phone === undefined || presence === null) {
      return refuse('listening.noPhone', 'a lead needs a seat with a telephone of the own to listen');
    }
    if (presence.state !== 'SIGNED_OUT' && presence.state !== 'NOT_READY') {
      return refuse('listening.busy', 'be not ready first: no citizen may be offered to a lead who listens');
    }
    if (!desk.phones.isReachable(leadId))
      return refuse('agent.phoneUnreachable', 'your telephone is not registered');
    this.#made += 1;
    const leg = `${callId}.l${this.#made}`;
    const ear: Ear = {
      callId,
      leadId,
      leg,
      mode,
      answered: false,
      at: null,
      room: null,
      chain: Promise.resolve(),
    };
    this.#ears.set(leg, ear);
    desk.listens(leadId, callId);
    this.#ids.add(leg);
    this.#tell(ear, mode, reason);
    // Without a number the telephone would show "anonymous", and not the name.
    const callerNumber = this.#parts.engine().configuration.municipality.mainNumber;
    this.#run(ear, () =>
      this.#parts.switch.ring({
        channel: leg,
        target: { kind: 'phone', phone },
        originator: listened.id,
        callerNumber,
        callerName: SHOWN[mode],
        ringTimeoutMs: RING_MS,
      }),
    );
    return { ok: true, agent: null };
  }

  /** The lead's leg takes the agent's place in the talk, and is a party like any other from then on. */
  #takeOver(ear: Ear | null, talk: Conversation, listened: Party): CommandReply {
    if (ear?.answered !== true)
      return refuse('listening.listenFirst', 'listen to the call first, then take it over');
    if (listened.state !== 'in' || talk.citizen.held !== null) {
      return refuse('talk.notNow', 'the agent is not with the citizen at this moment');
    }
    if (this.#parts.desk.presence(ear.leadId)?.state !== 'NOT_READY') {
      return refuse('agent.signedOut', 'sign in first: the talk is yours then, with its wrap-up');
    }
    const { leg, callId, leadId, at, room } = ear;
    this.#ears.delete(leg);
    this.#ids.delete(leg);
    const { engine, desk } = this.#parts;
    desk.listens(leadId, null);
    this.#run(ear, () => this.#leave(at?.spy ?? null, room));
    desk.apply(leadId, { type: 'adopted', callId });
    engine().apply(callId, { type: 'takenOver', leg, by: leadId, from: listened.id });
    this.#heard.tookOver(listened.who.kind === 'agent' ? listened.who.agentId : null, ear);
    return { ok: true, agent: desk.view(leadId) };
  }

  /** True when the channel is one of ours here. */
  answered(channel: string): boolean {
    const ear = this.#ears.get(channel);
    if (ear === undefined) return false;
    if (ear.answered) return true;
    ear.answered = true;
    const talk = this.#talkIn(ear.callId);
    if (talk === null || isLeft(talk)) this.#end(ear, 'talkOver');
    else this.#attach(ear, listenedIn(talk, null));
    return true;
  }

  ended(channel: string): boolean {
    const ear = this.#ears.get(channel);
    if (ear !== undefined) {
      this.#end(ear, ear.answered ? 'hungUp' : 'notAnswered');
      return true;
    }
    // What he heard through is gone with whom he listened to: `review` finds whom to listen to next.
    for (const one of this.#ears.values()) if (one.at?.spy === channel) one.at = null;
    return false;
  }

  /** After whatever happened: each listens to somebody who is there, or is back, or to nobody. */
  review(): void {
    for (const ear of [...this.#ears.values()]) {
      const talk = this.#talkIn(ear.callId);
      if (talk === null || isLeft(talk)) {
        this.#end(ear, 'talkOver');
        continue;
      }
      const listened = listenedIn(talk, ear.at?.party ?? null);
      const isOther = listened !== null && ear.at?.party !== listened.id;
      if (ear.answered && ear.mode !== 'barge' && isOther) this.#attach(ear, listened);
    }
    this.#heard.look(this.#ears.values(), (callId) => this.#talkIn(callId));
  }

  /** null: whom he is to hear is rung again; then `review` finds him. */
  #attach(ear: Ear, listened: Party | null): void {
    const { switch: theSwitch } = this.#parts;
    const before = ear.at?.spy ?? null;
    const { mode, leg, callId } = ear;
    if (mode === 'barge') {
      ear.at = null;
      const call = this.#parts.engine().book.get(callId)?.call;
      if (call === undefined) {
        this.#end(ear, 'talkOver');
        return;
      }
      const bridge = bridgeOf(call);
      const { room } = ear;
      ear.room = null;
      // The talk may be over when it comes to this: its bridge is not to be made anew for a lead alone.
      const goesOn = (): boolean => this.#ears.has(leg) && this.#talkIn(callId) !== null;
      this.#run(ear, () => (goesOn() ? theSwitch.bridge(bridge, [leg]) : Promise.resolve({ kind: 'done' })));
      this.#run(ear, () => this.#leave(before, room));
      return;
    }
    if (listened === null) return;
    this.#made += 1;
    const spy = `${callId}.s${this.#made}`;
    ear.at = { party: listened.id, spy };
    ear.room ??= `${callId}.r${this.#made}`;
    const { room } = ear;
    for (const id of [spy, room]) this.#ids.add(id);
    this.#run(ear, () => this.#leave(before, null));
    this.#run(ear, () => theSwitch.spy(listened.id, spy, mode === 'whisper' ? 'whisper' : 'listen'));
    this.#run(ear, () => theSwitch.bridge(room, [spy, leg]));
  }

  #end(ear: Ear, how: string): void {
    if (!this.#ears.delete(ear.leg)) return;
    this.#parts.desk.listens(ear.leadId, null);
    this.#ids.delete(ear.leg);
    this.#parts.log.info({ callId: ear.callId, leg: ear.leg, how }, 'a lead listens no more');
    this.#tell(ear, 'ended', how);
    const spy = ear.at?.spy ?? null;
    this.#run(ear, () => this.#parts.switch.hangup(ear.leg, 'normal'));
    this.#run(ear, () => this.#leave(spy, ear.room));
    // He came into a talk that ended in the same moment: its bridge went before him, and came back with him.
    if (ear.mode === 'barge') this.#run(ear, () => this.#clearTalkBridge(ear.callId));
  }

  #clearTalkBridge(callId: string): Promise<CommandOutcome> {
    const call = this.#parts.engine().book.get(callId)?.call;
    const bridge = bridgeOf({ id: callId });
    if (call !== undefined && bridgesOf(call).includes(bridge)) return Promise.resolve({ kind: 'done' });
    return this.#parts.switch.destroyBridge(bridge).then(() => ({ kind: 'done' }));
  }

  async #leave(spy: string | null, room: string | null): Promise<CommandOutcome> {
    if (spy !== null) {
      await this.#parts.switch.hangup(spy, 'normal');
      this.#ids.delete(spy);
    }
    if (room !== null) {
      await this.#parts.switch.destroyBridge(room);
      this.#ids.delete(room);
    }
    return { kind: 'done' };
  }

  /** A command that fails ends the listening, never the talk. */
  #run(ear: Ear, work: () => Promise<CommandOutcome>): void {
    const { log, post } = this.#parts;
    ear.chain = ear.chain
      .then(work)
      .then((outcome) => {
        if (outcome.kind === 'done' || outcome.kind === 'exists') return;
        log.warn({ callId: ear.callId, leg: ear.leg, outcome: outcome.kind }, 'a lead could not listen');
        post(() => this.#end(ear, outcome.kind === 'gone' ? 'gone' : 'failed'));
      })
      .catch((err: unknown) => log.error({ err, callId: ear.callId }, 'a command threw'));
  }

  #tell({ callId, leg, leadId }: Ear, how: ListenMode | 'ended', reason: string): void {
    this.#parts.engine().tell(callId, [{ type: 'listenedIn', leg, by: leadId, how, reason }]);
  }

  /** Ids at the switch that are of a lead who listens: the comparison with it leaves them alone. */
  get #ids(): Set<string> {
    return this.#parts.engine().book.listening;
  }

  #of(leadId: string): Ear | null {
    return [...this.#ears.values()].find((ear) => ear.leadId === leadId) ?? null;
  }

  #talkIn(callId: string): Conversation | null {
    const call = this.#parts.engine().book.get(callId)?.call;
    return call === undefined ? null : talkOf(call);
  }
}

const refuse = (code: CommandRefusal, detail: string): CommandReply => ({ ok: false, code, detail });

/** Nobody of ours is there, and nobody whose telephone was lost comes back. */
const isLeft = (talk: Conversation): boolean =>
  listenedIn(talk, null) === null && !talk.parties.some(isRejoining);

/** The agent who was listened to, as long as he is there; else another agent of the talk. */
function listenedIn({ parties }: Conversation, before: string | null): Party | null {
  const agents = parties.filter((one) => one.who.kind === 'agent' && isConnected(one));
  return agents.find(({ id }) => id === before) ?? agents[0] ?? null;
}
