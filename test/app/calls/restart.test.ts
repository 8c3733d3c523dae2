import { expect, test } from 'vitest';
import type { TalkTarget } from '../../../src/app/ports/talk-commands.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// Call control dies without a word; its successor finds the same switch and the same files.

async function successor(house: House): Promise<House> {
  house.switch.onEvent(() => undefined);
  await house.control.stop();
  const next = new House(house.configuration, house);
  await next.open();
  return next;
}

test('who waits keeps the place, who talks talks on, who was ready is ready', async () => {
  const first = await new House(sample([agent(1), agent(2), agent(3)])).open();
  await first.ready(1, 3);
  await first.control.command({ kind: 'notReady', agentId: 'agent3', reason: 'meal' });
  for (const n of [1, 2, 3]) {
    first.switch.arrive(incoming(n));
    await settled();
    await first.heard();
    await first.after(1_000);
  }
  first.switch.answerLeg('call1.a1');
  await settled();

  const house = await successor(first);
  expect([1, 2, 3].map((n) => house.state(`call${n}`))).toEqual(['talking', 'queued', 'queued']);
  expect(house.switch.channels.get('call1.a1')?.bridge).toBe('call1.b');
  expect(house.agents.get('agent1')).toMatchObject({ state: 'TALKING', callId: 'call1' });
  expect(house.agents.get('agent3')).toMatchObject({ state: 'NOT_READY', reason: 'meal' });
  await house.ready(2);
  expect(house.state('call2')).toBe('ringingAgent');
  expect(house.state('call3')).toBe('queued');

  house.switch.end('channel1');
  await settled();
  expect(house.end('call1')).toMatchObject({ result: 'answeredByAgent', releasedBy: 'caller' });
  expect(house.agents.get('agent1')?.state).toBe('WRAP_UP');
});

test('a phone that was ringing goes on ringing, and its answer counts', async () => {
  const first = await new House(sample([agent(1)])).open();
  await first.ready(1);
  first.switch.arrive(incoming(1));
  await settled();
  await first.heard();
  const house = await successor(first);
  expect(house.state('call1')).toBe('ringingAgent');
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(house.state('call1')).toBe('talking');
  expect(house.agents.get('agent1')?.state).toBe('TALKING');
});

test('another centre that was ringing goes on ringing, and talks; one that fell silent meanwhile gives the citizen back', async () => {
  const ringing = async (): Promise<House> => {
    const house = await new House(sample([agent(1)])).open();
    house.switch.arrive(incoming(1, '12333'));
    await settled();
    await house.heard();
    expect(house.state('call1')).toBe('ringingOutside');
    return house;
  };
  const house = await successor(await ringing());
  expect(house.state('call1')).toBe('ringingOutside');
  house.switch.answerLeg('call1.c1');
  await settled();
  expect(house.state('call1')).toBe('talking');
  const again = await successor(house);
  expect(again.state('call1')).toBe('talking');
  again.switch.end('channel1');
  await settled();
  expect(again.end('call1')).toMatchObject({ result: 'answeredByCentre', releasedBy: 'caller' });
  expect([...again.switch.channels.keys()]).toEqual([]);

  const first = await ringing();
  first.switch.onEvent(() => undefined);
  first.switch.end('call1.c1', 'busy');
  const other = await successor(first);
  expect(other.state('call1')).toBe('returning');
  await other.heard();
  expect(other.control.engine.book.get('call1')?.call.waiting?.queue).toBe('general');
});

test('a pair that was being connected when it died talks on', async () => {
  const first = await new House(sample([agent(1)])).open();
  await first.ready(1);
  first.switch.arrive(incoming(1));
  await settled();
  await first.heard();
  first.switch.slow = true;
  first.switch.answerLeg('call1.a1');
  first.switch.deliver();
  await settled();
  // The last thing that it did was to join the two; it died before it heard so.
  await first.switch.perform();
  await settled();
  const { savedCalls } = first;
  const asItStood = new Map(savedCalls);
  await first.switch.perform();
  expect(first.switch.channels.get('channel1')?.bridge).toBe('call1.b');
  for (const [callId, saved] of asItStood) savedCalls.set(callId, saved);
  expect(savedCalls.get('call1')?.call.state).toBe('connecting');
  first.switch.forget();
  first.switch.slow = false;
  const house = await successor(first);
  expect(house.state('call1')).toBe('talking');
  expect(house.agents.get('agent1')?.state).toBe('TALKING');
});

