import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PROMPT_HZ, Town } from '../support/town.ts';

// A carrier and a desk phone that speak SIP over TCP: the same calls, every message of them on their connections.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test('over TCP from end to end a citizen and an agent hear each other, and the agent hangs up', async () => {
  const agent = await town.agent('1001', { transport: 'tcp' });
  const citizen = await town.citizen({ dialled: '12345', number: '13800138101', transport: 'tcp' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-main'], 5_000);
  const call = await agent.phone.nextCall(10_000);
  expect(call.from).toBe('13800138101');
  await call.answer();
  await town.converse(citizen, call);
  await call.hangUp();
  // The BYE finds its way back on the carrier's connection: SIPp ends by its scenario.
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  expect(await town.callInBooks('13800138101')).toMatchObject({
    queue: 'general',
    agentNumber: '1001',
    result: 'answeredByAgent',
    releasedBy: 'agent',
  });
});

test('a citizen over TCP hangs up while waiting', async () => {
  const citizen = await town.citizen({
    dialled: '12345',
    number: '13800138102',
    transport: 'tcp',
    hangsUpAfterMs: 1_000,
  });
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'citizen' });
  expect(await town.callInBooks('13800138102')).toMatchObject({
    result: 'abandoned',
    releasedBy: 'caller',
  });
});

test('an agent whose connection breaks while it rings is offered nothing more, and the citizen reaches another', async () => {
  const agent = await town.agent('1003', { transport: 'tcp' });
  const citizen = await town.citizen({ dialled: '12345', number: '13800138103' });
  await agent.phone.nextCall(10_000);
  agent.phone.vanish();
  const other = await town.agent('1001');
  const call = await other.phone.nextCall(20_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await town.callInBooks('13800138103')).toMatchObject({ agentNumber: '1001' });
});
