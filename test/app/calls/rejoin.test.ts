import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

// D8: a page that carries an agent's talk is loaded anew, or its network is away. The citizen stays, and the same agent is
// rung for half a minute.

const PAGE = {
  name: 'phone1-b',
  agentId: 'agent1',
  kind: 'browser',
  secret: 's',
  displayName: '',
} as const;
const RECONNECT = {
  kind: 'talk',
  agentId: 'agent1',
  wish: { kind: 'reconnect' },
} as const;

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
  expect(house.state('call1')).toBe('talking');
  await house.ready(2);
  return house;
}

const seen = (house: House) => house.agents.get('agent1');
const party = (house: House) => house.calls.get('call1')?.talk?.parties[0];
const held = (house: House) => house.calls.get('call1')?.talk?.citizen.held?.why ?? null;

test('a page that is loaded anew asks for its talk: rung at once, answered, and both are together again', async () => {
  const house = await talkingAtPage();
  expect(await house.control.command({ ...RECONNECT, key: 'once' })).toMatchObject({ ok: true });
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a2', state: 'ringing', role: 'rejoining' });
  expect(held(house)).toBe('rejoin');
  // His all the while, and nobody else's.
  expect(seen(house)).toMatchObject({ state: 'TALKING', callId: 'call1' });
  expect(house.agents.get('agent2')?.state).toBe('READY');
  expect([...house.switch.channels.keys()]).toEqual(['channel1', 'call1.a2']);

  house.switch.answerLeg('call1.a2');
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a2', state: 'in', role: 'member' });
  expect(held(house)).toBeNull();
  house.switch.end('channel1');
  await settled();
  expect(seen(house)).toMatchObject({ state: 'WRAP_UP', callId: 'call1' });
  expect(house.errors).toEqual([]);
});

test('asked twice it is one ring', async () => {
  const house = await talkingAtPage();
  await house.control.command({ ...RECONNECT, key: 'once' });
  await house.control.command({ ...RECONNECT, key: 'once' });
  await settled();
  expect(house.told('call1').filter((type) => type === 'legRang')).toHaveLength(2);
});

test('the telephone vanishes and is back within the time: the citizen hears a word and music, then his agent', async () => {
  const house = await talkingAtPage();
  await plugged(house, false);
  house.switch.end('call1.a1', 'unreachable');
  await settled();
  expect(party(house)).toMatchObject({ state: 'awaited', role: 'rejoining' });
  expect(house.agents.get('agent2')?.state).toBe('READY');
  await house.after(3_000);
  expect([...house.switch.playbacks.values()]).toEqual(['channel1']);
  await house.heard();
  await house.after(10_000);
  await plugged(house, true);
  await house.after(1_100);
  expect(party(house)).toMatchObject({ state: 'ringing' });
  house.switch.answerLeg(party(house)?.id ?? '');
  await settled();
  expect(party(house)).toMatchObject({ state: 'in', role: 'member' });
  expect(seen(house)).toMatchObject({ state: 'TALKING', callId: 'call1' });
});

test('it does not come back: after half a minute the citizen is the first in line, and the agent not ready', async () => {
  const house = await talkingAtPage();
  await plugged(house, false);
  house.switch.end('call1.a1', 'unreachable');
  await house.after(31_000);
  expect(seen(house)).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });
  expect(house.agents.get('agent2')).toMatchObject({ state: 'RINGING', callId: 'call1' });
});

test('he lets it ring: the citizen goes on to the next, who is not to wait for ever', async () => {
  const house = await talkingAtPage();
  await house.control.command({ ...RECONNECT, key: 'once' });
  await house.after(40_000);
  expect(seen(house)).toMatchObject({ state: 'NOT_READY', reason: 'missed' });
  expect(house.agents.get('agent2')).toMatchObject({ state: 'RINGING', callId: 'call1' });
});

test('the citizen hangs up meanwhile: the agent writes the call up', async () => {
  const house = await talkingAtPage();
  await plugged(house, false);
  house.switch.end('call1.a1', 'unreachable');
  await settled();
  house.switch.end('channel1');
  await settled();
  expect(seen(house)).toMatchObject({ state: 'WRAP_UP', callId: 'call1' });
  expect(house.switch.channels.size).toBe(0);
});

test('at a telephone on a desk nothing is waited for', async () => {
  const house = await new House(sample([agent(1), agent(2)])).open();
  await house.ready(1);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
  await house.unplug(agent(1));
  house.switch.end('call1.a1', 'unreachable');
  await settled();
  expect(house.state('call1')).toBe('queued');
});