test('what happened meanwhile is made up for: an answer, a hang-up, the end of an announcement', async () => {
  const first = await new House(sample([agent(1)])).open();
  await first.ready(1);
  for (const n of [1, 2, 3]) first.switch.arrive(incoming(n));
  await settled();
  first.switch.finishPlayback('call1.p1');
  await settled();
  first.switch.onEvent(() => undefined);
  first.switch.answerLeg('call1.a1');
  first.switch.finishPlayback('call2.p1');
  first.switch.end('channel3');
  const house = await successor(first);
  expect(house.state('call1')).toBe('talking');
  expect(house.state('call2')).toBe('queued');
  expect(house.end('call3')).toMatchObject({ result: 'abandoned' });
});

test('with no file left, citizens are adopted: the talking pair stays, the others wait in the right queue', async () => {
  const first = await new House(sample([agent(1)])).open();
  await first.ready(1);
  first.switch.arrive(incoming(1));
  first.switch.arrive(incoming(2, '12369'));
  await settled();
  await first.heard();
  first.switch.answerLeg('call1.a1');
  await settled();
  first.savedCalls.clear();
  const house = await successor(first);
  expect(house.state('call1')).toBe('talking');
  expect(house.agents.get('agent1')).toMatchObject({ state: 'TALKING', callId: 'call1' });
  expect(house.calls.get('call2')).toMatchObject({ state: 'queued', queue: 'desk', mode: 'DEDICATED' });
  expect(house.switch.channels.get('channel2')?.music).toBe(true);
  expect(
    house.facts
      .filter((fact) => fact.type === 'anomaly')
      .map(({ callId }) => callId)
      .sort(),
  ).toEqual(['call1', 'call2']);
});

test('with no file left, a conference goes on with all who are in it, each under the own name', async () => {
  const first = await new House(sample([agent(1), agent(2)])).open();
  await first.ready(1, 2);
  first.switch.arrive(incoming(1));
  await settled();
  await first.heard();
  const [one, two] = first.calls.get('call1')?.agentId === 'agent1' ? [1, 2] : [2, 1];
  first.switch.answerLeg('call1.a1');
  await settled();
  const invite = async (key: string, target: TalkTarget): Promise<void> => {
    const wish = { kind: 'invite', target, note: {} } as const;
    await first.control.command({ kind: 'talk', agentId: `agent${one}`, key, wish });
    await settled();
    for (const [channel, { up }] of [...first.switch.channels]) if (!up) first.switch.answerLeg(channel);
    await settled();
  };
  await invite('colleague', { kind: 'agent', agent: `100${two}` });
  await invite('outside', { kind: 'number', number: '051384130000' });
  first.savedCalls.clear();
  const house = await successor(first);
  expect(house.calls.get('call1')?.talk?.parties).toMatchObject([
    { id: 'call1.a1', agentId: `agent${one}`, state: 'in' },
    { id: 'call1.a2', agentId: `agent${two}`, state: 'in' },
    { id: 'call1.o3', kind: 'unit', state: 'in' },
  ]);
  expect([...house.switch.channels.values()].map(({ bridge }) => bridge)).toEqual(Array(4).fill('call1.b'));
  for (const n of [1, 2])
    expect(house.agents.get(`agent${n}`)).toMatchObject({ state: 'TALKING', callId: 'call1' });
  await house.control.command({ kind: 'releaseCall', agentId: `agent${one}` });
  await settled();
  expect(house.calls.get('call1')).toMatchObject({ state: 'talking', agentId: `agent${two}` });
});

const endOf = (house: House, callId: string) => {
  const end = house.end(callId);
  if (end?.type !== 'callEnded') throw new Error(`${callId} has not ended`);
  return end;
};
const inOrder = (house: House, callId: string): boolean => {
  const times = house.facts.flatMap((fact) => (fact.callId === callId ? [fact.atMs] : []));
  return times.every((atMs, n) => n === 0 || atMs >= (times[n - 1] ?? 0));
};

/** call1 is talked on, call2 waits. */
async function oneTalksOneWaits(): Promise<House> {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  for (const n of [1, 2]) {
    house.switch.arrive(incoming(n));
    await settled();
    await house.heard();
  }
  house.switch.answerLeg('call1.a1');
  await settled();
  await house.after(60_000);
  return house;
}

