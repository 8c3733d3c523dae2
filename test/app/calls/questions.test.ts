import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

async function greeted(number = '+86 138-0013-8000', prepare: (house: House) => void = () => undefined) {
  const house = new House(sample([agent(1)]));
  prepare(house);
  await house.open();
  house.switch.arrive(incoming(1, '12316', { callerNumber: number }));
  await settled();
  await house.heard();
  return house;
}
async function typed(house: House, digits: string): Promise<void> {
  for (const digit of digits) {
    house.switch.press('channel1', digit);
    await settled();
  }
}
const heard = (house: House) =>
  house.facts.flatMap((fact) => (fact.type === 'announcementPlayed' ? [fact.prompt] : []));

test('who is vulnerable never hears the menu; asked while the greeting plays, by the one spelling', async () => {
  const house = await greeted(undefined, ({ known }) =>
    known.set('13800138000', { language: null, hasOpenTicket: false, vulnerable: true }),
  );
  expect(house.state('call1')).toBe('queued');
  expect(house.facts).toContainEqual(expect.objectContaining({ type: 'menuLeft', reason: 'condition' }));
});

test.each(['away', 'silent'] as const)(
  'with the books %s nobody is known, and nobody waits for it',
  async (books) => {
    const house = await greeted(undefined, (one) => {
      one.books = books;
    });
    expect(house.state('call1')).toBe('menu');
    await typed(house, '5');
    await house.heard();
    await typed(house, '1234');
    await house.after(2_000);
    expect(house.state('call1')).toBe('queued');
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'menuLeft', reason: 'lookupFailed' }));
  },
);

test('the state of a ticket is told, with the unit’s name where somebody recorded it, and a person offered', async () => {
  const house = await greeted(undefined, ({ tickets, switch: theSwitch }) => {
    tickets.set('13800138000 1234', { state: 'handling', unitCode: 'ecology' });
    theSwitch.world.files.add('/prompts/unit-ecology');
  });
  await typed(house, '51234');
  await house.heard();
  expect(house.state('call1')).toBe('menu');
  expect(heard(house)).toEqual(expect.arrayContaining(['unit-ecology', 'ticket-handling', 'ticket-person']));
  await typed(house, '*');
  expect(house.state('call1')).toBe('queued');
  expect(JSON.stringify([house.facts, house.errors])).not.toContain('51234');
});

test.each([
  ['another caller', '13900139000'],
  ['a withheld number', ''],
])('%s is told of no ticket', async (_who, number) => {
  const house = await greeted(number, ({ tickets }) =>
    tickets.set('13800138000 1234', { state: 'handling', unitCode: null }),
  );
  await typed(house, '51234');
  await house.heard();
  expect(heard(house)).toContain('menu-ticket-not-found');
  expect(heard(house)).not.toContain('ticket-handling');
});
