import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { CallingRule } from '../../../src/domain/duty/ladder.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// People who are on call are rung into a talk by one key, over the model switch: who hears whom is asked of the switch itself.

const [FIRST, SECOND] = ['13800000001', '13800000002'] as const;
const LADDER: CallingRule = { mode: 'ladder', rungAfterMs: 30_000, rounds: 2, retryAfterMs: 20_000 };

let house: House;
beforeEach(async () => {
  house = await new House(sample([agent(1), agent(2)])).open();
  await house.ready(1);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg(house.switch.world.legOf('phone1') ?? 'none');
  await settled();
});
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
});

async function opens(
  rule = LADDER,
  key = 'key1',
  numbers: readonly string[] = [FIRST, SECOND],
): Promise<CommandReply> {
  const reply = await house.control.command({
    kind: 'talk',
    agentId: 'agent1',
    key,
    wish: {
      kind: 'emergencyBridge',
      list: '中心应急',
      rule,
      ladder: numbers.map((number, n) => ({ name: `值班${n + 1}`, number })),
      note: { ticket: 'T-1' },
    },
  });
  await settled();
  return reply;
}
const rung = (): readonly string[] =>
  house.switch.world.rung.flatMap(({ target }) => (target.kind === 'number' ? [target.number] : []));
const legOf = (number: string): string => house.switch.world.legOf(number) ?? 'none';
const bridge = () => house.calls.get('call1')?.talk?.bridge;
const states = () => bridge()?.people.map(({ state, tries }) => `${state} ${tries}`);
const together = (): readonly string[] =>
  [...house.switch.channels.values()]
    .filter((one) => one.bridge === 'call1.b')
    .map(({ target }) => target ?? 'citizen')
    .sort();
async function answers(number: string): Promise<void> {
  house.switch.answerLeg(legOf(number));
  await settled();
}
async function presses(number: string, digit: string): Promise<void> {
  house.switch.world.presses(legOf(number), digit);
  await settled();
}
async function passes(ms: number): Promise<void> {
  await house.clock.advance(ms, settled);
}
const told = (type: string) => house.facts.filter((fact) => fact.type === type);

test('the first rung rings with 12345; he is asked, comes when he has pressed 1, and nobody else is called', async () => {
  expect(await opens()).toMatchObject({ ok: true, call: { talk: { phase: 'together' } } });
  expect(rung()).toEqual([FIRST]);
  expect(house.switch.world.rung.at(-1)).toMatchObject({
    callerNumber: '12345',
    headers: { 'X-12345-Ticket': 'T-1' },
  });
  expect(together()).toEqual(['citizen', 'phone1']);
  await answers(FIRST);
  expect(states()).toEqual(['called 1', 'waiting 0']);
  // Not with them yet: what he hears is why he is called.
  expect(together()).toEqual(['citizen', 'phone1']);
  expect([...house.switch.playbacks.values()]).toContain(legOf(FIRST));
  await presses(FIRST, '5');
  expect(together()).toHaveLength(2);
  await presses(FIRST, '1');
  expect(together()).toEqual([FIRST, 'citizen', 'phone1']);
  expect(bridge()).toMatchObject({ state: 'confirmed', by: 'agent1', list: '中心应急' });
  expect(states()).toEqual(['there 1', 'waiting 0']);
  await passes(120_000);
  expect(rung()).toEqual([FIRST]);
  expect(told('dutyConfirmed')).toHaveLength(1);
  expect(told('bridgeOver')).toMatchObject([{ how: 'confirmed' }]);
});

test('the words are said again until a key comes; a voicemail presses none and is let go, the next rung rings', async () => {
  await opens();
  await answers(FIRST);
  const [playback] = [...house.switch.playbacks].find(([, on]) => on === legOf(FIRST)) ?? [];
  house.switch.world.playsToEnd(playback ?? '', 'finished');
  await settled();
  expect([...house.switch.playbacks.values()]).toContain(legOf(FIRST));
  const voicemail = legOf(FIRST);
  await passes(25_000);
  expect(house.switch.channels.has(voicemail)).toBe(false);
  expect(rung()).toEqual([FIRST, SECOND]);
  expect(states()).toEqual(['unreached 1', 'called 1']);
  expect(told('legEnded')).toMatchObject([{ how: 'noKey' }]);
  expect(together()).toEqual(['citizen', 'phone1']);
});

