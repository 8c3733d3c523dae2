import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Town } from '../support/town.ts';
import { hears, isInSilence } from '../support/voices.ts';
import type { Wire } from '../support/wire.ts';

// Calls are answered, routed and talked on while the stores are away; what happened is written when they are back.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(async () => {
  town.redisServer.thaw();
  await Promise.all([town.postgres.mend(), town.redis.mend()]);
  await town.rest();
});

const WAYS: readonly { readonly how: string; readonly strike: (wire: Wire) => Promise<void> | void }[] = [
  { how: 'refuses every connection', strike: (wire) => wire.cut() },
  { how: 'is silent on open connections', strike: (wire) => wire.freeze() },
];

test.for(WAYS)(
  'PostgreSQL $how during a call: it is held and resumed, the next is answered and transferred, and all are in the books afterwards',
  async ({ strike }) => {
    const agent = await town.agent('1001');
    const colleague = await town.agent('1002');
    await colleague.api.post('/v1/agents/me/not-ready', { reason: 'rest' });
    const first = await town.citizen({ dialled: '12345', number: '13800138001' });
    const one = await agent.phone.nextCall(10_000);
    await one.answer();
    await town.converse(first, one);
    await strike(town.postgres);
    await town.converse(first, one);
    await agent.api.post('/v1/agents/me/heartbeat');
    await agent.api.post('/v1/agents/me/talk/hold');
    await Promise.all([hears(first.sound), isInSilence(one.sound)]);
    await agent.api.post('/v1/agents/me/talk/resume');
    await town.converse(first, one);
    // A caller who comes while it is away, is greeted, waits, and leaves.
    const second = await town.citizen({ dialled: '12369', number: '13800138002' });
    await second.answered;
    await second.sound.untilSound(5_000);
    second.hangUp();
    expect(await second.ended).toMatchObject({ code: 0 });
    // And one who reaches the agent.
    first.hangUp();
    expect(await one.ended).toBe('byThem');
    expect(await first.ended).toMatchObject({ code: 0 });
    const third = await town.citizen({ dialled: '12319', number: '13800138003' });
    const three = await agent.phone.nextCall(15_000);
    await three.answer();
    await town.converse(third, three);
    await colleague.ready();
    await agent.api.post('/v1/agents/me/talk/transfer', { target: { kind: 'agent', agent: '1002' } });
    expect(await three.ended).toBe('byThem');
    const taken = await colleague.phone.nextCall(10_000);
    await taken.answer();
    await town.converse(third, taken);
    await colleague.api.post('/v1/agents/me/release-call');
    expect(await third.ended).toMatchObject({ code: 0 });
    await town.postgres.mend();
    expect(await town.callInBooks('13800138001')).toMatchObject({
      result: 'answeredByAgent',
      agentNumber: '1001',
    });
    expect(await town.callInBooks('13800138002')).toMatchObject({ result: 'abandoned', line: '12369' });
    expect(await town.callInBooks('13800138003')).toMatchObject({
      ...{ result: 'answeredByAgent', line: '12319', agentNumber: '1002', releasedBy: 'agent' },
    });
  },
);

const REDIS_WAYS: readonly {
  readonly how: string;
  readonly strike: () => Promise<void> | void;
  readonly mend: () => Promise<void> | void;
}[] = [
  ...WAYS.map(({ how, strike }) => ({
    how,
    strike: () => strike(town.redis),
    mend: () => town.redis.mend(),
  })),
  {
    how: 'stands still',
    strike: () => town.redisServer.freeze(),
    mend: () => town.redisServer.thaw(),
  },
];

test.for(REDIS_WAYS)(
  'Redis $how during a call: the talk goes on, waiting callers are served, and commands work again afterwards',
  async ({ strike, mend }) => {
    const agent = await town.agent('1001');
    const first = await town.citizen({ dialled: '12345', number: '13800138004' });
    const one = await agent.phone.nextCall(10_000);
    await one.answer();
    await town.converse(first, one);
    await strike();
    await town.converse(first, one);
    const second = await town.citizen({ dialled: '12345', number: '13800138005' });
    await second.answered;
    first.hangUp();
    await one.ended;
    // Wrap-up ends by itself: the second caller reaches the agent though nobody can say a word through the API.
    const two = await agent.phone.nextCall(15_000);
    expect(two.from).toBe('13800138005');
    await two.answer();
    await town.converse(second, two);
    await mend();
    await two.hangUp();
    await second.ended;
    await agent.ready(15_000);
    // And go on to: none of them is taken for nobody.
    for (let n = 0; n < 5; n += 1) await agent.api.post('/v1/agents/me/heartbeat');
    expect(await town.callInBooks('13800138005')).toMatchObject({
      result: 'answeredByAgent',
      agentNumber: '1001',
    });
  },
);
