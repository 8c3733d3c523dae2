import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

/** A citizen waits, one agent is ready and rings. */
async function ringing(): Promise<House> {
  const house = await new House(sample([agent(1), agent(2)])).open();
  await house.ready(1);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('ringingAgent');
  return house;
}
async function talking(): Promise<House> {
  const house = await ringing();
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(house.state('call1')).toBe('talking');
  return house;
}
const nothingLeft = (house: House): void => {
  expect([...house.switch.channels.keys()]).toEqual([]);
  expect([...house.switch.bridges]).toEqual([]);
  expect(house.control.engine.book.size).toBe(0);
  expect(house.calls.size).toBe(0);
  expect(house.savedCalls.size).toBe(0);
  expect(house.errors).toEqual([]);
};

test('a caller who hangs up while a phone rings costs the agent nothing', async () => {
  const house = await ringing();
  house.switch.end('channel1');
  await settled();
  nothingLeft(house);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', callId: null });
  expect(house.end('call1')).toMatchObject({ result: 'abandoned', releasedBy: 'caller' });
});

test('the caller hangs up first: the agent wraps up, and may end that early', async () => {
  const house = await talking();
  house.switch.end('channel1');
  await settled();
  nothingLeft(house);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'WRAP_UP', callId: 'call1' });
  await house.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
  expect(house.agents.get('agent1')?.state).toBe('READY');
  expect(house.end('call1')).toMatchObject({ result: 'answeredByAgent', releasedBy: 'caller' });
});

test('a phone that vanishes while ringing: the citizen goes to the next, the agent is not ready', async () => {
  const house = await ringing();
  await house.ready(2);
  await house.unplug(agent(1));
  await house.after(1_000);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });
  expect(house.agents.get('agent2')).toMatchObject({ state: 'RINGING', callId: 'call1' });
  expect([...house.switch.channels.keys()]).toEqual(['channel1', 'call1.a2']);
});

test('a phone that registers from another address while it rings has not vanished: it rings on, and is answered', async () => {
  const house = await ringing();
  await house.ready(2);
  house.switch.emitOnly({ type: 'phone', phone: 'phone1', reachable: false });
  await house.after(999);
  house.switch.emitOnly({ type: 'phone', phone: 'phone1', reachable: true });
  await house.after(1_000);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'RINGING', callId: 'call1' });
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(house.agents.get('agent1')).toMatchObject({ state: 'TALKING', callId: 'call1' });
  expect(house.agents.get('agent2')?.state).toBe('READY');
});

test('a switch that goes away in a blink of the phone that rings takes no call from its agent', async () => {
  const house = await ringing();
  house.switch.emitOnly({ type: 'phone', phone: 'phone1', reachable: false });
  house.switch.disconnect();
  await house.after(1_000);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'RINGING', callId: 'call1' });
});

test('a phone that is lost in the talk: the citizen comes first in the queue, with music', async () => {
  const house = await talking();
  house.switch.arrive(incoming(2));
  await settled();
  await house.heard();
  house.switch.end('call1.a1', 'unreachable');
  await settled();
  expect(house.state('call1')).toBe('queued');
  expect(house.switch.channels.get('channel1')).toMatchObject({ music: true, bridge: null });
  await house.ready(2);
  expect(house.state('call1')).toBe('ringingAgent');
  expect(house.state('call2')).toBe('queued');
});

test('no prompt is there: the citizen still reaches the agent, and it is on record', async () => {
  const house = await new House(sample([agent(1)])).open();
  house.missing.add('greeting-main').add('goodbye');
  await house.ready(1);
  house.switch.arrive(incoming(1));
  await settled();
  expect(house.state('call1')).toBe('ringingAgent');
  house.switch.answerLeg('call1.a1');
  await settled();
  house.switch.end('call1.a1');
  await settled();
  nothingLeft(house);
  const missing = house.facts.filter((fact) => fact.type === 'anomaly' && fact.code === 'prompt.missing');
  expect(missing).toHaveLength(2);
});