test('who does not answer in time is joined by the next; busy and silent they are called again, and then nobody is left', async () => {
  await opens();
  await passes(30_000);
  expect(rung()).toEqual([FIRST, SECOND]);
  house.switch.end(legOf(FIRST), 'busy');
  house.switch.end(legOf(SECOND), 'busy');
  await settled();
  await passes(20_000);
  expect(rung()).toEqual([FIRST, SECOND, FIRST]);
  house.switch.end(legOf(FIRST), 'busy');
  await settled();
  expect(rung()).toEqual([FIRST, SECOND, FIRST, SECOND]);
  house.switch.end(legOf(SECOND), 'busy');
  await settled();
  expect(bridge()).toMatchObject({ state: 'exhausted' });
  expect(together()).toEqual(['citizen', 'phone1']);
  // Asked for once more it begins anew.
  expect(await opens(LADDER, 'key2')).toMatchObject({ ok: true });
  expect(rung()).toHaveLength(5);
});

test('all at once; under the same key once, under another refused while it calls; cancelled, nobody rings any more', async () => {
  const rule = { ...LADDER, mode: 'atOnce' } as const;
  await opens(rule);
  expect(await opens(rule)).toMatchObject({ ok: true });
  expect(await opens(rule, 'key2')).toMatchObject({ ok: false, code: 'talk.bridgeStands' });
  expect(rung()).toEqual([FIRST, SECOND]);
  await answers(FIRST);
  await presses(FIRST, '1');
  expect(states()).toEqual(['there 1', 'called 1']);
  await house.control.command({
    kind: 'talk',
    agentId: 'agent1',
    key: 'key3',
    wish: { kind: 'cancel', party: null },
  });
  await settled();
  expect(bridge()).toMatchObject({ state: 'calledOff' });
  expect(states()).toEqual(['there 1', 'dropped 1']);
  expect(together()).toEqual([FIRST, 'citizen', 'phone1']);
  await passes(120_000);
  expect(rung()).toEqual([FIRST, SECOND]);
});

test('muted and removed as every party; who was sent away is not called again; the agent leaves, the citizen is not alone', async () => {
  await opens({ ...LADDER, mode: 'atOnce' });
  await answers(FIRST);
  await presses(FIRST, '1');
  await answers(SECOND);
  await presses(SECOND, '1');
  const act = (wish: object, key: string) =>
    house.control.command({ kind: 'talk', agentId: 'agent1', key, wish } as never).then(settled);
  await act({ kind: 'mute', party: legOf(FIRST) }, 'm1');
  expect(house.calls.get('call1')?.talk?.parties.find(({ number }) => number === FIRST)).toMatchObject({
    muted: true,
    kind: 'onCall',
    name: '值班1',
  });
  await act({ kind: 'remove', party: legOf(FIRST) }, 'm2');
  await passes(120_000);
  expect(rung()).toEqual([FIRST, SECOND]);
  expect(states()).toEqual(['left 1', 'there 1']);
  await act({ kind: 'leave' }, 'm3');
  expect(together()).toEqual([SECOND, 'citizen']);
  house.switch.end(legOf(SECOND));
  await settled();
  expect(house.calls.get('call1')?.state ?? 'ended').not.toBe('talking');
});

test('the agent’s telephone dies while who is on call still rings: the citizen waits for him, and is not alone', async () => {
  await opens();
  house.switch.end(legOf('phone1'), 'unreachable');
  await settled();
  expect(house.state('call1')).toBe('talking');
  await answers(FIRST);
  await presses(FIRST, '1');
  expect(together()).toEqual([FIRST, 'citizen']);
});

test('a colleague who takes back what he asked for does not call it off; once its agent has left he may', async () => {
  await house.ready(2);
  const act = (agentId: string, wish: object, key: string) =>
    house.control.command({ kind: 'talk', agentId, key, wish } as never).then(settled);
  await act('agent1', { kind: 'invite', target: { kind: 'agent', agent: 'agent2' } }, 'i1');
  house.switch.answerLeg(legOf('phone2'));
  await settled();
  await opens();
  await act('agent2', { kind: 'cancel', party: null }, 'c1');
  expect(bridge()).toMatchObject({ state: 'calling' });
  await passes(30_000);
  expect(rung()).toEqual([FIRST, SECOND]);
  await act('agent1', { kind: 'leave' }, 'l1');
  await act('agent2', { kind: 'cancel', party: null }, 'c2');
  expect(bridge()).toMatchObject({ state: 'calledOff' });
  expect([...house.switch.channels.values()].filter(({ target }) => target === SECOND)).toEqual([]);
});

