import { expect } from 'vitest';
import { callIdOf } from '../../../src/app/calls/call-book.ts';
import { isPersistentLegId, phoneOfLegId } from '../../../src/app/calls/persistent-leg-book.ts';
import { hasAgent } from '../../../src/app/calls/resync-talk.ts';
import type { TalkTarget, TalkWish } from '../../../src/app/ports/talk-commands.ts';
import type { Call } from '../../../src/domain/calls/call.ts';
import {
  consultedIn,
  isConnected,
  isHandOver,
  phaseOf,
} from '../../../src/domain/calls/conversation/conversation.ts';
import { CONVERSATION_TABLE } from '../../../src/domain/calls/conversation/conversation-table.ts';
import { bridgeAt, MUSIC, placesOf } from '../../../src/domain/calls/conversation/places.ts';
import { agentOfLeg, legsOf, talkOf } from '../../../src/domain/calls/conversation/talk-of.ts';
import type { House } from './harness.ts';
import { holds, is } from './model-holds.ts';

// Talks of several in the days of the model: what agents ask for at any moment, and what must hold whatever becomes of it.

const nth = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;

const TARGETS: readonly TalkTarget[] = [
  { kind: 'agent', agent: '1001' },
  { kind: 'agent', agent: '1002' },
  { kind: 'agent', agent: '1003' },
  { kind: 'queue', queue: 'desk' },
  { kind: 'queue', queue: 'general' },
  { kind: 'number', number: '051384130000' },
  { kind: 'emergency', desk: '110' },
];
const KINDS = [
  'hold',
  'resume',
  'transfer',
  'consult',
  'consult',
  'invite',
  'invite',
  'swap',
  'cancel',
  'complete',
  'merge',
  'mute',
  'digits',
  'remove',
  'accepted',
  'leave',
  'reconnect',
] as const;

/** One of the wishes, by a number: three times in four one that the phase of the talk knows. */
export function wishOf(n: number, call: Call | undefined): TalkWish {
  const talk = call === undefined ? null : talkOf(call);
  const parties = talk?.parties.map(({ id }) => id) ?? [];
  const listed: readonly string[] = talk === null ? KINDS : CONVERSATION_TABLE[phaseOf(talk)];
  const kind = nth(n % 4 === 0 ? KINDS : KINDS.filter((one) => listed.includes(one)), Math.floor(n / 4));
  const rest = Math.floor(n / 4 / KINDS.length);
  switch (kind) {
    case 'transfer':
    case 'consult':
    case 'invite':
      return { kind, target: nth(TARGETS, rest), note: {} };
    case 'remove':
      return { kind, party: parties.length === 0 ? 'none' : nth(parties, rest) };
    case 'mute':
      return { kind: rest % 2 === 0 ? 'mute' : 'unmute', party: nth([null, 'citizen', ...parties], rest) };
    case 'cancel':
    case 'accepted':
      return { kind, party: null };
    case 'digits':
      return { kind, digits: '1', party: null };
    default:
      return { kind };
  }
}

/** An agent asks for something in his talk; every fourth time under the key of the time before. */
export async function askInTalk(house: House, n: number): Promise<void> {
  const talking = house.control.desk.presences().filter(({ state }) => state === 'TALKING');
  const anybody = `agent${1 + (n % 3)}`;
  const agentId = n % 7 === 0 || talking.length === 0 ? anybody : nth(talking, n).agentId;
  const callId = house.control.desk.presence(agentId)?.callId ?? null;
  const call = callId === null ? undefined : house.control.engine.book.get(callId)?.call;
  const wish = wishOf(Math.floor(n / 3), call);
  await askAs(house, agentId, wish, `key${n % 11 === 0 ? 'again' : n}`);
}

/** What is refused changes nothing. */
export async function askAs(house: House, agentId: string, wish: TalkWish, key: string): Promise<void> {
  const callId = house.control.desk.presence(agentId)?.callId ?? null;
  const talkNow = (): string => {
    const now = callId === null ? undefined : house.control.engine.book.get(callId)?.call;
    return JSON.stringify([now?.conversation ?? null, now?.actsDone ?? []]);
  };
  const before = talkNow();
  const asked = house.control.command({ kind: 'talk', agentId, wish, key });
  // Looked at before anything else is let happen.
  const after = talkNow();
  const reply = await asked;
  if (!reply.ok) expect(after).toBe(before);
}

