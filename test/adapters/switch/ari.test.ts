import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AmiLink } from '../../../src/adapters/ami/link.ts';
import { createRecorder } from '../../../src/adapters/ami/recorder.ts';
import type { Media } from '../../../src/app/ports/switch.ts';
import { toneShare } from '../../../src/demo/sound/tone.ts';
import { writeTone } from '../../support/tone-file.ts';
import { type ContractWorld, switchContract, type Telephone } from './contract.ts';
import { RealWorld, SECRET } from './real-world.ts';

// The adapter against the real Asterisk with the project's own configuration, SIPp as the citizens.

let world: RealWorld;
let tone: Media;
beforeAll(async () => {
  world = await RealWorld.build();
  tone = { kind: 'file', path: `${world.asterisk.dir}/tone` };
  await writeTone(`${tone.path}.wav`, 700, 300);
});
afterEach(() => world.rest());
afterAll(() => world.demolish());

test('a citizen is claimed, answered, hears a file, and talks with a registered phone', async () => {
  const { phone, name } = await world.phone();
  const from = world.log.mark;
  const citizen = await world.citizen();
  const call = await world.log.next('incoming', undefined, { from });
  expect(call).toMatchObject({ dialled: '12345', callerNumber: '13800138000', trunk: 'carrier' });
  expect(call.recording).toMatch(/^\d{4}\/\d\d\/\d\d\/[0-9a-f-]{36}\.raw$/);

  expect(await world.switch.answer(call.channel)).toEqual({ kind: 'done' });
  await citizen.answered;
  const playback = `${call.callId}.p1`;
  expect(await world.switch.play(call.channel, playback, [tone])).toEqual({ kind: 'done' });
  await citizen.sound.untilHears(700, 3_000);
  expect(await world.log.next('playbackEnded', (one) => one.playback === playback)).toMatchObject({
    end: 'finished',
  });

  expect(await world.switch.startMusic(call.channel)).toEqual({ kind: 'done' });
  const coming = phone.nextCall(5_000);
  const leg = `${call.callId}.a1`;
  expect(
    await world.switch.ring({
      channel: leg,
      target: { kind: 'phone', phone: name },
      originator: call.channel,
      callerNumber: '13800138000',
      callerName: '市民',
      ringTimeoutMs: 5_000,
    }),
  ).toEqual({ kind: 'done' });
  const ringing = await coming;
  expect(ringing.from).toBe('13800138000');
  await world.log.next('ringing', (one) => one.channel === leg);
  await ringing.answer();
  await world.log.next('answered', (one) => one.channel === leg);
  const bridge = `${call.callId}.b`;
  expect(await world.switch.bridge(bridge, [call.channel, leg])).toEqual({ kind: 'done' });
  citizen.sound.speak(440);
  ringing.sound.speak(1000);
  await Promise.all([ringing.sound.untilHears(440, 4_000), citizen.sound.untilHears(1000, 4_000)]);

  const snapshot = await world.switch.snapshot();
  expect(snapshot?.bridges).toEqual([{ bridge, channels: expect.arrayContaining([call.channel, leg]) }]);
  expect(snapshot?.startedMs).toBeGreaterThan(Date.now() - 24 * 3_600_000);
  expect(snapshot?.startedMs).toBeLessThan(Date.now());
  expect(snapshot?.channels).toEqual(
    expect.arrayContaining([
      { channel: call.channel, up: true, bridge, incoming: expect.objectContaining({ callId: call.callId }) },
      { channel: leg, up: true, bridge, phone: name, incoming: null },
    ]),
  );
  citizen.hangUp();
  expect(await world.log.next('ended', (one) => one.channel === call.channel)).toMatchObject({
    reason: 'normal',
  });
  expect(await world.switch.hangup(leg, 'normal')).toEqual({ kind: 'done' });
  expect(await world.log.next('ended', (one) => one.channel === leg)).toMatchObject({ reason: 'normal' });
  expect(await world.switch.destroyBridge(bridge)).toEqual({ kind: 'done' });
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'citizen' });
  expect(world.log.ofType('phoneUse')).toEqual([]);
});

