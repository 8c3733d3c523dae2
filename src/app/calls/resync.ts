import type { Presence } from '../../domain/agents/presence.ts';
import type { CallEvent } from '../../domain/calls/call-event.ts';
import type { LegFound } from '../../domain/calls/conversation/found.ts';
import { legsOf, talkOf } from '../../domain/calls/conversation/talk-of.ts';
import { isOutbound } from '../../domain/calls/outbound.ts';
import type { SwitchSnapshot } from '../ports/switch.ts';
import {
  type CallBook,
  callIdOf,
  isBridgeId,
  isCitizenLeg,
  isLegId,
  isSpyId,
  type LiveCall,
} from './call-book.ts';
import type { CallEngine } from './engine.ts';
import { bridgesOf, type Channels, hasAgent, ofTalk } from './resync-talk.ts';

/** One thing in which the switch and we disagree, and what sets it right. */
export interface Finding {
  /** The same disagreement has the same key at the next look. */
  readonly key: string;
  readonly mend: Mend;
}
export type Mend =
  | { readonly kind: 'event'; readonly callId: string; readonly event: CallEvent }
  | {
      readonly kind: 'adopt';
      readonly channel: SwitchSnapshot['channels'][number];
      /** With whom he talks; empty: with nobody. */
      readonly legs: readonly LegFound[];
    }
  | { readonly kind: 'answer'; readonly channel: string }
  | { readonly kind: 'hangup'; readonly channel: string }
  | { readonly kind: 'destroyBridge'; readonly bridge: string }
  | { readonly kind: 'freeAgent'; readonly presence: Presence };

/**
 * Compares what the switch has with what we believe. Citizens that we do not know are adopted, legs and bridges that
 * belong to nobody are cleared, calls and agents that hold on to something gone are told so. A citizen whose answer came
 * to nothing is answered: what he hears unanswered his carrier ends after a while, and a talk with it.
 */
export function compare(
  snapshot: SwitchSnapshot,
  book: CallBook,
  presences: readonly Presence[],
  isReachable: (agentId: string) => boolean,
  sinceWhen: 'connected' | 'watching',
  agentAt: (phone: string) => string | null,
): Finding[] {
  const channels: Channels = new Map(snapshot.channels.map((one) => [one.channel, one]));
  const { startedMs } = snapshot;
  // Calls that are older than the switch ended with the one before: no citizen hung up, all were lost. A switch that
  // does not say is taken for a new one when it comes back without any channel.
  const isLost = ({ call }: LiveCall): boolean =>
    sinceWhen === 'connected' &&
    (startedMs === null ? snapshot.channels.length === 0 : call.arrivedMs < startedMs);
  return [
    ...[...book.all()].flatMap(({ call }) => (isOutbound(call) ? [] : unanswered(call.channel, channels))),
    ...[...book.all()].flatMap((live) => ofCall(live, channels, isLost(live), isReachable, sinceWhen)),
    ...strangers(snapshot, channels, book, presences, agentAt),
    ...emptyBridges(snapshot, channels, book),
    ...presences.flatMap((presence) => ofAgent(presence, book, channels)),
  ];
}

function unanswered(channel: string, channels: Channels): Finding[] {
  const isUp = channels.get(channel)?.up ?? true;
  return isUp ? [] : [{ key: `answer ${channel}`, mend: { kind: 'answer', channel } }];
}

function ofCall(
  { call }: LiveCall,
  channels: Channels,
  lost: boolean,
  isReachable: (agentId: string) => boolean,
  sinceWhen: 'connected' | 'watching',
): Finding[] {
  const event = (what: string, told: CallEvent): Finding[] => [
    { key: `${what} ${call.id} ${call.epoch}`, mend: { kind: 'event', callId: call.id, event: told } },
  ];
  // Before his telephone is tried, who is called has no channel to miss.
  const undialled = isOutbound(call) && !call.outbound.dialled;
  if (!undialled && !channels.has(call.channel))
    return event('callerEnded', { type: 'callerEnded', reason: 'unknown', lost });
  const talk = talkOf(call);
  if (talk !== null) {
    return ofTalk(call, talk, channels, isReachable, sinceWhen).flatMap((one) => event(one.what, one.event));
  }
  const { leg } = call;
  // Called by the machine: his answer is all that can have been missed.
  if (call.state === 'callingCitizen' && channels.get(call.channel)?.up === true) {
    return event('citizenAnswered', { type: 'legAnswered', leg: call.channel });
  }
  if (leg === null) return [];
  const there = channels.get(leg.id);
  if (there === undefined) {
    const phoneLost = leg.kind === 'agent' && leg.agentId !== null && !isReachable(leg.agentId);
    return event('legEnded', { type: 'legEnded', leg: leg.id, reason: 'unknown', phoneLost });
  }
  const joined = there.bridge !== null && there.bridge === channels.get(call.channel)?.bridge;
  if (joined && call.state === 'connecting') {
    return event('connectDone', { type: 'connectDone', leg: leg.id, outcome: 'done' });
  }
  if (call.state === 'dialling' && channels.get(call.channel)?.up === true) {
    return event('citizenAnswered', { type: 'legAnswered', leg: call.channel });
  }
  return there.up && RINGING.has(call.state)
    ? event('legAnswered', { type: 'legAnswered', leg: leg.id })
    : [];
}