test('a ring command that fails: the agent is not asked again at once, the citizen keeps the place', async () => {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  house.switch.faults.set('ring', [{ kind: 'refused', reason: 'test' }]);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('queued');
  const shown = house.agents.get('agent1');
  expect(shown).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });
  // Nor left out for the day: a switch that was too busy for a moment is soon itself again, and the citizen waits.
  expect(shown?.readyAgainMs).toBe(house.clock.now() + 10_000);
  await house.after(10_000);
  expect(house.state('call1')).toBe('ringingAgent');
  expect(house.agents.get('agent1')).toMatchObject({ state: 'RINGING', readyAgainMs: null });
});

test('two agents are never with one citizen: an answer that comes too late finds the leg hung up', async () => {
  const house = await ringing();
  await house.ready(2);
  house.switch.slow = true;
  house.switch.answerLeg('call1.a1');
  await house.after(17_000);
  expect(house.state('call1')).toBe('ringingAgent');
  house.switch.slow = false;
  for (let n = 0; n < 20 && !house.switch.idle; n += 1) {
    house.switch.deliver();
    await house.switch.perform();
    await settled();
  }
  expect([...house.switch.channels.keys()]).toEqual(['channel1', 'call1.a2']);
  // F-16: he did answer; another was quicker, and he has missed nothing.
  const taken = { callId: 'call1', by: '座席2', atMs: expect.any(Number) };
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', misses: 0, taken });
  expect(house.saved.get('agent1')).toMatchObject({ taken });
  house.switch.answerLeg('call1.a2');
  await settled();
  expect(house.calls.get('call1')).toMatchObject({ state: 'talking', agentId: 'agent2' });
  // Until his next move.
  await house.control.command({ kind: 'notReady', agentId: 'agent1', reason: 'rest' });
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'rest', taken: null });
});

/** The first agent picks up as the offer goes on to the second, who picks up as well: neither knows of the other. */
async function bothAnswer(): Promise<House> {
  const house = await ringing();
  await house.ready(2);
  house.switch.slow = true;
  await house.clock.advance(17_000, settled);
  expect(house.calls.get('call1')).toMatchObject({ state: 'ringingAgent', agentId: 'agent2' });
  return house;
}
const delivered = async (house: House): Promise<void> => {
  house.switch.slow = false;
  for (let n = 0; n < 20 && !house.switch.idle; n += 1) {
    house.switch.deliver();
    await house.switch.perform();
    await settled();
  }
};

test.each(['the earlier rung', 'the later rung'])(
  'F-16: two answers of one millisecond, %s heard of first: one talks, the other reads that it was taken, without a miss',
  async (first) => {
    const house = await bothAnswer();
    const early = { type: 'answered', channel: 'call1.a1' } as const;
    if (first === 'the earlier rung') house.switch.answerLeg('call1.a1');
    // The end of the first leg's time and the second's ring reach the switch.
    for (let n = 0; n < 6; n += 1) {
      await house.switch.perform();
      await settled();
    }
    house.switch.answerLeg('call1.a2');
    if (first === 'the later rung') house.switch.emitOnly(early);
    const atMs = house.clock.now();
    await delivered(house);
    expect(house.clock.now()).toBe(atMs);
    expect(house.calls.get('call1')).toMatchObject({ state: 'talking', agentId: 'agent2' });
    expect(house.switch.channels.get('call1.a2')).toMatchObject({ bridge: 'call1.b' });
    expect([...house.switch.channels.keys()]).toEqual(['channel1', 'call1.a2']);
    const taken = { callId: 'call1', by: '座席2', atMs };
    expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', misses: 0, callId: null, taken });
    expect(house.agents.get('agent2')).toMatchObject({ state: 'TALKING', misses: 0, taken: null });
    const talks = house.facts.filter(({ type }) => type === 'talkStarted');
    expect(talks).toMatchObject([{ callId: 'call1', agentId: 'agent2' }]);
  },
);

test('a party that is gone is found, though another moved the talk on in the same moment', async () => {
  const house = await talking();
  await house.ready(2);
  const invite = { kind: 'invite', target: { kind: 'agent', agent: '1002' }, note: {} } as const;
  await house.control.command({ kind: 'talk', agentId: 'agent1', key: 'i', wish: invite });
  await settled();
  const leg = house.switch.world.legOf('phone2') ?? '';
  house.switch.slow = true;
  house.switch.answerLeg(leg);
  house.switch.deliver();
  await settled();
  // It ends before it can be joined, and the word of its end is lost; meanwhile the agent mutes himself.
  house.switch.channels.delete(leg);
  await house.switch.perform();
  const mute = { kind: 'mute', party: null } as const;
  await house.control.command({ kind: 'talk', agentId: 'agent1', key: 'm', wish: mute });
  house.switch.slow = false;
  for (let n = 0; n < 20; n += 1) {
    await house.switch.perform();
    await settled();
  }
  expect(house.calls.get('call1')?.talk?.parties.map(({ agentId }) => agentId)).toEqual(['agent1']);
  expect(house.agents.get('agent2')?.state).not.toBe('RINGING');
});

