import { afterEach, expect, test } from 'vitest';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// A unit's own person calls the citizen of his ticket, over the model switch.

const CITIZEN = '13800138000';
const UNIT_PHONE = '051384139001';

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
  expect(house.clock.pending).toBe(0);
});

type UnitCommand = Extract<AgentCommand, { readonly kind: 'callForUnit' }>;
const wish = (more: Partial<UnitCommand> = {}): UnitCommand => ({
  kind: 'callForUnit',
  accountId: 'person1',
  callId: 'out1',
  number: CITIZEN,
  unitNumber: UNIT_PHONE,
  ticketId: 'ticket1',
  line: '12345',
  about: 'YH20261123-0001',
  ...more,
});
const open = async (): Promise<House> => {
  house = await new House(sample([agent(1)])).open();
  return house;
};
const numbers = (): readonly unknown[] =>
  house.switch.world.rung.map(({ target, callerNumber }) => [
    target.kind === 'number' ? target.number : target.kind,
    callerNumber,
  ]);
async function answered(): Promise<void> {
  await open();
  expect(await house.control.command(wish())).toEqual({ ok: true, agent: null });
  await settled();
  house.switch.answerLeg('out1.u1');
  await settled();
}

test('the unit first, then the citizen, both with 12345 on their telephones; nobody’s telephone rings twice', async () => {
  await open();
  const replies = await Promise.all(Array.from({ length: 5 }, () => house.control.command(wish())));
  expect(replies.every(({ ok }) => ok)).toBe(true);
  await settled();
  expect(numbers()).toEqual([[UNIT_PHONE, '12345']]);
  house.switch.answerLeg('out1.u1');
  await settled();
  expect(house.state('out1')).toBe('askingUnit');
  house.switch.world.presses('out1.u1', '5');
  await settled();
  expect(numbers()).toHaveLength(1);
  house.switch.world.presses('out1.u1', '1');
  house.switch.world.presses('out1.u1', '1');
  await settled();
  expect(numbers()).toEqual([
    [UNIT_PHONE, '12345'],
    [CITIZEN, '12345'],
  ]);
  house.switch.answerLeg('out1.t1');
  await settled();
  expect(house.state('out1')).toBe('talking');
  house.switch.end('out1.t1');
  await settled();
  expect(house.end('out1')).toMatchObject({ result: 'reached', releasedBy: 'caller' });
  expect(house.switch.channels.size).toBe(0);
  expect(house.facts.find(({ type }) => type === 'callPlaced')).toMatchObject({
    purpose: 'unitContact',
    ticketId: 'ticket1',
    agentId: null,
  });
});

test('a voicemail or a switchboard at the unit presses no key: the citizen is never disturbed', async () => {
  await answered();
  await house.after(25_000);
  await settled();
  expect(house.end('out1')).toMatchObject({ result: 'notReached', detail: 'askingUnit: noKey' });
  expect(house.switch.channels.size).toBe(0);
  expect(numbers()).toHaveLength(1);
});

test('the words are said again while the time lasts, and a prompt that is missing is waited out', async () => {
  await answered();
  const said = () => house.told('out1').filter((type) => type === 'announcementPlayed').length;
  for (const nth of [1, 2]) {
    await house.heard();
    expect(said()).toBe(nth);
  }
  expect(house.state('out1')).toBe('askingUnit');
  house.switch.world.presses('out1.u1', '1');
  await settled();
  expect(house.state('out1')).toBe('dialling');
});

test.each(['callingAgent', 'askingUnit', 'dialling', 'talking'] as const)(
  'the unit puts the receiver down while %s: nothing is left at the switch',
  async (state) => {
    await open();
    await house.control.command(wish());
    await settled();
    if (state !== 'callingAgent') house.switch.answerLeg('out1.u1');
    await settled();
    if (state === 'dialling' || state === 'talking') house.switch.world.presses('out1.u1', '1');
    await settled();
    if (state === 'talking') house.switch.answerLeg('out1.t1');
    await settled();
    expect(house.state('out1')).toBe(state);
    house.switch.end('out1.u1');
    await settled();
    // Who talked with a citizen leaves him with a good-bye.
    if (state === 'talking') await house.heard();
    await house.after(60_000);
    await settled();
    expect(house.state('out1')).toBeUndefined();
    expect(house.switch.channels.size).toBe(0);
    expect(house.switch.world.bridges.size).toBe(0);
    expect(house.told('out1').filter((type) => type === 'callEnded')).toHaveLength(1);
  },
);

test('the citizen’s telephone is busy: told by name, and the unit is let go', async () => {
  await answered();
  house.switch.world.presses('out1.u1', '1');
  await settled();
  house.switch.end('out1.t1', 'busy');
  await settled();
  expect(house.facts).toContainEqual(expect.objectContaining({ type: 'citizenDialled', outcome: 'busy' }));
  expect(house.switch.channels.size).toBe(0);
});

test('one telephone, one citizen, one call at a time; and only where a telephone of a unit can ring', async () => {
  await answered();
  const code = async (more: Partial<UnitCommand>) => {
    const reply = await house.control.command(wish({ callId: 'out2', accountId: 'person2', ...more }));
    return reply.ok ? 'ok' : reply.code;
  };
  expect(await code({})).toBe('outbound.citizenOnLine');
  expect(await code({ number: '13900139000' })).toBe('outbound.unitPhoneBusy');
  expect(await code({ number: '13900139000', unitNumber: '13900139000' })).toBe('outbound.unitPhoneInvalid');
  expect(await code({ number: '13900139000', unitNumber: '12345' })).toBe('outbound.unitPhoneInvalid');
  expect(await code({ number: '13900139000', unitNumber: '0085228765432' })).toBe(
    'outbound.unitPhoneInvalid',
  );
  expect(await code({ number: '', unitNumber: '051384139002' })).toBe('outbound.numberWithheld');
  house.switch.arrive(incoming(1, '12345', { callerNumber: '13700137000' }));
  await settled();
  expect(await code({ number: '13700137000', unitNumber: '051384139002' })).toBe('outbound.citizenOnLine');
});
