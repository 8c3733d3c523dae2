import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

// D8 and the death of call control: an agent's page is waited for, or rung again, in the moment in which it dies. Its
// successor goes on with what is left of the half minute; the citizen is neither lost nor given to two.

const PAGE = {
  name: 'phone1-b',
  agentId: 'agent1',
  kind: 'browser',
  secret: 's',
  displayName: '',
} as const;
const RECONNECT = { kind: 'talk', agentId: 'agent1', wish: { kind: 'reconnect' } } as const;

const plugged = async (house: House, isThere: boolean): Promise<void> => {
  await house.switch.phone(PAGE, isThere);
  await settled();
};

/** Agent 1 talks at a page; agent 2 is ready beside him. */
async function talkingAtPage(): Promise<House> {
  const house = await new House(sample([agent(1), agent(2)])).open();
  house.otherPhones = [PAGE];
  await house.control.command({ kind: 'reloadConfiguration' });
  await plugged(house, true);
  await house.control.command({ kind: 'signIn', agentId: 'agent1' });
  await house.control.command({ kind: 'usePhone', agentId: 'agent1', phone: 'browser' });
  await house.ready(1);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
  await house.ready(2);
  return house;
}

/** The page is gone, and its talk is waited for. */
async function awaited(): Promise<House> {
  const house = await talkingAtPage();
  await plugged(house, false);
  house.switch.end('call1.a1', 'unreachable');
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a2', state: 'awaited', role: 'rejoining' });
  return house;
}

/** The page is back and rings. */
async function rung(): Promise<House> {
  const house = await talkingAtPage();
  await house.control.command({ ...RECONNECT, key: 'once' });
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a2', state: 'ringing', role: 'rejoining' });
  return house;
}

/** kill -9: from now on nobody listens to the switch, and nothing is asked of it. */
async function dies(house: House): Promise<void> {
  house.switch.onEvent(() => undefined);
  await house.control.stop();
}

/** All facts of the one before are kept: what is told later goes on after them. */
async function successor(house: House): Promise<House> {
  const next = new House(house.configuration, house);
  next.facts.push(...house.facts);
  await next.open();
  await settled();
  return next;
}

const party = (house: House) => house.calls.get('call1')?.talk?.parties[0];
const citizen = (house: House) => house.switch.channels.get('channel1');
const rings = (house: House) => house.told('call1').filter((type) => type === 'legRang').length;
const numbersOf = (house: House) =>
  house.facts.flatMap((fact) => (fact.callId === 'call1' && fact.seq !== null ? [fact.seq] : []));

/** No fact of the call twice, none missing between two. */
function isWhole(house: House): void {
  const told = numbersOf(house);
  expect(told).toEqual(told.map((_, at) => at + 1));
}

test('waited for when it died: music on, rung as soon as the page is back, and together again', async () => {
  const first = await awaited();
  await first.after(3_000);
  // He has heard half of the word.
  expect([...first.switch.playbacks.values()]).toEqual(['channel1']);
  await dies(first);
  const house = await successor(first);
  await house.heard();
  expect(party(house)).toMatchObject({ id: 'call1.a2', state: 'awaited', role: 'rejoining' });
  expect(citizen(house)).toMatchObject({ music: true, bridge: null });
  expect(house.agents.get('agent1')).toMatchObject({ state: 'TALKING', callId: 'call1' });
  expect(house.agents.get('agent2')?.state).toBe('READY');
  await plugged(house, true);
  await house.after(1_100);
  expect(party(house)).toMatchObject({ id: 'call1.a2', state: 'ringing' });
  house.switch.answerLeg('call1.a2');
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a2', state: 'in', role: 'member' });
  expect(citizen(house)).toMatchObject({ music: false, bridge: 'call1.b' });
  house.switch.end('channel1');
  await settled();
  expect(house.end('call1')).toMatchObject({ result: 'answeredByAgent', releasedBy: 'caller' });
  expect(house.agents.get('agent1')).toMatchObject({ state: 'WRAP_UP', callId: 'call1' });
  expect(rings(house)).toBe(2);
  isWhole(house);
});

test('the half minute goes on while it is dead: what is left is waited for, then the citizen is the first in line', async () => {
  const first = await awaited();
  await first.after(5_000);
  await dies(first);
  await first.clock.advance(20_000, settled);
  const house = await successor(first);
  await house.after(4_000);
  expect(party(house)).toMatchObject({ state: 'awaited' });
  expect(house.agents.get('agent2')?.state).toBe('READY');
  await house.after(2_000);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });
  expect(house.agents.get('agent2')).toMatchObject({ state: 'RINGING', callId: 'call1' });
  isWhole(house);
});