test('a dedicated desk overflows to the general one after its time', async () => {
  const house = await new House(sample([agent(1, ['general'])])).open();
  await house.ready(1);
  house.switch.arrive(incoming(1, '12369'));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('queued');
  await house.after(19_000);
  expect(house.state('call1')).toBe('queued');
  await house.after(1_000);
  expect(house.state('call1')).toBe('ringingAgent');
  expect(house.facts.find((fact) => fact.type === 'legRang')).toMatchObject({
    reason: expect.stringContaining('desk 溢出至 general'),
  });
});

test('a parallel unit that is silent gives the call back to 12345', async () => {
  const house = await new House(sample([agent(1)])).open();
  house.switch.arrive(incoming(1, '12348'));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('ringingOutside');
  expect(house.switch.channels.get('call1.u1')?.target).toBe('051384139001');
  await house.after(22_000);
  expect(house.state('call1')).toBe('returning');
  await house.heard();
  expect(house.state('call1')).toBe('queued');
  expect(house.switch.channels.has('call1.u1')).toBe(false);
});

test('an agent whose phone is in use elsewhere is not called', async () => {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  house.switch.world.foreignCalls('phone1', 1);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('queued');
  house.switch.world.foreignCalls('phone1', 0);
  await settled();
  expect(house.state('call1')).toBe('ringingAgent');
});

test('what the sweep finds twice is mended: a forgotten leg, an empty bridge', async () => {
  const house = await new House(sample([agent(1)])).open();
  await house.switch.world.ring({
    channel: 'nobody.a1',
    target: { kind: 'phone', phone: 'phone1' },
    originator: 'nobody',
    callerNumber: '',
    callerName: '',
    ringTimeoutMs: 1_000,
  });
  await house.switch.world.bridge('nobody.b', []);
  await house.after(30_000);
  expect(house.switch.channels.size).toBe(1);
  await house.after(30_000);
  expect(house.switch.channels.size).toBe(0);
  expect(house.switch.bridges.size).toBe(0);
});

test('a switch that starts anew: its calls are lost and said so, its phones are told again, new calls go', async () => {
  const house = await talking();
  house.switch.world.restart();
  await settled();
  await house.register();
  nothingLeft(house);
  expect(house.end('call1')).toMatchObject({ result: 'answeredByAgent' });
  expect(house.agents.get('agent1')).toMatchObject({ state: 'WRAP_UP', phoneReachable: true });
  await house.control.command({ kind: 'ready', agentId: 'agent1' });
  house.switch.arrive(incoming(2));
  await settled();
  await house.heard();
  expect(house.state('call2')).toBe('ringingAgent');
});

test('a phone whose sign of life got lost is found by the sweep', async () => {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  house.switch.emitOnly({ type: 'phone', phone: 'phone1', reachable: false });
  expect(house.agents.get('agent1')?.phoneReachable).toBe(false);
  await house.after(30_000);
  expect(house.agents.get('agent1')?.phoneReachable).toBe(false);
  await house.after(30_000);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', phoneReachable: true });
});

test('a ready agent whose phone is dead is not ready after a grace, and ready again when it is back in time', async () => {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  await house.unplug(agent(1));
  await house.after(14_999);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', phoneReachable: false });
  await house.after(1);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });
  expect(house.members.get('phone1')).toBe('paused');
  await house.after(4 * 60_000);
  house.unplugged.clear();
  await house.register();
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', reason: null });
  await house.unplug(agent(1));
  await house.after(15_000 + 5 * 60_000 + 1);
  house.unplugged.clear();
  await house.register();
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });
  await house.ready(1);
  expect(house.agents.get('agent1')?.state).toBe('READY');
});

