import { expect } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallCommand } from '../../../src/domain/calls/call-command.ts';
import type { CallContext } from '../../../src/domain/calls/call-context.ts';
import type { CallEvent } from '../../../src/domain/calls/call-event.ts';
import {
  consultedIn,
  isConnected,
  isHandOver,
  type Party,
  partyOf,
  partyOfAgent,
} from '../../../src/domain/calls/conversation/conversation.ts';
import { placesOf } from '../../../src/domain/calls/conversation/places.ts';
import { talkOf } from '../../../src/domain/calls/conversation/talk-of.ts';
import { decide } from '../../../src/domain/calls/decide.ts';
import { at, callerEnded, timeout } from './call-life.ts';
import { talkIn } from './talks.ts';

// Walks through talks: from each, everything that may happen to it; after each step what must hold of every talk is held
// against it, and the switch must have everybody where the talk has him.

const CITIZEN = 'channel';

/** Where the switch has everybody when it does as it is told. */
function obeyed(call: Call, commands: readonly CallCommand[], where: ReadonlyMap<string, string>) {
  const is = new Map(where);
  for (const command of commands) {
    if (command.kind === 'join') is.set(command.channel, command.bridge);
    if (command.kind === 'part' && is.get(command.channel) === command.bridge) is.delete(command.channel);
    if (command.kind === 'music') is.set(command.channel, 'music');
    if (command.kind === 'hangupLeg') is.delete(command.leg);
    if (command.kind === 'startMusic') is.set(call.channel, 'music');
    if (command.kind === 'destroyBridge') {
      for (const [channel, bridge] of is) if (bridge === command.bridge) is.delete(channel);
    }
  }
  return is;
}

/** Where the talk has everybody who has a place. */
export function wanted(call: Call): ReadonlyMap<string, string> {
  const talk = talkOf(call);
  if (talk === null) return new Map();
  return new Map(
    [...placesOf(call, talk)].flatMap(([channel, place]) =>
      place === null ? [] : [[channel, place] as const],
    ),
  );
}

function checkTalk(call: Call): void {
  const talk = talkIn(call);
  const { parties, citizen, consultBy } = talk;
  const agents = parties.filter((one) => isConnected(one) && one.who.kind === 'agent');
  const withCitizen = parties.filter(({ state }) => state === 'in');
  if (citizen.held === null) expect(withCitizen.length).toBeGreaterThan(0);
  // Never on hold alone: an agent has him, or somebody is on his way to him.
  else expect(agents.length > 0 || parties.some(isHandOver)).toBe(true);
  const consulted = consultedIn(talk);
  expect(consultBy === null).toBe(consulted === null);
  if (consulted !== null) expect(partyOf(talk, consultBy)?.who.kind).toBe('agent');
  expect(new Set(parties.map(({ id }) => id)).size).toBe(parties.length);
  expect(call.leg).not.toBeNull();
}

/** The same in the next talk, by whatever leg: who was lost is waited for under the name of his next one. */
function successorOf({ id, who }: Party, after: Call): Party | null {
  const talk = talkOf(after);
  const same = partyOf(talk, id);
  if (same !== null || talk === null || who.kind !== 'agent' || who.agentId === null) return same;
  return partyOfAgent(talk, who.agentId);
}

/** Who left is hung up on, or had hung up; each agent who left is told so once. */
function checkLeaving(before: Call, event: CallEvent, after: Call, commands: readonly CallCommand[]): void {
  for (const party of talkIn(before).parties) {
    const hungUp = commands.filter((one) => one.kind === 'hangupLeg' && one.leg === party.id);
    const now = successorOf(party, after);
    if (now?.id === party.id) {
      expect(hungUp).toEqual([]);
      continue;
    }
    // Who is waited for has no leg yet.
    const hasNone = party.state === 'awaited' || (event.type === 'legEnded' && event.leg === party.id);
    expect(hungUp.length, `${party.id} after ${JSON.stringify(event)}`).toBeGreaterThanOrEqual(
      hasNone ? 0 : 1,
    );
    const { who } = party;
    if (who.kind !== 'agent') continue;
    const told = commands.filter(
      (one) => one.kind === 'agent' && one.agentId === who.agentId && one.change.type !== 'offered',
    );
    // Lost, not gone: to himself he talks all the while.
    const often = now === null ? 1 : 0;
    expect(told, `${who.agentId} after ${JSON.stringify(event)}`).toHaveLength(often);
  }
}

