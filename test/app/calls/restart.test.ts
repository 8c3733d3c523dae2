import { expect, test } from 'vitest';
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
