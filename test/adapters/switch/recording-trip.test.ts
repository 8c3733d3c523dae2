import { randomUUID } from 'node:crypto';
import { readFile, rename, stat } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PhoneCall } from '../../../src/demo/phone/phone-call.ts';
import { toneShare } from '../../../src/demo/sound/tone.ts';
import { rawSidesOf } from '../../support/tone-file.ts';
import { EventLog } from './event-log.ts';
import { RealWorld } from './real-world.ts';

// The conversation of a call that we make, recorded by the real Asterisk: who is on which side, and what goes wrong on
// the way through the dialplan.

let world: RealWorld;
beforeAll(async () => {
  world = await RealWorld.build();
});
afterEach(() => world.rest());
afterAll(() => world.demolish());

interface Called {
  readonly callId: string;
  readonly leg: string;
  readonly call: PhoneCall;
}
/** Somebody's telephone has been rung under this mark, and was answered. */
async function called(callId: string, mark: string): Promise<Called> {
  const { phone, name } = await world.phone();
  const coming = phone.nextCall(10_000);
  const leg = `${callId}.${mark}`;
  const target = { kind: 'phone', phone: name } as const;
  expect(
    await world.switch.ring({
      channel: leg,
      target,
      originator: null,
      callerNumber: '12345',
      callerName: '',
      ringTimeoutMs: 5_000,
    }),
  ).toEqual({ kind: 'done' });
  const call = await coming;
  await call.answer();
  await world.log.next('answered', (one) => one.channel === leg);
  return { callId, leg, call };
}
const pathOf = (recording: string): string => `${world.asterisk.recordingsDir}/${recording}`;
async function recorded(leg: string): Promise<string> {
  const begun = await world.switch.recordCall(leg);
  if (begun.kind !== 'done') throw new Error(`not recorded: ${begun.kind}`);
  return begun.recording;
}

test('citizen and staff are each on their own side, and what was written stays when it is asked for again', async () => {
  const callId = randomUUID();
  const agent = await called(callId, 'a1');
  const citizen = await called(callId, 't1');
  const recording = await recorded(citizen.leg);
  await world.switch.bridge(`${callId}.b`, [agent.leg, citizen.leg]);
  citizen.call.sound.speak(440);
  agent.call.sound.speak(1000);
  await Promise.all([citizen.call.sound.untilHears(1000, 4_000), agent.call.sound.untilHears(440, 4_000)]);
  const path = pathOf(recording);
  const grown = async (bytes: number): Promise<number> => {
    const from = (await stat(path)).size;
    await expect.poll(async () => (await stat(path)).size, { timeout: 8_000 }).toBeGreaterThan(from + bytes);
    return (await stat(path)).size;
  };
  const before = await grown(48_000);
  expect(await recorded(citizen.leg)).toBe(recording);
  await world.switch.bridge(`${callId}.b`, [citizen.leg]);
  expect(await grown(48_000)).toBeGreaterThan(before);
  await citizen.call.hangUp();
  await world.log.next('ended', (one) => one.channel === citizen.leg);
  const sides = rawSidesOf(await readFile(path));
  const has = (side: readonly Int16Array[], hz: number) => side.some((window) => toneShare(window, hz) > 0.8);
  expect([has(sides.citizen, 440), has(sides.staff, 1000)]).toEqual([true, true]);
  const crossed = (side: readonly Int16Array[], hz: number) =>
    side.some((window) => toneShare(window, hz) > 0.1);
  expect([crossed(sides.citizen, 1000), crossed(sides.staff, 440)]).toEqual([false, false]);
});

test('a second agent is recorded however late the switch tells who is in the bridge', async () => {
  const callId = randomUUID();
  const bridge = `${callId}.b`;
  const first = await called(callId, 'a1');
  const citizen = await called(callId, 't1');
  const recording = await recorded(citizen.leg);
  await world.switch.bridge(bridge, [first.leg, citizen.leg]);
  first.call.sound.speak(1000);
  citizen.call.sound.speak(440);
  await citizen.call.sound.untilHears(1000, 4_000);
  const more = async (packets: number): Promise<void> => {
    citizen.call.sound.forget();
    await expect.poll(() => citizen.call.sound.packets, { timeout: 20_000 }).toBeGreaterThan(packets);
  };
  await more(300);
  await world.switch.unbridge(bridge, citizen.leg);
  await world.switch.hangup(first.leg, 'normal');
  await world.log.next('ended', (one) => one.channel === first.leg);
  // His telephone counts its packets from one, as the first one did: until it has come as far, they are late for what is
  // recorded.
  const second = await called(callId, 'a2');
  const goOn = world.wire.holdEvents();
  await world.switch.bridge(bridge, [citizen.leg]);
  await world.switch.bridge(bridge, [second.leg]);
  goOn();
  second.call.sound.speak(2200);
  await citizen.call.sound.untilHears(2200, 4_000);
  await more(50);
  await citizen.call.hangUp();
  await world.log.next('ended', (one) => one.channel === citizen.leg);
  const { staff } = rawSidesOf(await readFile(pathOf(recording)));
  expect(staff.some((window) => toneShare(window, 2200) > 0.8)).toBe(true);
});

