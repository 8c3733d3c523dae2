import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

// Sensitive data is said: the recording goes on in silence, and never longer than it must.

async function talking(): Promise<House> {
  const house = await new House(sample([agent(1), agent(2)])).open();
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  await house.ready(1);
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(house.state('call1')).toBe('talking');
  return house;
}
const pause = (house: House, forMs = 60_000, agentId = 'agent1') =>
  house.control.command({ kind: 'pauseRecording', agentId, reason: '银行卡号', forMs });
const resume = (house: House) => house.control.command({ kind: 'resumeRecording', agentId: 'agent1' });
const resumed = (house: House) =>
  house.facts.flatMap((fact) => (fact.type === 'recordingResumed' ? [fact.how] : []));

test('it is paused and resumed on request; asking twice changes nothing', async () => {
  const house = await talking();
  expect(await pause(house)).toMatchObject({ ok: true });
  expect(await pause(house)).toMatchObject({ ok: true });
  await settled();
  expect([...house.silenced]).toEqual(['channel1']);
  expect(house.facts.filter(({ type }) => type === 'recordingPaused')).toMatchObject([
    { by: 'agent1', reason: '银行卡号' },
  ]);
  expect(house.told('call1')).toContain('recordingSilenced');
  expect(await resume(house)).toMatchObject({ ok: true });
  expect(await resume(house)).toMatchObject({ ok: true });
  await settled();
  expect([...house.silenced]).toEqual([]);
  expect(resumed(house)).toEqual(['asked']);
  expect(house.state('call1')).toBe('talking');
});

test('it ends by itself when its time is up, and never lasts longer than is allowed', async () => {
  const house = await talking();
  await pause(house, 3_600_000);
  await house.after(179_000);
  expect([...house.silenced]).toEqual(['channel1']);
  await house.after(2_000);
  expect([...house.silenced]).toEqual([]);
  expect(resumed(house)).toEqual(['timeUp']);
});

test('who resumes before the pause has reached the switch is not recorded in silence: one wish at a time is on its way', async () => {
  const house = await talking();
  const asked = (): readonly string[] => house.switch.log.filter((text) => text.startsWith('silence '));
  house.switch.slow = true;
  await pause(house);
  await resume(house);
  await pause(house);
  await resume(house);
  await settled();
  expect(asked()).toEqual([]);
  await house.switch.perform();
  await settled();
  expect(asked()).toEqual(['silence channel1 true']);
  await house.switch.perform();
  await settled();
  expect(asked()).toEqual(['silence channel1 true', 'silence channel1 false']);
  expect([...house.silenced]).toEqual([]);
});

test('the timer of an earlier pause does not end a later one', async () => {
  const house = await talking();
  await pause(house, 10_000);
  await resume(house);
  await house.after(5_000);
  await pause(house, 60_000);
  await house.after(6_000);
  expect([...house.silenced]).toEqual(['channel1']);
});

test('it ends with the talk of whoever asked for it', async () => {
  const house = await talking();
  await pause(house);
  await settled();
  house.switch.end('call1.a1');
  await settled();
  expect(resumed(house)).toEqual(['agentLeft']);
  expect([...house.silenced]).toEqual([]);
});

test('it ends with the call, and that is told before the end', async () => {
  const house = await talking();
  await pause(house);
  house.switch.end('channel1');
  await settled();
  expect(resumed(house)).toEqual(['callEnded']);
  expect(house.told('call1').at(-1)).toBe('callEnded');
});

test('who does not talk has nothing to pause', async () => {
  const house = await talking();
  await house.ready(2);
  expect(await pause(house, 10_000, 'agent2')).toMatchObject({ ok: false, code: 'call.none' });
  expect(house.told('call1')).not.toContain('recordingPaused');
});

test('a switch that does not answer is asked again until the silence is over', async () => {
  const house = await talking();
  house.recorder = { kind: 'unknown', reason: 'away' };
  await pause(house);
  await settled();
  // Nothing confirms the silence: the worker will wipe that stretch.
  expect(house.told('call1')).not.toContain('recordingSilenced');
  house.recorder = { kind: 'done' };
  await house.after(1_500);
  expect([...house.silenced]).toEqual(['channel1']);
  house.recorder = { kind: 'unknown', reason: 'away' };
  await resume(house);
  await settled();
  expect([...house.silenced]).toEqual(['channel1']);
  house.recorder = { kind: 'done' };
  await house.after(1_500);
  expect([...house.silenced]).toEqual([]);
});

test.each([
  ['before its time is up', 30_000, ['channel1'], []],
  ['after its time', 90_000, [], ['timeUp']],
] as const)('call control that dies in a pause and returns %s', async (_when, awayMs, silenced, how) => {
  const house = await talking();
  await pause(house, 60_000);
  await settled();
  const { clock, saved, savedCalls, savedHours, lastSign } = house;
  house.control.engine.stop();
  await clock.advance(awayMs, settled);
  const next = new House(house.configuration, {
    clock,
    switch: house.switch,
    saved,
    savedCalls,
    savedHours,
    lastSign,
  });
  next.silenced.add('channel1');
  await next.open();
  await next.after(10);
  expect(next.state('call1')).toBe('talking');
  expect([...next.silenced]).toEqual(silenced);
  expect(resumed(next)).toEqual(how);
});

test('a forerunner that died before the silence was over: it is ended', async () => {
  const house = await talking();
  await pause(house);
  await resume(house);
  await settled();
  const { clock, saved, savedCalls, savedHours, lastSign } = house;
  house.control.engine.stop();
  const next = new House(house.configuration, {
    clock,
    switch: house.switch,
    saved,
    savedCalls,
    savedHours,
    lastSign,
  });
  next.silenced.add('channel1');
  await next.open();
  expect([...next.silenced]).toEqual([]);
});
