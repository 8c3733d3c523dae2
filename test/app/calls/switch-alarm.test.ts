import { expect, test } from 'vitest';
import { FOUND_WITHIN_MS } from '../../../src/app/calls/switch-alarm.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// The telephone switch goes: whoever leads is told so, until it is back, and then what it cost.

const alarmOf = ({ alarms }: House) => alarms.latest.get('switch.away');

/** One talks, two wait. */
async function busy(): Promise<House> {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  for (const n of [1, 2, 3]) {
    house.switch.arrive(incoming(n));
    await settled();
    await house.heard();
  }
  house.switch.answerLeg('call1.a1');
  await settled();
  expect([1, 2, 3].map((n) => house.state(`call${n}`))).toEqual(['talking', 'queued', 'queued']);
  return house;
}

test('a switch that goes down with its calls is told at once, and when it is back, how many it took with it', async () => {
  const house = await busy();
  expect(alarmOf(house)).toBeUndefined();
  house.switch.disconnect();
  await settled();
  const awayMs = house.clock.now();
  expect(alarmOf(house)).toMatchObject({ atMs: awayMs, over: null });
  await house.after(60_000);
  house.switch.world.restart(house.clock.now());
  await settled();
  expect(alarmOf(house)?.over).toMatchObject({ atMs: awayMs + 60_000 });
  expect(alarmOf(house)?.over).toMatchObject({
    reason: '交换机已恢复，3 通通话因此中断，见来电记录和未接清单',
    reasonEn: 'The switch is back; calls that ended with it: 3, see calls and missed calls',
  });
});

test('put out one after the other before the socket closes: counted once each', async () => {
  const house = await busy();
  for (const channel of ['call1.a1', 'channel1', 'channel2', 'channel3']) {
    house.switch.emitOnly({ type: 'ended', channel, reason: 'normal', cause: 0, putOut: true });
    await settled();
  }
  house.switch.world.restart(house.clock.now());
  await settled();
  expect(alarmOf(house)?.over?.reason).toContain('3 通通话因此中断');
});

test('a socket that was cut took nobody with it', async () => {
  const house = await busy();
  house.switch.disconnect();
  await settled();
  house.switch.reconnect();
  await settled();
  expect(alarmOf(house)?.over?.reason).toContain('未发现通话因此中断');
  expect([1, 2, 3].map((n) => house.state(`call${n}`))).toEqual(['talking', 'queued', 'queued']);
});

test('while the books are away it waits, and is told with its own times and in its order', async () => {
  const house = await busy();
  house.alarms.away = true;
  house.switch.disconnect();
  await settled();
  const awayMs = house.clock.now();
  await house.after(25_000);
  house.switch.reconnect();
  await house.after(25_000);
  expect(alarmOf(house)).toBeUndefined();
  house.alarms.away = false;
  await house.after(10_000);
  expect(alarmOf(house)).toMatchObject({ atMs: awayMs, over: { atMs: awayMs + 25_000 } });
});

test('a call control that begins and finds no switch says so; what its forerunner raised it takes off', async () => {
  const house = await busy();
  house.switch.disconnect();
  await settled();
  await house.control.stop();
  house.switch.world.start = () => Promise.resolve();
  const next = new House(house.configuration, house);
  await next.control.start();
  await next.after(FOUND_WITHIN_MS - 1);
  next.alarms.latest.clear();
  await next.after(1);
  expect(alarmOf(next)).toMatchObject({ over: null });
  await next.control.stop();
  const last = new House(next.configuration, next);
  await last.control.start();
  last.switch.reconnect();
  await settled();
  expect(alarmOf(last)?.over).not.toBeNull();
  await last.control.stop();
  expect(last.clock.pending).toBe(0);
});

test('call control and switch die together and the switch is found at once: it is told all the same how many calls it cost', async () => {
  const first = await busy();
  first.switch.onEvent(() => undefined);
  await first.control.stop();
  await first.after(2_000);
  first.switch.world.restart(first.clock.now());
  await first.switch.stop();
  const next = await new House(first.configuration, first).open();
  expect(alarmOf(next)?.over?.reason).toContain('3 通通话因此中断');
});