test('all stops overnight: the calls ended at the stop, through the system, and not at the next start', async () => {
  const first = await oneTalksOneWaits();
  const stopMs = first.clock.now();
  const facts = first.facts;
  first.switch.onEvent(() => undefined);
  await first.control.stop();
  await first.after(10 * 3_600_000);
  first.switch.world.restart(first.clock.now() - 1_000);
  await first.switch.stop();
  const house = new House(first.configuration, first);
  house.facts.push(...facts);
  // The first citizen of the new day is at the switch before call control is.
  house.switch.world.channels.set('channel9', {
    id: 'channel9',
    incoming: incoming(9),
    target: null,
    originator: null,
    up: true,
    rang: false,
    bridge: null,
    music: false,
    muted: false,
    digits: '',
    headers: {},
  });
  await house.open();
  expect(endOf(house, 'call1')).toMatchObject({
    atMs: stopMs,
    releasedBy: 'system',
    result: 'answeredByAgent',
    detail: 'talking: unknown, time estimated',
  });
  expect(endOf(house, 'call2')).toMatchObject({ atMs: stopMs, releasedBy: 'system', result: 'lost' });
  expect([inOrder(house, 'call1'), inOrder(house, 'call2')]).toEqual([true, true]);
  expect(house.state('call9')).toBe('queued');
});

test('call control is killed and a citizen hangs up meanwhile: ended by the citizen, at the last sign of life', async () => {
  const first = await oneTalksOneWaits();
  const sign = first.lastSign.atMs ?? 0;
  expect(first.clock.now() - sign).toBeLessThan(5_001);
  await first.after(3_000);
  const facts = first.facts;
  first.switch.onEvent(() => undefined);
  first.switch.end('channel1');
  first.switch.end('channel2');
  // Nothing at the switch is left: that alone does not make it a crash of the switch.
  await first.switch.stop();
  const asKilled = first.lastSign.atMs;
  await first.control.stop();
  first.lastSign.atMs = asKilled;
  await first.after(20 * 60_000);
  const house = new House(first.configuration, first);
  house.facts.push(...facts);
  await house.open();
  expect(endOf(house, 'call1')).toMatchObject({ atMs: asKilled, releasedBy: 'caller' });
  expect(endOf(house, 'call2')).toMatchObject({ atMs: asKilled, releasedBy: 'caller', result: 'abandoned' });
  expect(inOrder(house, 'call1')).toBe(true);
});

test('the switch crashes and is back half an hour later: the talk ended when it went away', async () => {
  const house = await oneTalksOneWaits();
  house.switch.disconnect();
  const crashMs = house.clock.now();
  await house.after(30 * 60_000);
  house.switch.world.restart(house.clock.now());
  await settled();
  expect(endOf(house, 'call1')).toMatchObject({ atMs: crashMs, releasedBy: 'system' });
  expect(house.lastSign.atMs).toBe(crashMs);
});

test('the line to the switch falls silent and a citizen hangs up in the silence: he left when it began, not when it was noticed', async () => {
  const house = await oneTalksOneWaits();
  await house.after(60_000);
  const heardMs = house.clock.now();
  await house.after(14_000);
  house.switch.world.disconnect('silent', 14_000);
  house.switch.end('channel2');
  await house.after(2_000);
  house.switch.reconnect();
  await settled();
  expect(endOf(house, 'call2')).toMatchObject({ atMs: heardMs, result: 'abandoned' });
  expect(house.lastSign.atMs).toBeGreaterThanOrEqual(heardMs);
});

test('an end is never dated before the call’s last fact, also when no sign of life was kept', async () => {
  const first = await oneTalksOneWaits();
  const facts = first.facts;
  const last = Math.max(...facts.flatMap((fact) => (fact.callId === 'call1' ? [fact.atMs] : [])));
  first.switch.onEvent(() => undefined);
  await first.control.stop();
  first.lastSign.atMs = null;
  await first.after(3_600_000);
  first.switch.world.restart(first.clock.now());
  await first.switch.stop();
  const house = new House(first.configuration, first);
  await house.open();
  expect(endOf(house, 'call1').atMs).toBe(last);
});

test('a citizen whose answer was never sent is answered by the successor, one whose answer was refused at the next sweeps', async () => {
  const first = await new House(sample([agent(1)])).open();
  first.switch.slow = true;
  first.switch.arrive(incoming(1));
  first.switch.deliver();
  await settled();
  expect(first.state('call1')).toBe('arrived');
  // It died before the command reached the switch.
  first.switch.forget();
  first.switch.slow = false;
  const house = await successor(first);
  expect(house.switch.channels.get('channel1')?.up).toBe(true);
  await house.after(5_000);
  expect(house.state('call1')).toBe('greeting');

  house.switch.faults.set('answer', [{ kind: 'refused', reason: 'test' }]);
  house.switch.arrive(incoming(2));
  await settled();
  expect(house.state('call2')).toBe('greeting');
  expect(house.switch.channels.get('channel2')?.up).toBe(false);
  await house.after(65_000);
  expect(house.switch.channels.get('channel2')?.up).toBe(true);
});
