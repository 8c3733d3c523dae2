import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

// One agent, and always somebody who waits: what an agent who hangs up sets going.

async function talkingWithOneWaiting(): Promise<House> {
  const configuration = sample([agent(1)]);
  const queues = configuration.queues.map((queue) => ({ ...queue, wrapUpMs: 0 }));
  const house = await new House({ ...configuration, queues }).open();
  await house.ready(1);
  for (const n of [1, 2]) {
    house.switch.arrive(incoming(n));
    await settled();
    await house.heard();
  }
  house.switch.answerLeg('call1.a1');
  await settled();
  expect([house.state('call1'), house.state('call2')]).toEqual(['talking', 'queued']);
  return house;
}

test('the next citizen rings before the last talk is cleared away', async () => {
  const house = await talkingWithOneWaiting();
  const from = house.switch.log.length;
  house.switch.end('call1.a1');
  await settled();
  const asked = house.switch.log.slice(from);
  expect(asked).toEqual(['ring call2.a1', 'destroyBridge call1.b', 'play channel1']);
  house.switch.answerLeg('call2.a1');
  await settled();
  expect(house.state('call2')).toBe('talking');
});

test('a ring that takes long holds the good-bye of the last citizen up for a moment only', async () => {
  const house = await talkingWithOneWaiting();
  const from = house.switch.log.length;
  house.switch.ring = () => new Promise(() => undefined);
  house.switch.end('call1.a1');
  await settled();
  expect(house.switch.log.slice(from)).toEqual([]);
  await house.after(50);
  expect(house.switch.log.slice(from)).toEqual(['destroyBridge call1.b', 'play channel1']);
  expect(house.state('call1')).toBe('goodbye');
});