test('who cannot be brought along when the bridge changes its kind is not cut off, and comes with the next who joins', async () => {
  const callId = randomUUID();
  const bridge = `${callId}.b`;
  const [first, citizen, second] = [
    await called(callId, 'a1'),
    await called(callId, 't1'),
    await called(callId, 'a2'),
  ];
  await world.switch.bridge(bridge, [first.leg, citizen.leg]);
  let refusals = 2;
  world.wire.judge = (request) => {
    const isHis = request.includes('/addChannel?') && request.includes(first.leg);
    if (!isHis || refusals === 0) return 'pass';
    refusals -= 1;
    return { status: 500, body: '{"message":"Said by the test"}' };
  };
  try {
    expect(await world.switch.bridge(bridge, [second.leg])).toMatchObject({ kind: 'refused' });
    expect(refusals).toBe(0);
    expect(await world.switch.bridge(bridge, [second.leg])).toEqual({ kind: 'done' });
  } finally {
    world.wire.judge = () => 'pass';
  }
  second.call.sound.speak(2200);
  await Promise.all([first.call.sound.untilHears(2200, 4_000), citizen.call.sound.untilHears(2200, 4_000)]);
});

test('without the folder of recordings it says so, and the leg is back', async () => {
  const { leg } = await called(randomUUID(), 't1');
  const away = `${world.asterisk.recordingsDir}.away`;
  await rename(world.asterisk.recordingsDir, away);
  try {
    expect(await world.switch.recordCall(leg)).toEqual({
      kind: 'done',
      recording: '',
      recordingFault: 'folderMissing',
    });
    expect(await world.switch.startMusic(leg)).toEqual({ kind: 'done' });
  } finally {
    await rename(away, world.asterisk.recordingsDir);
  }
});

test('who hangs up in the middle of it has ended, and that is told once', async () => {
  for (let round = 0; round < 8; round += 1) {
    const { leg, call } = await called(randomUUID(), 't1');
    const [outcome] = await Promise.all([world.switch.recordCall(leg), call.hangUp()]);
    expect(['done', 'gone']).toContain(outcome.kind);
    await world.log.next('ended', (one) => one.channel === leg);
    expect(await world.switch.recordCall(leg)).toEqual({ kind: 'gone' });
    expect(world.log.ofType('ended').filter((one) => one.channel === leg)).toHaveLength(1);
  }
});

test('a call control that dies in the middle of it finds the citizen again, and he talks on', async () => {
  const callId = randomUUID();
  const agent = await called(callId, 'a1');
  const citizen = await called(callId, 't1');
  await world.switch.stop();
  const { ariUrl, ariUser, ariPassword } = world.asterisk;
  const authorization = `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`;
  const sent = await fetch(
    `${ariUrl}/ari/channels/${citizen.leg}/continue?context=record-placed&extension=s&priority=1`,
    { method: 'POST', headers: { authorization } },
  );
  expect(sent.status).toBe(204);
  const log = new EventLog();
  const successor = world.adapter().switch;
  log.listen(successor);
  try {
    await successor.start();
    const { snapshot } = await log.next('up');
    expect(snapshot.channels.map(({ channel, up }) => ({ channel, up }))).toContainEqual({
      channel: citizen.leg,
      up: true,
    });
    const begun = await successor.recordCall(citizen.leg);
    expect(begun).toMatchObject({ kind: 'done', recording: expect.stringContaining(callId) });
    expect(await successor.bridge(`${callId}.b`, [agent.leg, citizen.leg])).toEqual({ kind: 'done' });
    citizen.call.sound.speak(440);
    agent.call.sound.speak(1000);
    await Promise.all([citizen.call.sound.untilHears(1000, 4_000), agent.call.sound.untilHears(440, 4_000)]);
  } finally {
    await successor.stop();
    await world.switch.start();
  }
});
