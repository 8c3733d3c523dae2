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

test('the page is loaded anew while it rings there: it asks, and the ring that is nobody’s gives way to another', async () => {
  const house = await talkingAtPage();
  await house.control.command({ ...RECONNECT, key: 'once' });
  await settled();
  await plugged(house, false);
  expect(await house.control.command({ ...RECONNECT, key: 'again' })).toMatchObject({ ok: true });
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'awaited', role: 'rejoining' });
  // Not twice for one loss: it is waited for already.
  const third = { ...RECONNECT, key: 'third' };
  expect(await house.control.command(third)).toMatchObject({ ok: false, code: 'talk.notNow' });
  await plugged(house, true);
  await house.after(1_100);
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'ringing' });
  expect([...house.switch.channels.keys()]).toEqual(['channel1', 'call1.a3']);
  house.switch.answerLeg('call1.a3');
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'in', role: 'member' });
  expect(seen(house)).toMatchObject({ state: 'TALKING', callId: 'call1' });
});

const rings = (house: House) => house.switch.log.filter((line) => line.startsWith('ring call1.a')).length;

test('a telephone that is there and refuses every ring is rung ever more seldom, and five times; then somebody else is', async () => {
  const house = await talkingAtPage();
  const before = rings(house);
  house.switch.faults.set('ring', Array(5).fill({ kind: 'refused', reason: 'test' }));
  await house.control.command({ ...RECONNECT, key: 'once' });
  const after: number[] = [];
  for (const ms of [0, 900, 200, 1_800, 200, 3_800, 200, 7_800]) {
    await house.after(ms);
    after.push(rings(house) - before);
  }
  expect(after).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  await house.after(200);
  expect(seen(house)).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });
  expect(house.agents.get('agent2')).toMatchObject({ state: 'RINGING', callId: 'call1' });
  expect(rings(house) - before).toBe(6);
});

test('he is back while the words still tell of his absence: they are broken off before anybody is heard', async () => {
  const house = await talkingAtPage();
  await plugged(house, false);
  house.switch.end('call1.a1', 'unreachable');
  await house.after(3_000);
  expect(house.switch.playbacks.size).toBe(1);
  await plugged(house, true);
  await house.after(1_100);
  const { log } = house.switch;
  const told = log.length;
  house.switch.answerLeg(party(house)?.id ?? '');
  await settled();
  await settled();
  expect(house.switch.playbacks.size).toBe(0);
  const did = log.slice(told).map((line) => line.split(' ')[0]);
  expect(did.indexOf('stopPlayback')).toBeLessThan(did.indexOf('bridge'));
  expect(did).toContain('stopPlayback');
  expect(house.switch.channels.get('channel1')).toMatchObject({ bridge: 'call1.b', music: false });
});

test('who had muted himself comes back unheard, and is let speak when he says so', async () => {
  const house = await talkingAtPage();
  const says = (kind: 'mute' | 'unmute') =>
    house.control.command({ kind: 'talk', agentId: 'agent1', key: kind, wish: { kind, party: null } });
  await says('mute');
  await house.control.command({ ...RECONNECT, key: 'once' });
  await settled();
  const { log } = house.switch;
  expect(log).not.toContain('mute call1.a2');
  const told = log.length;
  house.switch.answerLeg('call1.a2');
  await settled();
  expect(log.slice(told, told + 2)).toEqual(['mute call1.a2', 'bridge call1.b']);
  expect(house.switch.channels.get('call1.a2')?.muted).toBe(true);
  expect(party(house)).toMatchObject({ state: 'in', muted: true });
  await says('unmute');
  await settled();
  expect(house.switch.channels.get('call1.a2')?.muted).toBe(false);
});

test('lost once more in the moment in which he answers: rung again, and not blamed for it', async () => {
  const house = await talkingAtPage();
  await house.control.command({ ...RECONNECT, key: 'once' });
  await settled();
  house.switch.slow = true;
  house.switch.answerLeg('call1.a2');
  house.switch.deliver();
  await settled();
  expect(party(house)).toMatchObject({ state: 'joining' });
  house.switch.end('call1.a2', 'unreachable');
  house.switch.deliver();
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'awaited', role: 'rejoining' });
  house.switch.slow = false;
  for (let left = 0; left < 9 && !house.switch.idle; left += 1) {
    await house.switch.perform();
    house.switch.deliver();
    await settled();
  }
  await house.after(1_100);
  house.switch.answerLeg('call1.a3');
  await settled();
  expect(party(house)).toMatchObject({ id: 'call1.a3', state: 'in', role: 'member' });
  expect(seen(house)).toMatchObject({ state: 'TALKING', callId: 'call1' });
});

test('it does not come back: after half a minute the citizen is the first in line, and the agent not ready', async () => {
  const house = await talkingAtPage();
  await plugged(house, false);
  house.switch.end('call1.a1', 'unreachable');
  await house.after(31_000);
  // In the books stand legs that there were: nobody was rung for him a second time.
  const ended = house.facts.flatMap((fact) => (fact.type === 'legEnded' ? [fact.leg] : []));
  expect(ended).toEqual(['call1.a1']);
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

test.each(['monitor', 'barge'] as const)('a lead who listens (%s) is not thrown out by it', async (mode) => {
  const house = await talkingAtPage();
  await house.control.command({ kind: 'notReady', agentId: 'agent2', reason: 'rest' });
  const listen = { kind: 'listen', agentId: 'agent2', callId: 'call1', mode, reason: '带教' } as const;
  expect(await house.control.command(listen)).toMatchObject({ ok: true });
  await settled();
  const lead = house.switch.world.legOf('phone2') ?? '';
  house.switch.answerLeg(lead);
  await settled();
  await settled();
  await house.control.command({ ...RECONNECT, key: 'once' });
  await settled();
  await settled();
  expect(party(house)).toMatchObject({ state: 'ringing' });
  expect(house.switch.channels.has(lead)).toBe(true);
  house.switch.answerLeg('call1.a2');
  await settled();
  await settled();
  const { spies } = house.switch.world;
  if (mode === 'monitor') expect([...spies.values()]).toEqual(['call1.a2']);
  else expect(house.switch.channels.get(lead)?.bridge).toBe('call1.b');
  expect(house.agents.get('agent2')).toMatchObject({ listensTo: 'call1' });
});

test('waited for, with an emergency desk that has not accepted, he is told that he may not end the call', async () => {
  const house = await talkingAtPage();
  const police = { kind: 'invite', target: { kind: 'emergency', desk: '110' }, note: {} } as const;
  await house.control.command({ kind: 'talk', agentId: 'agent1', key: 'police', wish: police });
  await settled();
  house.switch.answerLeg(house.switch.world.legOf('110') ?? '');
  await settled();
  await plugged(house, false);
  house.switch.end('call1.a1', 'unreachable');
  await settled();
  expect(await house.control.command({ kind: 'releaseCall', agentId: 'agent1' })).toMatchObject({
    ok: false,
    code: 'talk.emergencyNotAccepted',
  });
  expect(house.state('call1')).toBe('talking');
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