// Without waiting until they have left, one of some forty is neither heard nor ever ends, and a line stays silent.
test('who has parted has left: what is played next is heard to its end, and the next talk has sound', async () => {
  const { phone, name } = await world.phone();
  const short: Media = { kind: 'file', path: `${world.asterisk.dir}/short` };
  await writeTone(`${short.path}.wav`, 700, 100);
  const from = world.log.mark;
  const coming = phone.nextCall(8_000);
  const citizen = await world.citizen();
  const call = await world.log.next('incoming', undefined, { from });
  await world.switch.answer(call.channel);
  await citizen.answered;
  const leg = `${call.callId}.a1`;
  await world.switch.ring({
    channel: leg,
    target: { kind: 'phone', phone: name },
    originator: call.channel,
    callerNumber: '',
    callerName: '',
    ringTimeoutMs: 8_000,
  });
  const ringing = await coming;
  await ringing.answer();
  await world.log.next('answered', (one) => one.channel === leg);
  ringing.sound.speak(1000);
  for (let round = 1; round <= 40; round += 1) {
    const bridge = `${call.callId}.b`;
    expect(await world.switch.bridge(bridge, [call.channel, leg])).toEqual({ kind: 'done' });
    if (round % 4 === 0) await citizen.sound.untilHears(1000, 10_000);
    const parted =
      round % 2 === 0
        ? await world.switch.destroyBridge(bridge)
        : await world.switch.unbridge(bridge, call.channel);
    expect(parted).toEqual({ kind: 'done' });
    const playback = `${call.callId}.p${round}`;
    await world.switch.play(call.channel, playback, [short]);
    expect(await world.log.next('playbackEnded', (one) => one.playback === playback)).toMatchObject({
      end: 'finished',
    });
  }
});

switchContract('Asterisk', async (): Promise<ContractWorld> => {
  const real = await RealWorld.build(undefined, { heartbeatMs: 200, silenceMs: 2_000 });
  const sound: Media = { kind: 'file', path: `${real.asterisk.dir}/long` };
  await writeTone(`${sound.path}.wav`, 700, 5_000);
  real.tone = { kind: 'file', path: `${real.asterisk.dir}/short` };
  await writeTone(`${real.tone.path}.wav`, 620, 200);
  return {
    switch: real.switch,
    legs: real.legs,
    phones: real.phones,
    log: real.log,
    sound,
    call: async () => await real.citizen(),
    untilFellBack: async (calls) => {
      await expect
        .poll(() => real.asterisk.log().split('goes to the fallback: TIMEOUT').length - 1, { timeout: 5_000 })
        .toBe(calls);
    },
    telephone: async () => {
      const { phone, name } = await real.phone();
      const habits: Record<Parameters<Telephone['next']>[0], (typeof phone)['onCall']> = {
        answers: (call) => {
          call.ring();
          void call.answer();
        },
        rings: (call) => call.ring(),
        isBusy: (call) => call.reject(486),
        declines: (call) => call.reject(603),
      };
      return {
        name,
        next: (does) => {
          phone.onCall = habits[does];
        },
        hangsUp: async () => {
          await phone.calls[0]?.hangUp();
        },
        vanishes: () => phone.vanish(),
        registers: async () => {
          await real.phones.provision({ name, kind: 'desk', secret: SECRET, displayName: '座席' });
          await phone.register();
        },
      };
    },
    ringTimePasses: () => undefined,
    silencePasses: () => undefined,
    drop: async () => real.wire.break(),
    freeze: async () => real.wire.freeze(),
    thaw: () => real.wire.mend(),
    restart: () => real.asterisk.restart(),
    babble: async () => {
      real.wire.inject('{"type":"FromTheFuture","channel":{"id":"x"}}');
      real.wire.inject('{not json');
      real.wire.inject('{"type":"ChannelDestroyed"}');
      real.wire.inject('[]');
      await expect.poll(() => real.said.filter((line) => line.includes('cannot be read')).length).toBe(2);
    },
    rest: () => real.rest(),
    demolish: () => real.demolish(),
  };
});