const RINGING: ReadonlySet<string> = new Set(['ringingAgent', 'ringingOutside', 'callingAgent']);

function strangers(
  snapshot: SwitchSnapshot,
  channels: Channels,
  book: CallBook,
  presences: readonly Presence[],
  agentAt: (phone: string) => string | null,
): Finding[] {
  return snapshot.channels.flatMap((one): Finding[] => {
    const { channel, incoming } = one;
    const hangup: Finding = { key: `hangup ${channel}`, mend: { kind: 'hangup', channel } };
    if (book.listening.has(channel)) return [];
    if (isSpyId(channel)) return [hangup];
    if (isLegId(channel)) {
      const owner = book.get(callIdOf(channel));
      if (owner !== undefined) return legsOf(owner.call).includes(channel) ? [] : [hangup];
      // Its citizen is there and talks with it: both are adopted together.
      const talks = snapshot.channels.some(
        (other) =>
          other.incoming?.callId === callIdOf(channel) && legsTalkedWith(other, channels).includes(one),
      );
      const toCitizen = !book.wasHere(callIdOf(channel)) && talksOn(one, channels);
      return toCitizen || (talks && !book.wasReleased(callIdOf(channel))) ? [] : [hangup];
    }
    if (book.ofCaller(channel) !== undefined) return [];
    // Called by us, in a call that is over, or of which nothing is known any more: who talks is left to talk.
    if (isCitizenLeg(channel)) {
      return !book.wasHere(callIdOf(channel)) && talksOn(one, channels) ? [] : [hangup];
    }
    if (incoming === null) return [];
    if (book.get(incoming.callId) !== undefined) return [];
    if (book.wasReleased(incoming.callId)) return [hangup];
    const talkers = legsTalkedWith(one, channels);
    // Of a switch that does not say whose phone it is, one leg can only be of the one agent who has this call.
    const only =
      talkers.length === 1 ? presences.find(({ callId }) => callId === incoming.callId) : undefined;
    const legs = talkers.map(({ channel: leg, phone }) => ({
      leg,
      agentId: (phone === undefined ? null : agentAt(phone)) ?? only?.agentId ?? null,
    }));
    return [{ key: `adopt ${channel}`, mend: { kind: 'adopt', channel: one, legs } }];
  });
}

/** Whether these two are an agent and a citizen in a call that we made: when one of them goes, the other is let go. */
function talksOn(one: SwitchSnapshot['channels'][number], channels: Channels): boolean {
  if (one.bridge === null || !one.up) return false;
  return [...channels.values()].some(
    (other) =>
      other.up &&
      other.bridge === one.bridge &&
      callIdOf(other.channel) === callIdOf(one.channel) &&
      isCitizenLeg(other.channel) !== isCitizenLeg(one.channel),
  );
}

/** The legs with which a citizen shares a bridge, as they were made. */
function legsTalkedWith(
  caller: SwitchSnapshot['channels'][number],
  channels: Channels,
): readonly SwitchSnapshot['channels'][number][] {
  const { incoming, bridge } = caller;
  if (incoming === null || bridge === null) return [];
  return [...channels.values()].filter(
    (other) =>
      other.up &&
      other.bridge === bridge &&
      isLegId(other.channel) &&
      callIdOf(other.channel) === incoming.callId,
  );
}

function emptyBridges(snapshot: SwitchSnapshot, channels: Channels, book: CallBook): Finding[] {
  return snapshot.bridges.flatMap(({ bridge, channels: members }): Finding[] => {
    if (!isBridgeId(bridge) || book.listening.has(bridge)) return [];
    const live = book.get(callIdOf(bridge));
    if (live !== undefined && bridgesOf(live.call).includes(bridge)) return [];
    const citizenInside = members.some(
      (member) => !isLegId(member) && !isSpyId(member) && channels.has(member),
    );
    return citizenInside ? [] : [{ key: `destroyBridge ${bridge}`, mend: { kind: 'destroyBridge', bridge } }];
  });
}

function ofAgent(presence: Presence, book: CallBook, channels: Channels): Finding[] {
  const { state, callId, agentId } = presence;
  if ((state !== 'RINGING' && state !== 'TALKING') || callId === null) return [];
  const live = book.get(callId);
  if (live !== undefined && hasAgent(live.call, agentId)) return [];
  // About to be adopted: the citizen is still at the switch, though not yet in the book.
  if (live === undefined && [...channels.values()].some(({ incoming }) => incoming?.callId === callId))
    return [];
  return [{ key: `freeAgent ${agentId} ${callId}`, mend: { kind: 'freeAgent', presence } }];
}

/** What of a mending the engine does by itself; the rest needs the switch. `endedMs` as in `CallEngine.apply`. */
export function mendInEngine(engine: CallEngine, mend: Mend, endedMs: number | null): boolean {
  if (mend.kind === 'event') {
    engine.apply(mend.callId, mend.event, endedMs);
    return true;
  }
  if (mend.kind === 'adopt') {
    const { incoming, up } = mend.channel;
    if (incoming === null) return true;
    engine.adopt(incoming, up, mend.legs);
    return true;
  }
  return false;
}
