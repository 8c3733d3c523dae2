import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SteadyMusic } from '../support/tone-music.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';

// Call control dies or hangs: who talks goes on talking, who waits is not dropped, and who calls now reaches an agent
// through the dialplan's own queue within five seconds. When it is back, everything is as before.

/** The promise of the product, from the citizen's dialling to the agent's phone, with a greeting as long as the real one. */
const PROMISED_MS = 5_000;

let town: Town;
beforeAll(async () => {
  town = await Town.found({ music: 'tone' });
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test.for([
  {
    what: 'killed (-9)',
    number: '13800138002',
    strike: () => town.callControl.kill(),
    heal: () => town.callControl.start(),
  },
  {
    what: 'frozen (SIGSTOP)',
    number: '13800138012',
    strike: async () => town.callControl.freeze(),
    heal: async () => town.callControl.thaw(),
  },
])('call control is $what', { timeout: 100_000 }, async ({ what, number, strike, heal }) => {
  const [first, second] = await Promise.all([town.agent('1001'), town.agent('1002')]);
  // Who talks already.
  const talking = await town.citizen({ dialled: '12345', number: '13800138001' });
  const rung = Promise.race([first.phone.nextCall(10_000), second.phone.nextCall(10_000)]);
  const talk = await rung;
  const [busy, free] = first.phone.calls.length > 0 ? [first, second] : [second, first];
  await talk.answer();
  await town.converse(talking, talk);

  await strike();
  try {
    const dialledAt = Date.now();
    const ringing = free.phone.nextCall(2 * PROMISED_MS);
    const caller = await town.citizen({ dialled: '12345', number });
    await caller.answered;
    await caller.sound.untilHears(PROMPT_HZ['greeting-fallback'], 5_000);
    const call = await ringing;
    const reachedMs = Date.now() - dialledAt;
    process.stdout.write(`call control ${what}: a new call reached an agent after ${reachedMs} ms\n`);
    expect(reachedMs).toBeLessThan(PROMISED_MS);
    await call.answer();
    await town.converse(caller, call);
    // The conversation from before never noticed, and is not joined by the other one.
    await town.converse(talking, talk);
    caller.hangUp();
    expect(await call.ended).toBe('byThem');
    expect(await caller.ended).toMatchObject({ code: 0, by: 'citizen' });
  } finally {
    await heal();
  }
  await town.untilAnswering();
  await town.converse(talking, talk);
  talking.hangUp();
  expect(await talk.ended).toBe('byThem');
  expect(await talking.ended).toMatchObject({ code: 0 });
  await busy.ready(15_000);
  await free.ready(15_000);

  // New calls go the normal way again: by their mode, into the books.
  const after = await town.citizen({ dialled: '12319', number: '13800138003' });
  await after.sound.untilHears(PROMPT_HZ['greeting-forwarded'], 5_000);
  const call = await Promise.race([first.phone.nextCall(10_000), second.phone.nextCall(10_000)]);
  await call.answer();
  await town.converse(after, call);
  after.hangUp();
  await call.ended;
  expect(await town.callInBooks('13800138003')).toMatchObject({ line: '12319', result: 'answeredByAgent' });
  expect(await town.callInBooks('13800138001')).toMatchObject({ result: 'answeredByAgent' });
  // Nor is the call missing that the dialplan took meanwhile.
  const taken = await town.callInBooks(number, 40_000);
  expect(taken).toMatchObject({
    line: '12345',
    queue: 'fallback',
    result: 'answeredByAgent',
    releasedBy: 'caller',
    agentNumber: free.number,
    outcome: null,
    recorded: true,
  });
  expect((await town.recordingOf(taken.id)).citizen.length).toBeGreaterThan(0);
});

test('who gives up in the fallback while call control is dead is in the books as abandoned', async () => {
  await town.callControl.kill();
  const caller = await town.citizen({ dialled: '12319', number: '13800138010' });
  await caller.answered;
  await caller.sound.untilHears(PROMPT_HZ['greeting-fallback'], 5_000);
  caller.hangUp();
  await caller.ended;
  await town.callControl.start();
  await town.untilAnswering();
  expect(await town.callInBooks('13800138010')).toMatchObject({
    line: '12319',
    result: 'abandoned',
    releasedBy: 'caller',
    agentId: null,
    talkStartedAt: null,
  });
});

test('who waits in the fallback is taken back, in the place of his arrival, before those who call later', {
  timeout: 100_000,
}, async () => {
  await town.callControl.kill();
  const early = await town.citizen({ dialled: '12345', number: '13800138013' });
  await early.answered;
  await early.sound.untilHears(PROMPT_HZ['greeting-fallback'], 5_000);
  await town.callControl.start();
  await town.untilAnswering();
  const late = await town.citizen({ dialled: '12345', number: '13800138014' });
  await town.untilCallIs('13800138014', 'queued');
  await town.untilCallIs('13800138013', 'queued', 40_000);
  const agent = await town.agent('1001');
  const one = await agent.phone.nextCall(15_000);
  expect(one.from).toBe('13800138013');
  await one.answer();
  await town.converse(early, one);
  await one.hangUp();
  await early.ended;
  const two = await agent.phone.nextCall(15_000);
  expect(two.from).toBe('13800138014');
  await two.answer();
  await town.converse(late, two);
  await two.hangUp();
  await late.ended;
  // One call, told by call control alone: the fallback's note of it is gone.
  expect(await town.callInBooks('13800138013')).toMatchObject({
    line: '12345',
    queue: 'general',
    result: 'answeredByAgent',
    releasedBy: 'agent',
    agentNumber: '1001',
  });
});

test('callers who wait while call control dies are still waiting for it when it is back, with their music and in their order', async () => {
  const first = await town.citizen({ dialled: '12345', number: '13800138004' });
  await town.untilCallIs('13800138004', 'queued');
  const second = await town.citizen({ dialled: '12345', number: '13800138005' });
  await town.untilCallIs('13800138005', 'queued');
  const music = await SteadyMusic.at(first.sound, second.sound);
  await town.callControl.kill();
  await town.callControl.start();
  await town.untilAnswering();
  await Promise.all(music.map((one) => one.wentOn()));
  const agent = await town.agent('1001');
  const one = await agent.phone.nextCall(15_000);
  expect(one.from).toBe('13800138004');
  await one.answer();
  await town.converse(first, one);
  await one.hangUp();
  await first.ended;
  const two = await agent.phone.nextCall(15_000);
  expect(two.from).toBe('13800138005');
  await two.answer();
  await town.converse(second, two);
  await two.hangUp();
  await second.ended;
});

test('who leaves while call control is dead leaves nothing behind, neither at the switch nor open in the books', async () => {
  const agent = await town.agent('1001');
  const talking = await town.citizen({ dialled: '12345', number: '13800138006' });
  const talk = await agent.phone.nextCall(10_000);
  await talk.answer();
  await town.converse(talking, talk);
  const waiting = await town.citizen({ dialled: '12345', number: '13800138007' });
  await town.untilCallIs('13800138007', 'queued');
  await town.callControl.kill();
  talking.hangUp();
  waiting.hangUp();
  await Promise.all([talking.ended, waiting.ended]);
  await town.callControl.start();
  await town.untilAnswering();
  // The agent's side of a conversation that is over is released, and the agent can be called again.
  expect(await talk.ended).toBe('byThem');
  expect(await town.callInBooks('13800138006')).toMatchObject({
    result: 'answeredByAgent',
    agentNumber: '1001',
  });
  expect(await town.callInBooks('13800138007')).toMatchObject({ agentId: null });
  await agent.ready(15_000);
});

test('the API and the worker are killed: who talks goes on talking, and a new call reaches its agent', async () => {
  const [first, second] = await Promise.all([town.agent('1001'), town.agent('1005')]);
  const talking = await town.citizen({ dialled: '12345', number: '13800138008' });
  const talk = await first.phone.nextCall(10_000);
  await talk.answer();
  await town.converse(talking, talk);
  await Promise.all([town.api.kill(), town.worker.kill()]);
  const caller = await town.citizen({ dialled: '12369', number: '13800138009' });
  const call = await second.phone.nextCall(10_000);
  await call.answer();
  await town.converse(caller, call);
  await town.converse(talking, talk);
  caller.hangUp();
  talking.hangUp();
  await Promise.all([call.ended, talk.ended]);
  await Promise.all([town.api.start(), town.worker.start()]);
  await town.untilAnswering();
  expect(await town.callInBooks('13800138008')).toMatchObject({ agentNumber: '1001' });
  expect(await town.callInBooks('13800138009')).toMatchObject({ agentNumber: '1005', queue: 'desk-12369' });
});