test('a phone that blinks makes nobody not ready, nor does one that is lost in a call; after the wrap-up it does', async () => {
  const house = await talking();
  house.switch.emitOnly({ type: 'phone', phone: 'phone1', reachable: false });
  await house.after(16_000);
  expect(house.agents.get('agent1')?.state).toBe('TALKING');
  house.switch.end('channel1');
  await settled();
  // Before the sweep would have found that it is there after all.
  await house.unplug(agent(1));
  await house.after(30_000);
  expect(house.agents.get('agent1')?.state).toBe('READY');
  await house.after(15_000);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });

  await house.ready(2);
  await house.unplug(agent(2));
  await house.after(10_000);
  house.unplugged.clear();
  await house.register();
  await house.after(60_000);
  expect(house.agents.get('agent2')?.state).toBe('READY');
});

test('a switch that is away makes nobody not ready; phones that do not come back after it do', async () => {
  const house = await new House(sample([agent(1), agent(2)])).open();
  await house.ready(1, 2);
  house.switch.disconnect();
  await house.after(10 * 60_000);
  expect([house.agents.get('agent1')?.state, house.agents.get('agent2')?.state]).toEqual(['READY', 'READY']);
  house.switch.world.restart(house.clock.now());
  await settled();
  house.unplugged.add('phone2');
  await house.register();
  await house.after(15_000);
  expect(house.agents.get('agent1')?.state).toBe('READY');
  expect(house.agents.get('agent2')).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });
});

test('a call of the fallback queue is shown on the agent', async () => {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  house.switch.world.foreignCalls('phone1', 1);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', onForeignCall: true });
  house.switch.world.foreignCalls('phone1', 0);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', onForeignCall: false });
});

test('a call that carries something damaged is given a person, whatever comes next in it, and costs no other call anything', async () => {
  const configuration = sample([agent(1)]);
  const menus = configuration.menus.map((menu) => ({
    ...menu,
    nodes: menu.nodes.map((node) => ({ ...node, choices: null as never })),
  }));
  const house = await new House({ ...configuration, menus }).open();
  for (const [n, dialled] of [
    [1, '12316'],
    [2, '12345'],
  ] as const) {
    house.switch.arrive(incoming(n, dialled));
    await settled();
    await house.heard();
    if (house.state(`call${n}`) === 'menu') await house.heard();
    expect(house.state(`call${n}`)).toBe('queued');
  }
  expect(house.errors).toHaveLength(1);
  expect(house.facts).toContainEqual(expect.objectContaining({ code: 'call.rescued', detail: 'menu' }));
  await house.ready(1);
  expect(house.state('call1')).toBe('ringingAgent');
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(house.state('call1')).toBe('talking');
  await house.control.stop();
});

test('rules that cannot be applied lead every citizen to the general desk, not into silence', async () => {
  const house = await new House({ ...sample([agent(1)]), lines: null as never }).open();
  house.switch.arrive(incoming(1, '12319'));
  await settled();
  await house.heard();
  expect(house.control.engine.book.get('call1')?.call).toMatchObject({
    state: 'queued',
    waiting: { queue: 'general' },
    dialled: '12319',
  });
  expect(house.facts).toContainEqual(expect.objectContaining({ code: 'call.unplanned' }));
  expect(house.errors.length).toBeGreaterThan(0);
  await house.ready(1);
  expect(house.state('call1')).toBe('ringingAgent');
  await house.control.stop();
});

test.each([
  ['the agent’s leg', ['call1.a1', 'channel1']],
  ['the citizen’s channel', ['channel1', 'call1.a1']],
] as const)(
  'the switch goes down and tells of %s first: nobody hung up, and the agent writes it up',
  async (_first, order) => {
    const house = await new House(sample([agent(1), agent(2)])).open();
    await house.ready(1);
    house.switch.arrive(incoming(1));
    await settled();
    await house.heard();
    house.switch.answerLeg('call1.a1');
    await settled();
    await house.ready(2);
    for (const channel of order) {
      house.switch.emitOnly({ type: 'ended', channel, reason: 'normal', cause: 16, putOut: true });
    }
    await settled();
    expect(house.end('call1')).toMatchObject({ releasedBy: 'system', result: 'answeredByAgent' });
    expect(house.agents.get('agent1')).toMatchObject({ state: 'WRAP_UP', callId: 'call1' });
    expect(house.agents.get('agent2')?.state).toBe('READY');
    await house.control.stop();
  },
);
