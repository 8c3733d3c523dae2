import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

/** Announcement and menu heard, the key pressed, the tone over: the citizen speaks. */
async function speaking(): Promise<House> {
  const house = await new House(sample([agent(1)])).open();
  house.switch.arrive(incoming(1, '12320'));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('announcing');
  await house.heard();
  await house.after(3_000);
  expect(house.state('call1')).toBe('menu');
  house.switch.press('channel1', '1');
  await settled();
  expect(house.state('call1')).toBe('askingMessage');
  await house.heard();
  expect(house.state('call1')).toBe('recording');
  expect([...house.switch.recordings]).toEqual([['call1.m1', 'channel1']]);
  return house;
}
const messages = (house: House) => house.facts.filter(({ type }) => type === 'messageLeft');

test('a message is left, ended by the hash key, thanked for; the call is over and was no lost one', async () => {
  const house = await speaking();
  house.switch.press('channel1', '#');
  await settled();
  expect(house.state('call1')).toBe('goodbye');
  await house.heard();
  await settled();
  expect(house.control.engine.book.size).toBe(0);
  expect(messages(house)).toEqual([
    expect.objectContaining({ recording: 'call1.m1', queue: 'desk', end: 'stopped', durationMs: 4_000 }),
  ]);
  expect(house.end('call1')).toMatchObject({ result: 'messageLeft', releasedBy: 'system' });
});

test('call control dies while the citizen speaks: taken up again, and the message told once', async () => {
  const house = await speaking();
  await house.control.stop();
  const next = new House(house.configuration, house);
  await next.open();
  expect(next.state('call1')).toBe('recording');
  next.switch.end('channel1');
  await settled();
  expect(messages(next)).toHaveLength(1);
  expect(next.end('call1')).toMatchObject({ result: 'messageLeft' });
});

test('the citizen hangs up while call control is dead: the message is told all the same, once', async () => {
  const house = await speaking();
  await house.control.stop();
  house.switch.end('channel1');
  const next = new House(house.configuration, house);
  await next.open();
  await settled();
  expect(messages(next)).toEqual([expect.objectContaining({ recording: 'call1.m1', durationMs: null })]);
  expect(next.end('call1')).toMatchObject({ result: 'messageLeft' });
});

test('a message that ends while call control is dead keeps the citizen in no silence: thanked, told once', async () => {
  const house = await speaking();
  await house.control.stop();
  house.switch.finishRecording('call1.m1', 'silent');
  const next = await new House(house.configuration, house).open();
  expect(next.state('call1')).toBe('goodbye');
  expect(messages(next)).toEqual([
    expect.objectContaining({ recording: 'call1.m1', end: 'lost', durationMs: null }),
  ]);
  // Who speaks on is not cut off by a socket that drops.
  const other = await speaking();
  other.switch.disconnect();
  other.switch.reconnect();
  await settled();
  expect(other.state('call1')).toBe('recording');
  expect([...other.switch.recordings.keys()]).toEqual(['call1.m1']);
});

test('a switch that records nothing, or never says so, keeps nobody', async () => {
  const house = await speaking();
  house.switch.finishRecording('call1.m1', 'failed', 0);
  await settled();
  expect(house.state('call1')).toBe('queued');
  const mute = await speaking();
  mute.switch.recordings.clear();
  await mute.after(63_000);
  expect(mute.state('call1')).toBe('goodbye');
  expect(messages(mute)).toHaveLength(1);
});

test('refused at the door, the recording leads to a person', async () => {
  const house = await new House(sample([agent(1)])).open();
  house.switch.faults.set('record', [{ kind: 'refused', reason: 'disk full' }]);
  house.switch.arrive(incoming(1, '12320'));
  await settled();
  for (let n = 0; n < 2; n += 1) await house.heard();
  await house.after(3_000);
  house.switch.press('channel1', '1');
  await settled();
  await house.heard();
  expect(house.control.engine.book.get('call1')?.call.waiting?.queue).toBe('desk');
});

test('the announcement’s key, pressed after it, puts the caller on the list and costs him no place', async () => {
  const house = await new House(sample([agent(1)])).open();
  house.switch.arrive(incoming(1, '12320'));
  await settled();
  for (let n = 0; n < 2; n += 1) await house.heard();
  house.switch.press('channel1', '1');
  await settled();
  expect(house.facts).toContainEqual(
    expect.objectContaining({ type: 'noticeSubscribed', announcement: 'outage' }),
  );
  await house.heard();
  expect(house.state('call1')).toBe('menu');
});
