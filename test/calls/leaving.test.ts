import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../../src/demo/poll.ts';
import { RING_GRACE_MS } from '../../src/domain/calls/steps.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';
import { RING_TIMEOUT_MS } from '../support/town-foundations.ts';

// A citizen may leave at any moment, and an agent's phone may fail at any moment: nobody is lost, nothing is left over.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test('the citizen hangs up during the greeting', async () => {
  const citizen = await town.citizen({ dialled: '12345', number: '13800138001' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-main'], 5_000);
  citizen.hangUp();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'citizen' });
  expect(await town.callInBooks('13800138001')).toMatchObject({
    result: 'abandoned',
    releasedBy: 'caller',
    agentId: null,
  });
});

test('the citizen hangs up in the queue', async () => {
  const citizen = await town.citizen({ dialled: '12345', number: '13800138002' });
  await town.untilCallIs('13800138002', 'queued');
  citizen.hangUp();
  expect(await town.callInBooks('13800138002')).toMatchObject({
    result: 'abandoned',
    queue: 'general',
    agentId: null,
  });
});

test('the citizen hangs up while the agent’s phone rings; the phone falls silent and the agent stays ready', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138003' });
  const call = await agent.phone.nextCall(10_000);
  citizen.hangUp();
  expect(await call.ended).toBe('cancelled');
  await agent.untilState('READY', 5_000);
  expect(await town.callInBooks('13800138003')).toMatchObject({ result: 'abandoned' });
});

test('the citizen hangs up in the middle of a word', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138004' });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await call.connected;
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await town.callInBooks('13800138004')).toMatchObject({ releasedBy: 'caller' });
});

test('an agent who rejects is not ready, and the citizen goes to the next', async () => {
  const first = await town.agent('1001');
  first.phone.onCall = (call) => call.reject(486);
  const citizen = await town.citizen({ dialled: '12345', number: '13800138005' });
  // Before it was ready it was not ready as well: the picture may still be that one.
  await expect
    .poll(() => first.seen(), { timeout: 10_000 })
    .toMatchObject({ state: 'NOT_READY', reason: 'rejected' });
  const second = await town.agent('1002');
  const call = await second.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await town.callInBooks('13800138005')).toMatchObject({
    agentNumber: '1002',
    result: 'answeredByAgent',
  });
});

test('an agent who does not answer is not ready, and the citizen keeps the place', async () => {
  const agent = await town.agent('1001');
  agent.phone.onCall = (call) => call.ring();
  const first = await town.citizen({ dialled: '12345', number: '13800138006' });
  await agent.untilState('RINGING', 10_000);
  const second = await town.citizen({ dialled: '12345', number: '13800138007' });
  expect(await agent.untilState('NOT_READY', 10_000)).toMatchObject({ reason: 'missed' });
  await town.untilCallIs('13800138007', 'queued');
  // Whoever was offered in vain is still before the one who came later.
  await agent.ready();
  const call = await agent.phone.nextCall(10_000);
  expect(call.from).toBe('13800138006');
  await call.answer();
  await town.converse(first, call);
  first.hangUp();
  await call.ended;
  await agent.untilState('WRAP_UP', 5_000);
  const next = agent.phone.nextCall(10_000);
  await agent.next();
  expect((await next).from).toBe('13800138007');
  second.hangUp();
  await (await next).ended;
});

const NAMES: Readonly<Record<string, string>> = { 1001: '陈晓', 1002: '吴敏' };

/** A citizen, whom one of two agents lets ring; and the other. */
async function rungForOneOfTwo(number: string) {
  const agents = [await town.agent('1001'), await town.agent('1002')] as const;
  const citizen = await town.citizen({ dialled: '12345', number });
  const late = await Promise.race(agents.map(({ phone }) => phone.nextCall(10_000)));
  const [slow, quick] = agents[0].phone.calls.includes(late) ? agents : [agents[1], agents[0]];
  return { citizen, late, slow, quick };
}

const CROSSING = '13800138011';