/** Sensitive data is about to be said to one of the agents who talk, or was. */
export async function pauseRecording(house: House, n: number): Promise<void> {
  const talking = house.control.desk.presences().filter(({ state }) => state === 'TALKING');
  const agentId = talking.length === 0 ? 'agent1' : nth(talking, n).agentId;
  await house.control.command(
    n % 3 === 0
      ? { kind: 'resumeRecording', agentId }
      : { kind: 'pauseRecording', agentId, reason: '银行卡号', forMs: nth([5_000, 60_000, 400_000], n) },
  );
}

/** Whose a channel is: a leg that stays up is the call's that it is in. */
const callOfChannel = (id: string, bridge: string | null): string =>
  callIdOf(isPersistentLegId(id) && bridge !== null ? bridge : id);

/** At every moment: one citizen a talk, nobody in two, nobody on hold alone; an agent's call is one that has him. */
export function checkTalks(house: House): void {
  const { switch: sw } = house;
  for (const bridge of sw.bridges) {
    const inside = [...sw.channels.values()].filter((one) => one.bridge === bridge);
    holds(inside.filter(({ incoming }) => incoming !== null).length <= 1, () => `citizens in ${bridge}`);
    const calls = new Set(inside.map(({ id, incoming }) => incoming?.callId ?? callOfChannel(id, bridge)));
    holds(calls.size <= 1, () => `calls in ${bridge}`);
  }
  const joined = new Map<string, string>();
  for (const { id, target, bridge } of sw.channels.values()) {
    if (bridge === null || target === null || !target.startsWith('phone')) continue;
    const callId = callOfChannel(id, bridge);
    // Nobody's any more, its hang-up failed: found by the sweep, and an orphan where nothing failed.
    const owner = house.control.engine.book.get(callId)?.call;
    if (owner === undefined || !(isPersistentLegId(id) || legsOf(owner).includes(id))) continue;
    // One agent, at most one caller.
    is(joined.get(target) ?? callId, callId, () => target);
    joined.set(target, callId);
  }
  for (const { agentId, state, callId } of house.control.desk.presences()) {
    if (callId === null || (state !== 'RINGING' && state !== 'TALKING')) continue;
    const live = house.control.engine.book.get(callId);
    if (live !== undefined) holds(hasAgent(live.call, agentId), () => `${agentId} in ${callId}`);
  }
  for (const { call } of house.control.engine.book.all()) {
    const talk = talkOf(call);
    if (talk === null) {
      is(call.conversation ?? null, null, () => call.state);
      continue;
    }
    const { parties, citizen, consultBy } = talk;
    const agents = parties.filter((one) => isConnected(one) && one.who.kind === 'agent');
    if (citizen.held === null)
      holds(
        parties.some(({ state }) => state === 'in'),
        () => `${call.id} alone`,
      );
    else holds(agents.length > 0 || parties.some(isHandOver), () => `${call.id} on hold alone`);
    is(consultBy === null, consultedIn(talk) === null, () => `${call.id} consults`);
    for (const { who, state, role } of parties) {
      if (who.kind !== 'agent' || who.agentId === null) continue;
      const presence = house.control.desk.presence(who.agentId);
      const isOffered = role !== 'rejoining' && (state === 'ringing' || state === 'joining');
      const wanted = isOffered ? 'RINGING' : 'TALKING';
      const found = `${presence?.state} ${presence?.callId}`;
      is(found, `${wanted} ${call.id}`, () => `${who.agentId} ${state} in ${call.id}`);
    }
  }
}

/** The leg that stays up at the phone of the agent whose leg this is in the call. */
function persistentLegFor(house: House, call: Call, leg: string) {
  const agentId = agentOfLeg(call, leg);
  const phone = agentId === null ? undefined : house.control.desk.profile(agentId)?.phone;
  return [...house.switch.channels.values()].find(({ id }) => phoneOfLegId(id) === phone);
}

/** When nothing failed and nothing is on its way, the switch has everybody where the talk has him. */
export function checkPlaces(house: House, faulty = false): void {
  for (const { call } of house.control.engine.book.all()) {
    const talk = talkOf(call);
    if (talk === null) continue;
    for (const [channel, place] of placesOf(call, talk)) {
      const there = house.switch.channels.get(channel) ?? persistentLegFor(house, call, channel);
      if (place === null || there === undefined) continue;
      is(there.bridge, bridgeAt(place), () => `${channel} ${place}`);
      // An outside party on hold is not reminded of: when its music failed twice it waits in silence.
      const must = place === MUSIC && (channel === call.channel || !faulty);
      if (must) holds(there.music, () => `music of ${channel}`);
    }
  }
}