/** What else a moment may be like, beside what happens in it. */
export type Moment = Partial<CallContext> & { readonly laterMs?: number };

export interface Walk {
  /** How many different talks there were. */
  readonly talks: number;
  /** `from to` of every party that moved along. */
  readonly edges: ReadonlySet<string>;
}

const NOW = 40_000;

function nameOf(call: Call): string {
  const { parties, citizen, consultBy, unjoined } = talkIn(call);
  const shown = parties.map(({ who, state, role, muted, asks, rings }) => [
    ...[who.kind, state, role, muted],
    ...(role === 'rejoining' ? [asks !== undefined, rings ?? 0] : []),
  ]);
  const by = parties.findIndex(({ id }) => id === consultBy);
  return JSON.stringify([shown, citizen.held?.why, citizen.muted, by, unjoined.length]);
}

/** All talks within so many turns of these; a turn is anything that can happen, in each of the moments. */
export function explore(
  from: readonly Call[],
  turns: number,
  eventsOf: (call: Call) => readonly CallEvent[],
  moments: readonly Moment[] = [{}],
): Walk {
  const seen = new Set<string>();
  const edges = new Set<string>();
  let front = from.map((call) => ({ call, nowMs: NOW }));
  for (const { call } of front) seen.add(nameOf(call));
  for (let turn = 0; turn < turns; turn += 1) {
    const next: typeof front = [];
    for (const { call, nowMs: sinceMs } of front) {
      for (const { laterMs = 0, ...moment } of moments) {
        const nowMs = sinceMs + laterMs;
        for (const event of [...eventsOf(call), timeout(call), callerEnded]) {
          const decision = decide(call, event, {
            ...at(nowMs),
            ringable: () => (turn % 2 === 0 ? 'phone1' : null),
            ...moment,
          });
          const after = decision.call;
          if (after === call) continue;
          check(call, event, decision);
          walked(call, after, edges);
          if (after.state !== 'talking') continue;
          const name = nameOf(after);
          if (seen.has(name)) continue;
          seen.add(name);
          next.push({ call: after, nowMs });
        }
      }
    }
    front = next;
  }
  return { talks: seen.size, edges };
}

function check(call: Call, event: CallEvent, { call: after, commands }: ReturnType<typeof decide>): void {
  expect(
    commands.filter(({ kind }) => kind === 'timer'),
    `${JSON.stringify(event)}`,
  ).toHaveLength(after.state === 'ended' ? 0 : 1);
  checkLeaving(call, event, after, commands);
  const gone = event.type === 'legEnded' ? event.leg : '';
  const before = new Map([...wanted(call)].filter(([channel]) => channel !== gone));
  const is = obeyed(call, commands, before);
  if (after.state !== 'talking') {
    // Nobody but the citizen is anywhere.
    expect([...is.keys()].filter((channel) => channel !== CITIZEN)).toEqual([]);
    return;
  }
  checkTalk(after);
  const known = event.type === 'joinDone' ? new Map([...is, [event.channel, event.bridge]]) : is;
  expect(Object.fromEntries(known), JSON.stringify(event)).toMatchObject(Object.fromEntries(wanted(after)));
}

function walked(call: Call, after: Call, edges: Set<string>): void {
  for (const party of talkIn(call).parties) {
    const to = successorOf(party, after)?.state ?? 'gone';
    if (to !== party.state) edges.add(`${party.state} ${to}`);
  }
}
