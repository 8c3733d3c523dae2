import fc from 'fast-check';
import { expect } from 'vitest';
import { callIdOf } from '../../../src/app/calls/call-book.ts';
import type { TalkWish } from '../../../src/app/ports/talk-commands.ts';
import { isConnected } from '../../../src/domain/calls/conversation/conversation.ts';
import { talkOf } from '../../../src/domain/calls/conversation/talk-of.ts';
import type { House } from './harness.ts';
import { among, empty, holds, is } from './model-holds.ts';
import { askAs } from './model-talk.ts';
import type { Day } from './model-world.ts';

// Emergency bridges in the days of the model: an agent calls who is on call into his talk, and those answer, press the key,
// hang up, or are a voicemail.

const ON_CALL = ['13700000001', '13700000002', '13700000003'] as const;

/** Beside the steps of every day, of which this is one more. */
export const bridgeStep = fc.record({
  do: fc.constantFrom('emergencyBridge' as const, 'onCall' as const, 'onCall' as const),
  n: fc.nat(200),
});
export type BridgeStep = (typeof bridgeStep)['generate'] extends (...args: never[]) => { value: infer T }
  ? T
  : never;

/** One or all of those on call, once or twice; a number that may not be dialled is among them now and then. */
function wishOf(n: number): TalkWish {
  const people = ON_CALL.slice(0, 1 + (n % ON_CALL.length));
  const ladder = [...people, ...(n % 5 === 0 ? ['110'] : [])].map((number) => ({ name: number, number }));
  const mode = n % 2 === 0 ? 'ladder' : 'atOnce';
  const rule = { mode, rungAfterMs: 7_000, rounds: 1 + (n % 3), retryAfterMs: 1_000 } as const;
  return { kind: 'emergencyBridge', list: '中心应急', rule, ladder, note: {} };
}

export async function liveBridge(day: Day, { do: what, n }: BridgeStep): Promise<void> {
  const { house, switch: sw } = day;
  if (what === 'emergencyBridge') {
    const talking = house.control.desk.presences().filter(({ state }) => state === 'TALKING');
    const agentId = talking[n % Math.max(1, talking.length)]?.agentId ?? 'agent1';
    await askAs(house, agentId, wishOf(n), `bridge${n % 7 === 0 ? 'again' : n}`);
    return;
  }
  const rung = [...sw.channels.values()].filter(({ target }) => ON_CALL.some((number) => number === target));
  const one = rung[n % Math.max(1, rung.length)];
  if (one === undefined) return;
  const does = Math.floor(n / 3) % 6;
  if (does === 0) sw.end(one.id, n % 2 === 0 ? 'busy' : 'normal');
  else if (!one.up) sw.answerLeg(one.id);
  else sw.press(one.id, does === 1 ? '5' : '1');
}

/** At every moment. Nobody on call is with the citizen who has not pressed the key, and no cap on calls out counts him. */
export function checkBridges(house: House): void {
  for (const { number } of house.savedPlaced.values()) {
    holds(!ON_CALL.some((one) => one === number), () => `${number} is counted as a call out`);
  }
  for (const { call } of house.control.engine.book.all()) {
    const talk = talkOf(call);
    if (talk === null) continue;
    const { bridge } = talk;
    const called = talk.parties.filter(({ who }) => who.kind === 'onCall');
    // Nobody's telephone rings twice for one talk.
    const numbers = called.map(({ who }) => ('number' in who ? who.number : ''));
    is(new Set(numbers).size, numbers.length, () => `${call.id} has ${numbers.join(' ')}`);
    if (bridge == null) {
      empty(called, () => `${call.id} has no bridge`);
      continue;
    }
    const open = bridge.attempts.filter(({ end }) => end === 'open');
    for (const { leg } of open)
      among(
        leg,
        called.map(({ id }) => id),
        () => `${call.id} waits for ${leg}`,
      );
    if (bridge.state === 'calledOff' || bridge.state === 'exhausted') {
      empty(open, () => `${call.id} is ${bridge.state}`);
    }
    holds(
      bridge.attempts.length <= bridge.people.length * bridge.rule.rounds,
      () => `${call.id}: ${bridge.attempts.length} attempts`,
    );
  }
}

/** When nothing failed and nothing is on its way: whoever is asked or rung is in no bridge, not even for a moment. */
export function checkUnconfirmed(house: House): void {
  for (const { call } of house.control.engine.book.all()) {
    for (const party of talkOf(call)?.parties ?? []) {
      if (party.who.kind !== 'onCall' || isConnected(party) || party.state === 'joining') continue;
      is(house.switch.channels.get(party.id)?.bridge ?? null, null, () => `${party.id} ${party.state}`);
    }
  }
}

/** The last citizen is gone: who came had pressed the key, and each bridge was over once at most. */
export function checkBridgesTold(house: House): void {
  const pressed = new Set(house.facts.flatMap((fact) => (fact.type === 'dutyConfirmed' ? [fact.leg] : [])));
  const balance = new Map<string, number>();
  for (const fact of house.facts) {
    if (fact.type === 'partyJoined' && fact.kind === 'onCall') {
      expect(pressed, `${fact.leg} of ${callIdOf(fact.leg)} came`).toContain(fact.leg);
    }
    if (fact.callId === null || (fact.type !== 'bridgeOpened' && fact.type !== 'bridgeOver')) continue;
    const now = (balance.get(fact.callId) ?? 0) + (fact.type === 'bridgeOpened' ? 1 : -1);
    expect(now, `bridges of ${fact.callId}`).toBeGreaterThanOrEqual(0);
    balance.set(fact.callId, now);
  }
}
