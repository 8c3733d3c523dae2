import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

const AGENT = { agentId: 'agent1' } as const;

test('commands are granted or refused with a stable code; what already is, is granted', async () => {
  const house = await new House(sample([agent(1)])).open();
  const ask = house.control.command.bind(house.control);
  expect(await ask({ kind: 'signIn', agentId: 'nobody' })).toMatchObject({ code: 'agent.unknown' });
  expect(await ask({ kind: 'ready', ...AGENT })).toMatchObject({ code: 'agent.signedOut' });
  expect(await ask({ kind: 'notReady', ...AGENT, reason: 'rest' })).toMatchObject({
    code: 'agent.signedOut',
  });
  expect(await ask({ kind: 'signOut', ...AGENT })).toMatchObject({ ok: true });
  for (const _twice of [1, 2]) {
    expect(await ask({ kind: 'signIn', ...AGENT })).toMatchObject({
      ok: true,
      agent: { state: 'NOT_READY', reason: 'signedIn' },
    });
  }
  expect(await ask({ kind: 'notReady', ...AGENT, reason: 'bored' })).toMatchObject({
    code: 'agent.reasonUnknown',
  });
  expect(await ask({ kind: 'releaseCall', ...AGENT })).toMatchObject({ code: 'call.none' });
  await house.unplug(agent(1));
  expect(await ask({ kind: 'ready', ...AGENT })).toMatchObject({ code: 'agent.phoneUnreachable' });
  house.unplugged.clear();
  await house.register();
  expect(await ask({ kind: 'ready', ...AGENT })).toMatchObject({ ok: true, agent: { state: 'READY' } });
  const told = house.facts.length;
  expect(await ask({ kind: 'ready', ...AGENT })).toMatchObject({ ok: true, agent: { state: 'READY' } });
  expect(house.facts).toHaveLength(told);
});

test('an agent who talks may release the call, and rests afterwards if so asked', async () => {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
  const ask = house.control.command.bind(house.control);
  expect(await ask({ kind: 'notReady', ...AGENT, reason: 'meal' })).toMatchObject({
    ok: true,
    agent: { state: 'TALKING' },
  });
  await ask({ kind: 'releaseCall', ...AGENT });
  await settled();
  expect(house.state('call1')).toBe('goodbye');
  await house.heard();
  expect(house.end('call1')).toMatchObject({ releasedBy: 'agent', result: 'answeredByAgent' });
  await house.after(30_000);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'meal' });
});

test('the fallback queue follows who is signed in', async () => {
  const house = await new House(sample([agent(1), agent(2)])).open();
  house.members.set('phone9', 'available');
  await house.control.command({ kind: 'signIn', ...AGENT });
  await settled();
  expect(house.members.get('phone1')).toBe('paused');
  await house.control.command({ kind: 'ready', ...AGENT });
  await settled();
  expect(house.members.get('phone1')).toBe('available');
  await house.control.command({ kind: 'signOut', ...AGENT });
  await settled();
  expect(house.members.get('phone1')).toBe('absent');
  // Who is in it and nobody knows is taken out when the switch comes back.
  house.switch.disconnect();
  house.switch.reconnect();
  await settled();
  expect(house.members.get('phone9')).toBe('absent');
});

test('while the switch is away nobody is called and nobody is blamed; afterwards it goes on', async () => {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  house.switch.disconnect();
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', phoneReachable: false });
  house.switch.reconnect();
  await settled();
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', phoneReachable: true });
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('ringingAgent');
});

test('a new configuration: a new agent may sign in, one who moved serves the new queue, a gone queue is left', async () => {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  house.switch.arrive(incoming(1, '12369'));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('queued');
  const next = sample([agent(1, ['desk']), agent(2)], 2);
  house.configuration = next;
  expect(await house.control.command({ kind: 'reloadConfiguration' })).toEqual({ ok: true, agent: null });
  await settled();
  expect(house.state('call1')).toBe('ringingAgent');
  house.switch.end('call1.a1', 'rejected');
  await settled();
  expect(house.state('call1')).toBe('queued');
  house.configuration = { ...next, version: 3, queues: next.queues.filter(({ code }) => code === 'general') };
  await house.control.command({ kind: 'reloadConfiguration' });
  await house.register();
  await house.ready(2);
  expect(house.state('call1')).toBe('ringingAgent');
  expect(house.told('call1').filter((type) => type === 'queueEntered')).toHaveLength(2);
  expect(house.agents.get('agent2')).toMatchObject({ state: 'RINGING', queues: ['general'] });
});

test('an agent who is no longer configured is signed out, but not in the middle of a talk', async () => {
  const house = await new House(sample([agent(1), agent(2)])).open();
  await house.ready(1, 2);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
  house.configuration = sample([agent(3)], 2);
  await house.control.command({ kind: 'reloadConfiguration' });
  await settled();
  expect(house.state('call1')).toBe('talking');
  expect(house.agents.get('agent2')?.state).toBe('SIGNED_OUT');
  expect(house.members.get('phone2')).toBe('absent');
  house.switch.end('channel1');
  await settled();
  expect(house.control.engine.book.size).toBe(0);
  expect(house.agents.get('agent1')?.state).toBe('SIGNED_OUT');
  expect(house.control.desk.presence('agent1')).toBeNull();
});

test('a phone whose leg stays up is a member that is rung although it is in use', async () => {
  const house = new House(sample([agent(1), agent(2)]));
  house.persistent.add('phone1');
  await house.open();
  await house.control.command({ kind: 'reloadConfiguration' });
  await house.ready(1, 2);
  expect([house.members.get('phone1'), house.members.get('phone2')]).toEqual(['standing', 'available']);
  await house.control.command({ kind: 'notReady', agentId: 'agent1', reason: 'rest' });
  await settled();
  expect(house.members.get('phone1')).toBe('paused');
  await house.control.command({ kind: 'signOut', agentId: 'agent1' });
  await settled();
  expect(house.members.get('phone1')).toBe('absent');
  await house.control.stop();
});
