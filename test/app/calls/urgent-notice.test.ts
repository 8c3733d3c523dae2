import { afterEach, expect, test } from 'vitest';
import type { UrgentNoticeCommand } from '../../../src/app/ports/commands.ts';
import { receiptWords } from '../../../src/domain/callbacks/survey/receipt-words.ts';
import { agent, House, sample, settled } from './harness.ts';

// Whom a unit has on call is rung for an urgent ticket, and confirms by a key, over the model switch.

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
  expect(house.clock.pending).toBe(0);
});

const HIM = 'un1.t1';
const WORDS = receiptWords({ type: 'HELP', number: 'YH20261123-000012' });
const wish = (more: Partial<UrgentNoticeCommand> = {}): UrgentNoticeCommand => ({
  ...{ kind: 'urgentNotice', callId: 'un1', number: '13800138000', ticketId: 'ticket1' },
  ...{ about: 'YH20261123-000012', words: WORDS, ringTimeoutMs: 20_000 },
  ...more,
});
const open = async (): Promise<void> => {
  house = await new House(sample([agent(1)])).open();
};
async function pickedUp(): Promise<void> {
  expect(await house.control.command(wish())).toMatchObject({ ok: true });
  await settled();
  house.switch.answerLeg(HIM);
  await settled();
}
async function press(digit: string): Promise<void> {
  house.switch.press(HIM, digit);
  await settled();
}
const told = () => house.facts.filter(({ type }) => type === 'surveyEnded');
const said = () => house.facts.flatMap((fact) => (fact.type === 'announcementPlayed' ? [fact.prompt] : []));

test('his telephone rings with 12345 on it, number and kind are said, and 1 confirms', async () => {
  await open();
  await pickedUp();
  await press('1');
  await house.heard();
  await house.after(1_000);
  expect(told()).toMatchObject([{ how: 'received', dial: null }]);
  expect(said()).toEqual(expect.arrayContaining([...WORDS, 'urgent-confirm', 'urgent-thanks']));
  expect(house.facts).toContainEqual(
    expect.objectContaining({
      type: 'callPlaced',
      purpose: 'urgentNotice',
      callerId: '12345',
      agentId: null,
    }),
  );
  expect(house.end('un1')).toMatchObject({ result: 'reached', releasedBy: 'system' });
  expect(house.switch.channels.size).toBe(0);
});

test('asked for five times it is one call; nobody answers within its own ringing time: not reached', async () => {
  await open();
  const replies = await Promise.all(Array.from({ length: 5 }, () => house.control.command(wish())));
  expect(replies.every(({ ok }) => ok)).toBe(true);
  await settled();
  expect(house.switch.world.rung).toHaveLength(1);
  await house.after(22_000);
  await settled();
  expect(told()).toMatchObject([{ how: 'notReached', dial: 'noAnswer' }]);
  expect(house.switch.channels.size).toBe(0);
  expect(await house.control.command(wish())).toMatchObject({ ok: true });
  expect(house.switch.world.rung).toHaveLength(1);
});

test('a voicemail confirms nothing', async () => {
  await open();
  await pickedUp();
  await house.after(120_000);
  await house.heard();
  await house.after(10_000);
  expect(told()).toMatchObject([{ how: 'machine' }]);
  expect(house.end('un1')).toMatchObject({ result: 'notReached' });
});

test('0 hands nobody to an agent: he is asked once more, and 1 counts', async () => {
  await open();
  await house.ready(1);
  await pickedUp();
  await press('0');
  expect(house.state('un1')).toBe('surveying');
  await press('1');
  expect(told()).toMatchObject([{ how: 'received' }]);
  expect(house.agents.get('agent1')?.state).toBe('READY');
  await house.heard();
});

test('call control dies while he is asked: the next one hears his key', async () => {
  await open();
  await pickedUp();
  await house.control.stop();
  house.switch.forget();
  house = await new House(sample([agent(1)]), house).open();
  expect(house.state('un1')).toBe('surveying');
  await press('1');
  expect(told()).toMatchObject([{ how: 'received' }]);
  await house.heard();
});

test('for another ticket while he is on the telephone it is another call, which is not made: never told as the first', async () => {
  await open();
  expect(await house.control.command(wish())).toMatchObject({ ok: true });
  await settled();
  expect(await house.control.command(wish({ callId: 'un2', ticketId: 'ticket2' }))).toMatchObject({
    ok: false,
    code: 'outbound.citizenOnLine',
  });
  expect(house.switch.world.rung).toHaveLength(1);
  await house.after(22_000);
  await settled();
});