test('dead for longer than the half minute: the citizen goes on at once, to one agent and once', async () => {
  const first = await awaited();
  await dies(first);
  await first.clock.advance(40_000, settled);
  const house = await successor(first);
  await house.after(100);
  expect(house.agents.get('agent2')).toMatchObject({ state: 'RINGING', callId: 'call1' });
  expect([...house.switch.channels.keys()].sort()).toEqual(['call1.a3', 'channel1']);
  expect(citizen(house)).toMatchObject({ music: true });
  house.switch.answerLeg('call1.a3');
  await settled();
  expect(house.state('call1')).toBe('talking');
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });
  isWhole(house);
});

test('his ring goes on while it is dead, and his answer counts', async () => {
  const first = await rung();
  await dies(first);
  first.switch.answerLeg('call1.a2');
  const house = await successor(first);
  expect(party(house)).toMatchObject({ id: 'call1.a2', state: 'in', role: 'member' });
  expect(citizen(house)).toMatchObject({ music: false, bridge: 'call1.b' });
  expect(rings(house)).toBe(2);
  isWhole(house);
});

test('his ring came to its end while it was dead, which nobody saw: rung again for what is left, and not blamed', async () => {
  const first = await rung();
  await dies(first);
  first.switch.end('call1.a2', 'rejected');
  await first.clock.advance(10_000, settled);
  const house = await successor(first);
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'awaited', role: 'rejoining' });
  expect(house.agents.get('agent1')).toMatchObject({ state: 'TALKING', callId: 'call1' });
  await house.after(1_100);
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'ringing' });
  house.switch.answerLeg('call1.a3');
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'in' });
  isWhole(house);
});

test('it was written down that he is rung, and the switch never heard of it: he is rung again', async () => {
  const first = await talkingAtPage();
  first.switch.slow = true;
  const asked = first.control.command({ ...RECONNECT, key: 'once' });
  await settled();
  first.switch.onEvent(() => undefined);
  first.switch.forget();
  first.switch.slow = false;
  await dies(first);
  await Promise.race([asked, settled()]);
  const house = await successor(first);
  await house.after(1_100);
  // What was asked of the switch before its death came to nothing: the old leg is in the bridge still, and is cleared.
  const [talks] = [party(house)];
  expect(talks).toMatchObject({ state: 'ringing', role: 'rejoining' });
  house.switch.answerLeg(talks?.id ?? '');
  await settled();
  await house.after(61_000);
  expect([...house.switch.channels.keys()].sort()).toEqual([talks?.id, 'channel1'].sort());
  expect(citizen(house)).toMatchObject({ bridge: 'call1.b' });
  isWhole(house);
});

test('he had answered, and was lost again before the two were joined: not blamed, rung again', async () => {
  const first = await rung();
  first.switch.slow = true;
  first.switch.answerLeg('call1.a2');
  first.switch.deliver();
  await settled();
  expect(party(first)).toMatchObject({ state: 'joining' });
  await dies(first);
  first.switch.forget();
  first.switch.slow = false;
  first.switch.end('call1.a2', 'unreachable');
  const house = await successor(first);
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'awaited', role: 'rejoining' });
  await house.after(2_100);
  house.switch.answerLeg('call1.a3');
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'in' });
  expect(house.agents.get('agent1')).toMatchObject({ state: 'TALKING', callId: 'call1' });
  isWhole(house);
});

test('the citizen hung up while it was dead: the agent writes the call up, and nobody is rung', async () => {
  const first = await awaited();
  await dies(first);
  first.switch.end('channel1');
  const house = await successor(first);
  await house.after(1_100);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'WRAP_UP', callId: 'call1' });
  expect(house.agents.get('agent2')?.state).toBe('READY');
  expect(house.end('call1')).toMatchObject({ result: 'answeredByAgent' });
  expect(house.switch.channels.size).toBe(0);
  isWhole(house);
});

test('killed twice in one half minute: it is one half minute', async () => {
  const first = await awaited();
  await first.after(10_000);
  await dies(first);
  const second = await successor(first);
  await second.after(10_000);
  await dies(second);
  const third = await successor(second);
  await third.after(9_000);
  expect(party(third)).toMatchObject({ state: 'awaited' });
  await third.after(2_000);
  expect(third.agents.get('agent2')).toMatchObject({ state: 'RINGING', callId: 'call1' });
  isWhole(third);
});