test('F-16: an answer and the end of its time in one moment: one talks, and who answered has missed nothing', {
  timeout: 90_000,
}, async () => {
  const { citizen, late, slow, quick } = await rungForOneOfTwo(CROSSING);
  // His answer and the end of his time reach call control in one moment: it could not look before.
  town.callControl.freeze();
  try {
    await late.answer();
    await late.connected;
    const over = late.receivedAt + RING_TIMEOUT_MS + RING_GRACE_MS + 500;
    await until('the end of the ringing time', 15_000, () => (Date.now() > over ? true : null));
  } finally {
    town.callControl.thaw();
  }
  const call = await Promise.race([
    quick.phone.nextCall(20_000),
    slow.untilState('TALKING', 20_000).then(() => null),
  ]);
  // What has arrived is heard before a time is up. Where the machine was too busy for it to arrive, another is rung.
  const [talks, by] = call === null ? [late, slow] : [call, quick];
  if (call !== null) await call.answer();
  await town.converse(citizen, talks);
  expect(await by.untilState('TALKING', 10_000)).toMatchObject({ misses: 0, taken: null });
  const other = by === slow ? quick : slow;
  // For a moment it counts as missed.
  await expect.poll(() => other.seen(), { timeout: 20_000 }).toMatchObject({ state: 'READY', misses: 0 });
  citizen.hangUp();
  expect(await town.callInBooks(CROSSING)).toMatchObject({
    result: 'answeredByAgent',
    agentNumber: by.number,
  });
});

const HELD_UP = '13800138012';

test('F-16: an answer that is held up on its way to call control: another is rung by then and talks, and who answered reads that it was taken, without a miss', {
  timeout: 90_000,
}, async () => {
  const { citizen, late, slow, quick } = await rungForOneOfTwo(HELD_UP);
  town.ari.freeze();
  try {
    await late.answer();
    await late.connected;
    // His time is over for call control, which has chosen the other.
    await quick.untilState('RINGING', 20_000);
  } finally {
    await town.ari.mend();
  }
  const call = await quick.phone.nextCall(20_000);
  await expect
    .poll(() => slow.seen(), { timeout: 20_000 })
    .toMatchObject({ state: 'READY', misses: 0, taken: { by: NAMES[quick.number] } });
  expect(await late.ended).toBe('byThem');
  await call.answer();
  await town.converse(citizen, call);
  expect(await quick.untilState('TALKING', 10_000)).toMatchObject({ misses: 0, taken: null });
  citizen.hangUp();
  expect(await town.callInBooks(HELD_UP)).toMatchObject({
    result: 'answeredByAgent',
    agentNumber: quick.number,
  });
});

test('a phone that vanishes while it rings costs the citizen nothing but time', async () => {
  const first = await town.agent('1001');
  first.phone.onCall = (call) => {
    call.ring();
    first.phone.vanish();
  };
  // Right after a sign of life: that the phone is gone is not known before its ringing time is over.
  const { probed } = first.phone;
  await expect.poll(() => first.phone.probed, { timeout: 10_000, interval: 50 }).toBeGreaterThan(probed);
  const citizen = await town.citizen({ dialled: '12345', number: '13800138008' });
  await first.untilState('RINGING', 10_000);
  const second = await town.agent('1002');
  const call = await second.phone.nextCall(15_000);
  expect(call.from).toBe('13800138008');
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  await citizen.ended;
  expect(await first.seen()).toMatchObject({ state: 'NOT_READY', reason: 'missed' });
  expect(await town.callInBooks('13800138008')).toMatchObject({ agentNumber: '1002' });
});

test('a ready agent whose phone vanishes is not ready, with the reason, and ready again when it is back', async () => {
  const agent = await town.agent('1001');
  agent.phone.vanish();
  expect(await agent.untilState('NOT_READY', 35_000)).toMatchObject({
    reason: 'phoneUnreachable',
    phoneReachable: false,
  });
  agent.phone.return();
  expect(await agent.untilState('READY', 15_000)).toMatchObject({ reason: null, phoneReachable: true });
}, 60_000);

test('two citizens, one agent: who came first is served first, and neither hears the other', async () => {
  const first = await town.citizen({ dialled: '12345', number: '13800138009' });
  await town.untilCallIs('13800138009', 'queued');
  const second = await town.citizen({ dialled: '12319', number: '13800138010' });
  await town.untilCallIs('13800138010', 'queued');
  const agent = await town.agent('1001');
  const one = await agent.phone.nextCall(10_000);
  expect(one.from).toBe('13800138009');
  await one.answer();
  second.sound.speak(1700);
  await town.converse(first, one);
  expect([first.sound.level(1700), one.sound.level(1700)].every((level) => level < 0.05)).toBe(true);
  await one.hangUp();
  await first.ended;
  await agent.untilState('WRAP_UP', 5_000);
  const next = agent.phone.nextCall(10_000);
  await agent.next();
  const two = await next;
  expect(two.from).toBe('13800138010');
  await two.answer();
  await two.sound.untilHears(1700, 5_000);
  await two.hangUp();
  await second.ended;
});