test('called off while nobody rings it leaves on record who did', async () => {
  await opens();
  for (const number of [FIRST, SECOND]) {
    house.switch.end(legOf(number), 'busy');
    await settled();
  }
  expect(bridge()).toMatchObject({ state: 'calling' });
  await house.control.command({
    kind: 'talk',
    agentId: 'agent1',
    key: 'off',
    wish: { kind: 'cancel', party: null },
  });
  expect(told('bridgeOver')).toMatchObject([{ list: '中心应急', how: 'calledOff', by: 'agent1' }]);
});

test('whose number the agent rings already has not come by that: he is waited for, and the next is rung when he does not', async () => {
  const outside = { kind: 'invite', target: { kind: 'number', number: FIRST }, note: {} };
  await house.control.command({ kind: 'talk', agentId: 'agent1', key: 'i', wish: outside } as never);
  await settled();
  await opens();
  expect(rung()).toEqual([FIRST]);
  expect(bridge()).toMatchObject({ state: 'calling' });
  expect(states()).toEqual(['called 1', 'waiting 0']);
  house.switch.end(legOf(FIRST), 'busy');
  await settled();
  expect(rung()).toEqual([FIRST, SECOND]);
});

test('whose number the agent rings already is there when he answers', async () => {
  const outside = { kind: 'invite', target: { kind: 'number', number: FIRST }, note: {} };
  await house.control.command({ kind: 'talk', agentId: 'agent1', key: 'i', wish: outside } as never);
  await settled();
  await opens();
  await answers(FIRST);
  expect(bridge()).toMatchObject({ state: 'confirmed' });
  expect(states()).toEqual(['there 1', 'waiting 0']);
});

test('a citizen who hangs up ends it for all who ring', async () => {
  await opens({ ...LADDER, mode: 'atOnce' });
  await answers(FIRST);
  house.switch.end('channel1');
  await settled();
  await passes(60_000);
  expect(
    [...house.switch.channels.values()].filter(({ target }) => target === FIRST || target === SECOND),
  ).toEqual([]);
  expect(rung()).toEqual([FIRST, SECOND]);
});

test('a number that may not be dialled lets the others be called; where none may, that is said', async () => {
  await opens(LADDER, 'key1', ['110', SECOND]);
  expect(rung()).toEqual([SECOND]);
  expect(bridge()?.people).toHaveLength(1);
  await house.control.command({
    kind: 'talk',
    agentId: 'agent1',
    key: 'c',
    wish: { kind: 'cancel', party: null },
  });
  expect(await opens(LADDER, 'key2', ['110'])).toMatchObject({ ok: false, code: 'outbound.numberEmergency' });
});

test('no cap on calls out counts it or holds it up, however many there were in the hour', async () => {
  house.outboundRules = { ...house.outboundRules, perHour: 1, perAgentHour: 1, perNumberHour: 1 };
  await house.control.command({ kind: 'reloadConfiguration' });
  const asks = (wish: object, key: string) =>
    house.control.command({ kind: 'talk', agentId: 'agent1', key, wish } as never);
  const outside = { kind: 'consult', target: { kind: 'number', number: '051384130000' }, note: {} };
  for (const round of ['a', 'b']) {
    expect(await opens(LADDER, `bridge ${round}`)).toMatchObject({ ok: true });
    await asks({ kind: 'cancel', party: null }, `off ${round}`);
  }
  expect(house.savedPlaced.size).toBe(0);
  expect(await asks(outside, 'first')).toMatchObject({ ok: true });
  await asks({ kind: 'cancel', party: null }, 'cancelled');
  expect(await asks(outside, 'second')).toMatchObject({ ok: false, code: 'outbound.tooMany' });
  expect(await opens(LADDER, 'bridge c')).toMatchObject({ ok: true });
  expect(rung().filter((number) => number === FIRST)).toHaveLength(3);
});

test.each(['ringing', 'confirming', 'there'] as const)(
  'killed while he is %s: it goes on where it was',
  async (phase) => {
    await opens();
    if (phase !== 'ringing') await answers(FIRST);
    if (phase === 'there') await presses(FIRST, '1');
    house.switch.forget();
    await house.control.stop();
    const after = new House(house.configuration, house);
    after.facts.push(...house.facts);
    house = await after.open();
    await settled();
    expect(rung()).toEqual([FIRST]);
    if (phase === 'ringing') await answers(FIRST);
    if (phase !== 'there') await presses(FIRST, '1');
    expect(together()).toEqual([FIRST, 'citizen', 'phone1']);
    await passes(60_000);
    expect(rung()).toEqual([FIRST]);
  },
);

test('killed while nobody answers: the next rung rings when its time has come', async () => {
  await opens();
  house.switch.forget();
  await house.control.stop();
  house = await new House(house.configuration, house).open();
  await passes(30_000);
  expect(rung()).toEqual([FIRST, SECOND]);
});
