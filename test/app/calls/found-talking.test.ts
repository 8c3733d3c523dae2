import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

// Call control dies without a word, and what its successor finds talking is not what is kept of it: the talk had been ended,
// the agent had left, or has another call.

async function successor(house: House): Promise<House> {
  house.switch.onEvent(() => undefined);
  await house.control.stop();
  const next = new House(house.configuration, house);
  await next.open();
  return next;
}

async function oneTalks(): Promise<House> {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  await comesAndTalks(house, 1);
  return house;
}
async function comesAndTalks(house: House, n: number): Promise<void> {
  house.switch.arrive(incoming(n));
  await settled();
  await house.heard();
  house.switch.answerLeg(`call${n}.a1`);
  await settled();
  expect(house.agents.get('agent1')).toMatchObject({ state: 'TALKING', callId: `call${n}` });
}

test('a talk that was ended while the switch was away is over for the successor too, and so is the shift', async () => {
  const first = await oneTalks();
  first.switch.disconnect();
  await first.control.command({ kind: 'releaseCall', agentId: 'agent1' });
  await first.after(30_000);
  expect(first.end('call1')).toMatchObject({ result: 'answeredByAgent', releasedBy: 'agent' });
  await first.control.command({ kind: 'signOut', agentId: 'agent1' });
  // Nobody could tell the switch.
  expect(first.switch.channels.get('call1.a1')?.bridge).toBe('call1.b');

  const house = await successor(first);
  await settled();
  expect([...house.switch.channels.keys()]).toEqual([]);
  expect(house.told('call1')).toEqual([]);
  expect(house.agents.get('agent1')?.state).toBe('SIGNED_OUT');
  await house.after(61_000);
  expect(house.savedCalls.size).toBe(0);
});

test('an agent who is found talking is not signed out: he leaves, or says what he wants, when the talk is over', async () => {
  const first = await new House(sample([agent(1)])).open();
  await first.ready(1);
  await first.control.command({ kind: 'signOut', agentId: 'agent1' });
  const left = first.saved.get('agent1');
  await first.ready(1);
  await comesAndTalks(first, 1);
  first.savedCalls.clear();
  if (left !== undefined) first.saved.set('agent1', left);
  const house = await successor(first);
  expect(house.state('call1')).toBe('talking');
  expect(house.agents.get('agent1')).toMatchObject({
    ...{ state: 'TALKING', callId: 'call1' },
    intended: { state: 'SIGNED_OUT', reason: 'asked' },
  });

  // Not even that is known of him.
  house.savedCalls.clear();
  house.saved.clear();
  const next = await successor(house);
  expect(next.agents.get('agent1')).toMatchObject({ state: 'TALKING', callId: 'call1' });
  next.switch.end('channel1');
  await settled();
  await next.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
  expect(next.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'signedIn' });
});

test('an agent has one call: of what is found, one that he was let go of is not his again', async () => {
  const first = await oneTalks();
  const silent = { kind: 'unknown', reason: 'test' } as const;
  first.switch.faults.set('hangup', Array(4).fill(silent));
  first.switch.faults.set('destroyBridge', [silent]);
  await first.control.command({ kind: 'releaseCall', agentId: 'agent1' });
  await settled();
  await first.heard();
  await first.after(10_000);
  expect(first.state('call1')).toBeUndefined();
  expect(first.switch.channels.get('call1.a1')?.bridge).toBe('call1.b');
  await first.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
  await comesAndTalks(first, 2);
  first.savedCalls.delete('call1');

  const house = await successor(first);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'TALKING', callId: 'call2' });
  expect(house.switch.channels.get('call2.a1')?.bridge).toBe('call2.b');
  // His citizen is there still, and waits for whoever is free.
  expect(house.calls.get('call1')).toMatchObject({ state: 'queued', agentId: null });
  expect(house.switch.channels.has('call1.a1')).toBe(false);
});