test.each([
  ['the folder of recordings is missing', 'folderMissing'],
  ['the disk has no room', 'diskFull'],
] as const)('a call comes in unrecorded, and says why, when %s', async (_why, fault) => {
  const { recordingsDir } = world.asterisk;
  const mark = `${recordingsDir}/no-room`;
  const away = `${recordingsDir}.away`;
  if (fault === 'diskFull') await writeFile(mark, '');
  else await rename(recordingsDir, away);
  try {
    const from = world.log.mark;
    const citizen = await world.citizen();
    const call = await world.log.next('incoming', undefined, { from });
    expect(call).toMatchObject({ recording: '', recordingFault: fault });
    expect(await world.switch.answer(call.channel)).toEqual({ kind: 'done' });
    await citizen.answered;
    citizen.hangUp();
  } finally {
    if (fault === 'diskFull') await rm(mark);
    else await rename(away, recordingsDir);
  }
});

test('a mark of a worker that is no more does not keep calls from being recorded', async () => {
  const mark = `${world.asterisk.recordingsDir}/no-room`;
  await writeFile(mark, '');
  const long = new Date(Date.now() - 600_000);
  await utimes(mark, long, long);
  try {
    const from = world.log.mark;
    const citizen = await world.citizen();
    const call = await world.log.next('incoming', undefined, { from });
    expect(call.recording).not.toBe('');
    expect(await world.switch.answer(call.channel)).toEqual({ kind: 'done' });
    await citizen.answered;
    citizen.hangUp();
  } finally {
    await rm(mark);
  }
});

test('a recording is silenced and sounds again, on both channels, and its time goes on', async () => {
  const { amiHost: host, amiPort: port, amiUser: user, amiSecret: secret } = world.asterisk;
  const log = { info: () => undefined, warn: () => undefined };
  const link = new AmiLink({ host, port, user, secret, log });
  await link.start();
  try {
    const recorder = createRecorder(link);
    const { phone, name } = await world.phone();
    const from = world.log.mark;
    const citizen = await world.citizen();
    const call = await world.log.next('incoming', undefined, { from });
    await world.switch.answer(call.channel);
    await citizen.answered;
    const leg = `${call.callId}.a1`;
    const coming = phone.nextCall(5_000);
    await world.switch.ring({
      channel: leg,
      target: { kind: 'phone', phone: name },
      originator: call.channel,
      callerNumber: '',
      callerName: '',
      ringTimeoutMs: 5_000,
    });
    const ringing = await coming;
    await ringing.answer();
    await world.log.next('answered', (one) => one.channel === leg);
    await world.switch.bridge(`${call.callId}.b`, [call.channel, leg]);
    citizen.sound.speak(440);
    ringing.sound.speak(1000);
    const file = `${world.asterisk.recordingsDir}/${call.recording}`;
    // The file is the clock: so many bytes are so much of the call.
    const grown = async (bytes: number): Promise<number> => {
      const began = (await stat(file)).size;
      await expect
        .poll(async () => (await stat(file)).size, { timeout: 8_000, interval: 50 })
        .toBeGreaterThan(began + bytes);
      return (await stat(file)).size;
    };
    await citizen.sound.untilHears(1000, 4_000);
    await grown(64_000);
    expect(await recorder.silence(leg, true)).toMatchObject({ kind: 'refused' });
    expect(await recorder.silence('nobody', true)).toEqual({ kind: 'gone' });
    expect(await recorder.silence(call.channel, true)).toEqual({ kind: 'done' });
    const silent = await grown(64_000);
    expect(await recorder.silence(call.channel, false)).toEqual({ kind: 'done' });
    await grown(64_000);
    citizen.hangUp();
    await world.log.next('ended', (one) => one.channel === call.channel);
    const pcm = await readFile(file);
    const share = (from: number, side: number, hz: number): number =>
      toneShare(
        Array.from({ length: 1_600 }, (_, at) => pcm.readInt16LE(from + at * 4 + side)),
        hz,
      );
    // Whole frames of four bytes; a quarter of a second within each stretch.
    const at = (bytes: number): number => bytes - (bytes % 4);
    expect(share(at(silent - 110_000), 0, 440)).toBeGreaterThan(0.9);
    expect(share(at(silent - 110_000), 2, 1000)).toBeGreaterThan(0.9);
    expect(share(at(silent - 20_000), 0, 440)).toBe(0);
    expect(share(at(silent - 20_000), 2, 1000)).toBe(0);
    expect(share(at(silent + 30_000), 0, 440)).toBeGreaterThan(0.9);
    expect(share(at(silent + 30_000), 2, 1000)).toBeGreaterThan(0.9);
  } finally {
    await link.stop();
  }
});
