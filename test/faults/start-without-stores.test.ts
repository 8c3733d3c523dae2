import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROMPT_HZ, Town } from '../support/town.ts';

// Call control needs Asterisk alone: it starts from what lies on its own disk, and knows who was ready.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());

test('call control starts while PostgreSQL and Redis are away: calls are answered, and in the books later', async () => {
  const agent = await town.agent('1001');
  await town.callControl.kill();
  await Promise.all([town.postgres.cut(), town.redis.cut()]);
  await town.callControl.start();
  // Its word over Redis cannot be had; its log says it.
  await expect.poll(() => town.callControl.log().split('"msg":"ready"').length, { timeout: 20_000 }).toBe(3);
  const citizen = await town.citizen({ dialled: '12319', number: '13800138009' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-forwarded'], 10_000);
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  await Promise.all([town.postgres.mend(), town.redis.mend()]);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await town.callInBooks('13800138009')).toMatchObject({
    line: '12319',
    mode: 'FORWARD',
    agentNumber: '1001',
    result: 'answeredByAgent',
    releasedBy: 'caller',
  });
  await town.rest();
});
