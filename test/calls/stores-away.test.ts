import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Town } from '../support/town.ts';

// Calls are answered, routed and talked on while the stores are away; what happened is written when they are back.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town.raze());
afterEach(() => town.rest());

test('PostgreSQL goes away during a call: the call ends as it should, the next one is answered, and both are in the books afterwards', async () => {
  const agent = await town.agent('1001');
  const first = await town.citizen({ dialled: '12345', number: '13800138001' });
  const one = await agent.phone.nextCall(10_000);
  await one.answer();
  await town.converse(first, one);
  await town.postgres.cut();
  await town.converse(first, one);
  // An unanswered caller who comes while it is away, and leaves.
  const second = await town.citizen({ dialled: '12369', number: '13800138002' });
  await second.answered;
  await second.sound.untilSound(5_000);
  second.hangUp();
  expect(await second.ended).toMatchObject({ code: 0 });
  first.hangUp();
  expect(await one.ended).toBe('byThem');
  expect(await first.ended).toMatchObject({ code: 0 });
  await town.postgres.mend();
  expect(await town.callInBooks('13800138001')).toMatchObject({
    result: 'answeredByAgent',
    agentNumber: '1001',
  });
  expect(await town.callInBooks('13800138002')).toMatchObject({ result: 'abandoned', line: '12369' });
});

test('Redis goes away during a call: the talk goes on, waiting callers are served, and commands work again afterwards', async () => {
  const agent = await town.agent('1001');
  const first = await town.citizen({ dialled: '12345', number: '13800138003' });
  const one = await agent.phone.nextCall(10_000);
  await one.answer();
  await town.converse(first, one);
  await town.redis.cut();
  await town.converse(first, one);
  const second = await town.citizen({ dialled: '12345', number: '13800138004' });
  await second.answered;
  first.hangUp();
  await one.ended;
  // Wrap-up ends by itself: the second caller reaches the agent though nobody can say a word through the API.
  const two = await agent.phone.nextCall(15_000);
  expect(two.from).toBe('13800138004');
  await two.answer();
  await town.converse(second, two);
  await town.redis.mend();
  await two.hangUp();
  await second.ended;
  await agent.ready(15_000);
  expect(await town.callInBooks('13800138004')).toMatchObject({
    result: 'answeredByAgent',
    agentNumber: '1001',
  });
});
