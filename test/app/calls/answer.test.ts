import { afterEach, expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

// An agent at a desk telephone takes the call by command: the telephone is asked to answer by itself, and what it does is told.

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
});

async function ringing(): Promise<void> {
  house = await new House(sample([agent(1), agent(2)])).open();
  await house.ready(1);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('ringingAgent');
}
const answer = (key: string, more: { readonly agentId?: string; readonly ofCall?: string } = {}) =>
  house.control.command({ kind: 'answer', agentId: 'agent1', key, ...more });
const rung = () =>
  house.switch.world.rung.map(({ channel, answersItself = false }) => [channel, answersItself]);

test('the telephone is rung anew and asked to answer; told to be done when the talk is there', async () => {
  await ringing();
  const asked = answer('key-1');
  await settled();
  expect(rung()).toEqual([
    ['call1.a1', false],
    ['call1.a2', true],
  ]);
  expect([...house.switch.channels.keys()]).toEqual(['channel1', 'call1.a2']);
  expect(house.switch.log).toContain('hangup call1.a1');
  expect(house.agents.get('agent1')).toMatchObject({ state: 'RINGING', misses: 0 });
  house.switch.answerLeg('call1.a2');
  expect(await asked).toMatchObject({ ok: true, agent: { state: 'TALKING', callId: 'call1' } });
  // Sent again it is done already, and whoever asks for what is so is granted it.
  expect(await answer('key-1')).toMatchObject({ ok: true });
  expect(await answer('key-2')).toMatchObject({ ok: true });
  expect(rung()).toHaveLength(2);
  expect(house.end('call1')).toBeUndefined();
});

test('one that does not take it rings on, is said not to have, and is asked once; picked up by hand it is answered', async () => {
  await ringing();
  const [first, again] = [answer('key-1'), answer('key-1')];
  await house.after(1_600);
  for (const reply of [await first, await again]) expect(reply).toMatchObject({ code: 'answer.notTaken' });
  expect(house.state('call1')).toBe('ringingAgent');
  const more = answer('key-2');
  await house.after(1_600);
  expect(await more).toMatchObject({ code: 'answer.notTaken' });
  expect(rung()).toHaveLength(2);
  house.switch.answerLeg('call1.a2');
  await settled();
  expect(house.agents.get('agent1')).toMatchObject({ state: 'TALKING', misses: 0 });
});

test('the ringing time is not longer for it, and the citizen keeps his place', async () => {
  await ringing();
  await house.after(10_000);
  const asked = answer('key-1');
  await house.after(7_500);
  expect(await asked).toMatchObject({ code: 'answer.notTaken' });
  expect(house.state('call1')).toBe('queued');
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'missed' });
  expect([...house.switch.channels.keys()]).toEqual(['channel1']);
});

test('the citizen hangs up meanwhile; nothing rings; another call is meant; the browser answers itself', async () => {
  await ringing();
  const asked = answer('key-1');
  await settled();
  house.switch.end('channel1');
  expect(await asked).toMatchObject({ ok: false, code: 'call.none' });
  expect(await answer('key-2')).toMatchObject({ code: 'call.none' });
  house.switch.arrive(incoming(2));
  await settled();
  await house.heard();
  expect(await answer('key-3', { ofCall: 'call1' })).toMatchObject({ code: 'call.another' });
  // A wish of before, sent again without its call, takes nobody's.
  const late = answer('key-1');
  await house.after(1_600);
  expect(await late).toMatchObject({ code: 'answer.notTaken' });
  expect(house.switch.world.rung.at(-1)).not.toHaveProperty('answersItself');
});

test('who is consulted takes it by command as well', async () => {
  await ringing();
  house.switch.answerLeg('call1.a1');
  await settled();
  await house.ready(2);
  const consult = { kind: 'consult', target: { kind: 'agent', agent: '1002' }, note: {} } as const;
  await house.control.command({ kind: 'talk', agentId: 'agent1', key: 'c', wish: consult });
  await settled();
  const asked = answer('key-1', { agentId: 'agent2' });
  await settled();
  const leg = house.switch.world.legOf('phone2') ?? '';
  expect(house.switch.world.rung.at(-1)).toMatchObject({ channel: leg, answersItself: true });
  house.switch.answerLeg(leg);
  expect(await asked).toMatchObject({ ok: true, agent: { state: 'TALKING' } });
  await settled();
  expect(house.calls.get('call1')?.talk).toMatchObject({ phase: 'consulting' });
});
