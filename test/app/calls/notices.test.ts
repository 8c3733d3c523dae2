import { expect, test } from 'vitest';
import type { Restriction } from '../../../src/domain/restrictions/restriction.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

const NUMBER = '13800138000';
const HOUR_MS = 3_600_000;

const restriction = (house: House, change: Partial<Restriction> = {}): Restriction => ({
  id: 'r1',
  number: NUMBER,
  step: 'block',
  callsPerHour: null,
  fromMs: house.clock.now() - 1,
  untilMs: house.clock.now() + 24 * HOUR_MS,
  note: '多次辱骂话务员',
  ...change,
});

/** A house where this number is restricted; the switch and what was kept are an earlier house's, if one is given. */
async function restricted(change: Partial<Restriction> = {}, from?: House): Promise<House> {
  const house = from === undefined ? new House(sample([agent(1)])) : new House(from.configuration, from);
  house.configuration = { ...house.configuration, restrictions: [restriction(house, change)] };
  await house.open();
  house.control.useConfiguration({ configuration: house.configuration, phones: [] });
  return house;
}
async function calls(house: House, n: number, callerNumber = NUMBER): Promise<string | undefined> {
  house.switch.arrive({ ...incoming(n), callerNumber });
  await settled();
  await house.heard();
  return house.state(`call${n}`);
}
async function hangsUp(house: House, n: number): Promise<void> {
  house.switch.end(`channel${n}`);
  await settled();
}

test('a blocked number hears why and is released: refused, by which restriction and why', async () => {
  const house = await restricted();
  expect(await calls(house, 1, `+86${NUMBER}`)).toBe('goodbye');
  await house.heard();
  await settled();
  expect(house.end('call1')).toMatchObject({ result: 'refused', releasedBy: 'system' });
  expect(house.facts).toContainEqual(
    expect.objectContaining({
      type: 'farewell',
      result: 'refused',
      reason: '该号码已暂停受理',
      restriction: 'r1',
    }),
  );
  expect(house.facts).toContainEqual(
    expect.objectContaining({ type: 'announcementPlayed', prompt: 'restricted-block', end: 'finished' }),
  );
  // Withheld, nobody can tell whose call it is.
  expect(await calls(house, 2, 'anonymous')).toBe('queued');
  await house.control.stop();
});

test('a refused caller who does not listen was refused all the same', async () => {
  const house = await restricted();
  house.switch.arrive({ ...incoming(1), callerNumber: NUMBER });
  await settled();
  expect(house.state('call1')).toBe('greeting');
  await hangsUp(house, 1);
  expect(house.end('call1')).toMatchObject({ result: 'refused', releasedBy: 'caller' });
  await house.control.stop();
});

test('a limited number reaches a person so often in an hour, and again when the hour has moved on', async () => {
  const house = await restricted({ step: 'limit', callsPerHour: 2 });
  expect(await calls(house, 1)).toBe('queued');
  await hangsUp(house, 1);
  await house.after(30 * 60_000);
  expect(await calls(house, 2)).toBe('queued');
  await hangsUp(house, 2);
  expect(await calls(house, 3)).toBe('goodbye');
  // Refused calls do not count: the first one's hour alone opens the way again.
  await house.after(30 * 60_000);
  expect(await calls(house, 4)).toBe('queued');
  expect(house.savedHours.get(NUMBER)).toHaveLength(2);
  await house.control.stop();
});

test('a limited number’s call counts when it comes to a person; until then it only holds the place', async () => {
  const house = await restricted({ step: 'limit', callsPerHour: 1 });
  // Gone in the greeting: nobody's time was taken.
  house.switch.arrive({ ...incoming(1), callerNumber: NUMBER });
  await settled();
  expect(house.state('call1')).toBe('greeting');
  await hangsUp(house, 1);
  expect(house.savedHours.has(NUMBER)).toBe(false);
  // Two at once do not both come through where one may.
  for (const n of [2, 3]) house.switch.arrive({ ...incoming(n), callerNumber: NUMBER });
  await settled();
  await house.heard();
  expect([house.state('call2'), house.state('call3')]).toEqual(['queued', 'goodbye']);
  await hangsUp(house, 2);
  expect(house.savedHours.get(NUMBER)).toHaveLength(1);
  expect(await calls(house, 4)).toBe('goodbye');
  await house.control.stop();
});

test('a restart of call control opens no gate, and puts out nobody who is in', async () => {
  const first = await restricted({ step: 'limit', callsPerHour: 1 });
  expect(await calls(first, 1)).toBe('queued');
  await first.control.stop();
  // Nothing of the call was kept: it is adopted from the switch.
  first.savedCalls.clear();
  const house = await restricted({ step: 'limit', callsPerHour: 1 }, first);
  expect(house.state('call1')).toBe('queued');
  expect(await calls(house, 2)).toBe('goodbye');
  await house.control.stop();
});

test('the agent reads the note; it ends by itself though no new configuration comes', async () => {
  const house = await restricted({ step: 'note' });
  expect(await calls(house, 1)).toBe('queued');
  expect(house.calls.get('call1')).toMatchObject({ note: '备注：多次辱骂话务员' });
  await house.after(24 * HOUR_MS);
  await calls(house, 2);
  expect(house.calls.get('call2')).toMatchObject({ note: null });
  await house.control.stop();
});

async function announcing(): Promise<House> {
  const house = new House(sample([agent(1)]));
  const fromMs = house.clock.now() - 1;
  const words = { id: 'a1', title: '余荡村停水', lines: null, area: null, offerKey: '1' } as const;
  house.configuration = {
    ...house.configuration,
    announcements: [{ ...words, fromMs, untilMs: fromMs + HOUR_MS }],
  };
  await house.open();
  for (const prompt of ['announcement-a1', 'announcement-a1-offer'])
    house.switch.world.files.add(`/prompts/${prompt}`);
  house.control.useConfiguration({ configuration: house.configuration, phones: [] });
  return house;
}

test('an announcement is heard until its end, though no new configuration comes to end it', async () => {
  const house = await announcing();
  expect(await calls(house, 1)).toBe('announcing');
  house.switch.press('channel1', '1');
  await settled();
  expect(house.told('call1')).toContain('noticeSubscribed');
  await house.heard();
  expect(house.state('call1')).toBe('queued');
  // As with a configuration that was kept while the database is away.
  await house.after(HOUR_MS);
  expect(await calls(house, 2)).toBe('queued');
  expect(house.told('call2')).not.toContain('noticePlayed');
  await house.control.stop();
});

test('an announcement that has no sound yet is passed over, and that is told', async () => {
  const house = await announcing();
  for (const prompt of ['announcement-a1', 'announcement-a1-offer']) house.missing.add(prompt);
  expect(await calls(house, 1)).toBe('queued');
  expect(house.facts).toContainEqual(
    expect.objectContaining({ type: 'anomaly', code: 'prompt.missing', detail: 'announcement-a1' }),
  );
  expect(house.facts).toContainEqual(
    expect.objectContaining({ type: 'noticePlayed', announcement: 'a1', end: 'failed' }),
  );
  await house.control.stop();
});
