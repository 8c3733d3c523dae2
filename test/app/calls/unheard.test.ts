import { expect, test } from 'vitest';
import { announcementPrompt } from '../../../src/domain/announcements/announcement.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// What is said in place of a person, on a day when it cannot be said: nobody is hung up on.

/** In the menu by which a message is left (1) or a good-bye heard (2). */
async function inMenu(...missing: readonly string[]): Promise<House> {
  const house = await new House(sample([agent(1)])).open();
  house.switch.arrive(incoming(1, '12320'));
  await settled();
  for (let n = 0; n < 2; n += 1) await house.heard();
  await house.after(3_000);
  expect(house.state('call1')).toBe('menu');
  for (const name of missing) house.missing.add(name);
  return house;
}
const press = async (house: House, digit: string): Promise<void> => {
  house.switch.press('channel1', digit);
  await settled();
};

test('a good-bye that is missing leads to a person, who may be rung', async () => {
  const house = await inMenu('goodbye');
  await press(house, '2');
  expect(house.state('call1')).toBe('queued');
  expect(house.switch.log).not.toContain('hangup channel1');
  expect(house.facts).toContainEqual(expect.objectContaining({ code: 'farewell.unheard', detail: 'failed' }));
  await house.ready(1);
  expect(house.state('call1')).toBe('ringingAgent');
  await house.control.stop();
});

test('a switch that refuses to play, or whose socket is gone, hangs up on nobody', async () => {
  const refusing = await inMenu();
  refusing.switch.faults.set('play', [{ kind: 'refused', reason: 'test' }]);
  await press(refusing, '2');
  expect(refusing.state('call1')).toBe('queued');
  const restarted = await inMenu();
  await press(restarted, '2');
  expect(restarted.state('call1')).toBe('goodbye');
  restarted.switch.disconnect();
  restarted.switch.reconnect();
  await settled();
  expect(restarted.state('call1')).toBe('queued');
  expect(restarted.switch.log).not.toContain('hangup channel1');
});

test('half of what is asked before a message is not asked at all', async () => {
  const house = await inMenu('menu-message');
  await press(house, '1');
  expect(house.state('call1')).toBe('queued');
  expect(house.control.engine.book.get('call1')?.call.waiting?.queue).toBe('desk');
  expect([...house.switch.playbacks.keys(), ...house.switch.recordings.keys()]).toEqual([]);
  await house.control.stop();
});

test('an announcement whose words are not spoken yet is passed over whole, and not counted as heard', async () => {
  const house = await new House(sample([agent(1)])).open();
  house.missing.add(announcementPrompt('outage'));
  // Withheld: what is said in place of the offer is always there.
  house.switch.arrive(incoming(1, '12320', { callerNumber: '' }));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('menu');
  const notices = house.facts.filter(({ type }) => type === 'noticePlayed');
  expect(notices).toEqual([expect.objectContaining({ announcement: 'outage', end: 'failed' })]);
  await house.control.stop();
});
