import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

async function inMenu(): Promise<House> {
  const house = await new House(sample([agent(1), agent(2, ['desk'])])).open();
  house.switch.arrive(incoming(1, '12316'));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('menu');
  return house;
}
const press = async (house: House, digit: string): Promise<void> => {
  house.switch.press('channel1', digit);
  await settled();
};

test('greeted, asked, the key heard during the prompt, and led to the chosen desk', async () => {
  const house = await inMenu();
  expect([...house.switch.playbacks.values()]).toEqual(['channel1']);
  await press(house, '3');
  expect(house.control.engine.book.get('call1')?.call.waiting?.queue).toBe('desk');
  expect([...house.switch.playbacks.keys()]).toEqual([]);
  await house.ready(2);
  expect(house.state('call1')).toBe('ringingAgent');
  expect(house.told('call1')).toEqual(
    expect.arrayContaining(['menuEntered', 'menuChoice', 'menuLeft', 'queueEntered', 'legRang']),
  );
  await house.control.stop();
});

test('who presses nothing reaches a person, also where every prompt is missing', async () => {
  const house = await new House(sample([agent(1)])).open();
  for (const name of ['menu-person', 'menu-classic', 'menu-nothing']) house.missing.add(name);
  house.switch.arrive(incoming(1, '12316'));
  await settled();
  await house.heard();
  await house.after(5_000);
  await house.after(5_000);
  expect(house.state('call1')).toBe('queued');
  expect(house.facts).toContainEqual(
    expect.objectContaining({ code: 'prompt.missing', detail: 'menu-classic' }),
  );
  await house.control.stop();
});

test('a new version does not touch the menu that a caller is in', async () => {
  const house = await inMenu();
  house.configuration = { ...house.configuration, version: 2, menus: [] };
  await house.control.command({ kind: 'reloadConfiguration' });
  await press(house, '3');
  expect(house.control.engine.book.get('call1')?.call.waiting?.queue).toBe('desk');
  house.switch.arrive(incoming(2, '12316'));
  await settled();
  await house.heard();
  expect(house.state('call2')).toBe('queued');
  await house.control.stop();
});
