import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createFallbackQueue } from '../../../src/adapters/ami/fallback-queue.ts';
import { AmiLink } from '../../../src/adapters/ami/link.ts';
import { AmiRefusal, AmiSession } from '../../../src/adapters/ami/session.ts';
import { readIncoming } from '../../../src/adapters/ari/incoming.ts';
import { fallbackNotes } from '../../../src/adapters/files/fallback-notes.ts';
import { startTestAsterisk } from '../../support/services.ts';
import { writeTone } from '../../support/tone-file.ts';
import { Wire } from '../../support/wire.ts';
import { IMPATIENT, RealWorld } from './real-world.ts';

// While call control is away the dialplan answers, greets and queues; its members are kept over AMI.

let world: RealWorld;
let wire: Wire;
let link: AmiLink;
let queue: ReturnType<typeof createFallbackQueue>;
const said: string[] = [];
const log = {
  info: (_fields: object, message: string) => said.push(message),
  warn: (fields: object, message: string) => said.push(`${message} ${JSON.stringify(fields)}`),
};
beforeAll(async () => {
  world = await RealWorld.build(undefined, IMPATIENT);
  await mkdir(world.asterisk.promptsDir, { recursive: true });
  await writeTone(`${world.asterisk.promptsDir}/greeting-fallback.wav`, 700, 600);
  wire = await Wire.lay(world.asterisk.amiPort);
  link = new AmiLink({ ...account(), port: wire.port, commandTimeoutMs: 700, log });
  queue = createFallbackQueue(link, log);
  await link.start();
});
afterEach(async () => {
  world.switch.setAccepting(true);
  for (const { phone } of (await queue.members()) ?? []) await queue.setMember(phone, 'absent');
  await world.rest();
});
afterAll(async () => {
  await link.stop();
  await wire.cut();
  await world.demolish();
});
const account = () => ({
  host: '127.0.0.1',
  port: world.asterisk.amiPort,
  user: world.asterisk.amiUser,
  secret: world.asterisk.amiSecret,
});

test('members follow what is wanted, and saying it twice changes nothing', async () => {
  for (const _again of [1, 2]) expect(await queue.setMember('desk-1', 'available')).toEqual({ kind: 'done' });
  expect(await queue.members()).toEqual([{ phone: 'desk-1', paused: false }]);
  for (const _again of [1, 2]) expect(await queue.setMember('desk-1', 'paused')).toEqual({ kind: 'done' });
  await queue.setMember('desk-2', 'paused');
  expect(await queue.members()).toEqual([
    { phone: 'desk-1', paused: true },
    { phone: 'desk-2', paused: true },
  ]);
  await queue.setMember('desk-1', 'absent');
  expect(await queue.setMember('desk-1', 'absent')).toEqual({ kind: 'gone' });
  expect(await queue.members()).toEqual([{ phone: 'desk-2', paused: true }]);
});

test('a phone whose leg stays up no more is not rung in use, though a forerunner had asked for that', async () => {
  const later = new AmiLink({ ...account(), log });
  const successor = createFallbackQueue(later, log);
  const session = await AmiSession.open({ ...account(), commandTimeoutMs: 1_000 }, () => undefined);
  const rungInUse = async (phone: string) =>
    (await session.send('Getvar', { Variable: `QUEUE_MEMBER(fallback,ringinuse,PJSIP/${phone})` })).value;
  try {
    for (const phone of ['desk-1', 'desk-2']) await queue.setMember(phone, 'standing');
    expect([await rungInUse('desk-1'), await rungInUse('desk-2')]).toEqual(['1', '1']);
    await later.start();
    await successor.setMember('desk-1', 'available');
    await successor.setMember('desk-2', 'standing');
    expect([await rungInUse('desk-1'), await rungInUse('desk-2')]).toEqual(['0', '1']);
  } finally {
    session.close();
    await later.stop();
  }
});

test('nothing becomes a header of its own', async () => {
  for (const phone of ['a\r\nAction: Originate', 'a\nb', 'PJSIP/a', 'a b', '', '1001']) {
    expect(await queue.setMember(phone, 'available')).toMatchObject({ kind: 'refused' });
  }
  const session = await AmiSession.open({ ...account(), commandTimeoutMs: 1_000 }, () => undefined);
  try {
    await expect(session.send('Ping', { X: 'a\r\nAction: Command' })).rejects.toThrow(AmiRefusal);
    await expect(session.send('Ping\r\nX: y')).rejects.toThrow(AmiRefusal);
    await expect(session.send('Ping', { 'X: y\r\nZ': 'a' })).rejects.toThrow(AmiRefusal);
    expect(await session.send('Ping')).toMatchObject({ response: 'Success' });
  } finally {
    session.close();
  }
});

test('the account may keep members and silence recordings; it starts no program and reads no file', async () => {
  const session = await AmiSession.open({ ...account(), commandTimeoutMs: 1_000 }, () => undefined);
  try {
    const forbidden: [string, Record<string, string>][] = [
      ['Originate', { Channel: 'Local/s@fallback', Application: 'Wait', Data: '1' }],
      ['Command', { Command: 'core show version' }],
      ['GetConfig', { Filename: 'manager.conf' }],
      ['MixMonitor', { Channel: 'PJSIP/x', Command: 'id' }],
      ['UpdateConfig', { SrcFilename: 'manager.conf', DstFilename: 'manager.conf' }],
    ];
    for (const [action, fields] of forbidden) {
      await expect(session.send(action, fields), action).rejects.toThrow(/permission|privilege/i);
    }
    const written = `${world.asterisk.dir}/written-over-ami`;
    const write = { Variable: `FILE(${written})`, Value: 'x' };
    await session.send('Setvar', write).catch(() => undefined);
    expect(existsSync(written)).toBe(false);
  } finally {
    session.close();
  }
});

test('a wrong secret is said, and tried again without end', async () => {
  const before = said.length;
  const noWay = new AmiLink({ ...account(), secret: 'wrong', log });
  const wrong = createFallbackQueue(noWay, log);
  await noWay.start();
  try {
    expect(await wrong.setMember('desk-1', 'available')).toMatchObject({ kind: 'unknown' });
    expect(await wrong.members()).toBeNull();
    await expect
      .poll(() => said.slice(before).filter((line) => line.includes('Authentication failed')).length, {
        timeout: 5_000,
      })
      .toBeGreaterThan(1);
  } finally {
    await noWay.stop();
  }
});

test('a connection that breaks or falls silent comes back with its members', async () => {
  await queue.setMember('desk-1', 'available');
  wire.freeze();
  expect(await queue.setMember('desk-2', 'paused')).toMatchObject({ kind: 'unknown' });
  await wire.mend();
  await wire.cut();
  await wire.mend();
  await expect
    .poll(() => queue.members(), { timeout: 8_000 })
    .toEqual([
      { phone: 'desk-1', paused: false },
      { phone: 'desk-2', paused: true },
    ]);
});

test('Asterisk restarted gets its members again', async () => {
  await queue.setMember('desk-1', 'available');
  await world.asterisk.restart();
  await expect
    .poll(() => queue.members(), { timeout: 15_000 })
    .toEqual([expect.objectContaining({ phone: 'desk-1' })]);
});

test('not claimed: greeted, queued to a signed-in phone, and the phone shows as busy elsewhere', async () => {
  const { phone, name } = await world.phone();
  await queue.setMember(name, 'available');
  world.switch.setAccepting(false);
  const from = world.log.mark;
  const dialled = Date.now();
  const citizen = await world.citizen();
  await citizen.answered;
  await citizen.sound.untilHears(700, 3_000);
  const call = await phone.nextCall(5_000);
  expect(Date.now() - dialled).toBeLessThan(5_000);
  expect(await world.log.next('phoneUse', (one) => one.phone === name, { from })).toMatchObject({
    foreignChannels: 1,
  });
  await call.answer();
  await call.connected;
  citizen.sound.speak(440);
  call.sound.speak(1000);
  await Promise.all([call.sound.untilHears(440, 4_000), citizen.sound.untilHears(1000, 4_000)]);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  await world.log.next('phoneUse', (one) => one.phone === name && one.foreignChannels === 0, { from });
});

test('the greeting is the one that callers hear else: uploaded before recorded, recorded before spoken', async () => {
  world.switch.setAccepting(false);
  const folder = world.asterisk.promptsDir;
  // From the last shelf to the first: each wins over those before.
  const shelves = [
    ['register', 500],
    ['recorded', 900],
    ['uploaded', 1100],
  ] as const;
  try {
    for (const [shelf, hz] of shelves) {
      await mkdir(`${folder}/${shelf}`, { recursive: true });
      await writeTone(`${folder}/${shelf}/greeting-fallback.wav`, hz, 600);
      const citizen = await world.citizen();
      await citizen.answered;
      await citizen.sound.untilHears(hz, 3_000);
      citizen.hangUp();
      await citizen.ended;
    }
  } finally {
    for (const [shelf] of shelves) await rm(`${folder}/${shelf}`, { recursive: true, force: true });
  }
});

test('frozen: a call control that hangs loses no call, and is ours again after', async () => {
  const { phone, name } = await world.phone();
  await queue.setMember(name, 'available');
  world.wire.freeze();
  const dialled = Date.now();
  const citizen = await world.citizen();
  const call = await phone.nextCall(5_000);
  expect(Date.now() - dialled).toBeLessThan(5_000);
  await call.answer();
  await citizen.answered;
  const from = world.log.mark;
  await world.wire.mend();
  await world.log.next('up', undefined, { from, withinMs: 10_000 });
  const later = await world.citizen({ dialled: '12369' });
  const incoming = await world.log.next('incoming', (one) => one.dialled === '12369');
  await world.switch.answer(incoming.channel);
  await later.answered;
});

test('nobody signed in: the citizen waits, and is brought to the first who comes', async () => {
  await world.switch.stop();
  try {
    const citizen = await world.citizen();
    await citizen.answered;
    await citizen.sound.untilHears(700, 3_000);
    await world.switch.start();
    const { phone, name } = await world.phone();
    const coming = phone.nextCall(8_000);
    await queue.setMember(name, 'available');
    const call = await coming;
    await call.answer();
    await call.connected;
    citizen.hangUp();
    await call.ended;
  } finally {
    await world.switch.start();
  }
});

test('a phone that nobody takes up is not rung for ever: the next one is tried', async () => {
  const telephones = await Promise.all([world.phone(), world.phone()]);
  await world.switch.stop();
  try {
    for (const { name } of telephones) await queue.setMember(name, 'available');
    const ringing = telephones.map(async ({ phone }, at) => ({ at, call: await phone.nextCall(25_000) }));
    const citizen = await world.citizen();
    const first = await Promise.race(ringing);
    // Nobody is at the first: only the other one answers.
    const other = ringing[1 - first.at];
    if (other === undefined) throw new Error('there are two');
    const { call } = await other;
    expect(call.from).toBe(first.call.from);
    await call.answer();
    await call.connected;
    citizen.hangUp();
    await call.ended;
  } finally {
    await world.switch.start();
  }
});

const noted = async (at = world) => {
  const silent = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  return await fallbackNotes(`${at.asterisk.recordingsDir}/fallback`, readIncoming, silent).read();
};
const noteOf = async (number: string) =>
  (await noted()).find(({ incoming, ended }) => incoming.callerNumber === number && ended !== null);

test.for(['agent', 'caller'] as const)('a note tells who answered and that the %s ended it', async (by) => {
  const { phone, name } = await world.phone();
  await queue.setMember(name, 'available');
  world.switch.setAccepting(false);
  const number = by === 'agent' ? '13800138021' : '13800138022';
  const before = Date.now();
  const citizen = await world.citizen({ dialled: '12369', number });
  const call = await phone.nextCall(5_000);
  await call.answer();
  await call.connected;
  citizen.sound.speak(440);
  await call.sound.untilHears(440, 4_000);
  if (by === 'agent') await call.hangUp();
  else citizen.hangUp();
  expect(await citizen.ended).toMatchObject({ by: by === 'agent' ? 'switch' : 'citizen' });
  await expect.poll(() => noteOf(number), { timeout: 5_000 }).toBeDefined();
  const note = await noteOf(number);
  expect(note).toMatchObject({
    incoming: { dialled: '12369', trunk: 'carrier', recording: expect.stringMatching(/\.raw$/) },
    answered: { phone: name },
    ended: { by },
    status: expect.stringMatching(/^[A-Z]+$/),
  });
  const times = [
    before,
    note?.arrivedMs,
    note?.enteredMs,
    note?.answered?.atMs,
    note?.ended?.atMs,
    Date.now(),
  ];
  expect(times).toEqual([...times].sort((a, b) => Number(a) - Number(b)));
});

test('a note tells of who left while waiting', async () => {
  world.switch.setAccepting(false);
  const citizen = await world.citizen({ number: '13800138023' });
  await citizen.answered;
  await citizen.sound.untilHears(700, 3_000);
  citizen.hangUp();
  await citizen.ended;
  await expect
    .poll(() => noteOf('13800138023'), { timeout: 5_000 })
    .toMatchObject({ answered: null, ended: { by: 'caller' } });
});

test('without the folder of the notes the call is taken all the same', async () => {
  const { phone, name } = await world.phone();
  await queue.setMember(name, 'available');
  const folder = `${world.asterisk.recordingsDir}/fallback`;
  await rename(folder, `${folder}.away`);
  try {
    world.switch.setAccepting(false);
    const citizen = await world.citizen({ number: '13800138024' });
    const call = await phone.nextCall(5_000);
    await call.answer();
    await call.connected;
    citizen.sound.speak(440);
    await call.sound.untilHears(440, 4_000);
    citizen.hangUp();
    expect(await call.ended).toBe('byThem');
    expect(world.asterisk.log()).toContain("folder of the fallback's notes is missing");
  } finally {
    await rename(`${folder}.away`, folder);
  }
});

test('nobody speaks for a phone without its secret, and a phone cannot dial', async () => {
  const { name } = await world.phone();
  const citizen = await world.citizen({ from: `<sip:${name}@127.0.0.1>`, expect: 401 });
  expect(await citizen.ended).toMatchObject({ by: 'refused' });
  expect(world.log.ofType('incoming').filter(({ callerNumber }) => callerNumber === name)).toEqual([]);
});

test('one call more than the trunk may have is refused with 503, and none of the others is touched', async () => {
  const small = await RealWorld.build(
    await startTestAsterisk({ trunk: { match: ['127.0.0.1'], host: '127.0.0.1', port: 9, maxCalls: 2 } }),
  );
  try {
    const first = await small.citizen();
    await small.citizen({ dialled: '12369' });
    await expect.poll(() => small.log.ofType('incoming').length).toBe(2);
    expect(await (await small.citizen({ expect: 503 })).ended).toMatchObject({ code: 0, by: 'refused' });
    const call = await small.log.next('incoming', (one) => one.dialled === '12345');
    await small.switch.answer(call.channel);
    await first.answered;
    expect(small.asterisk.log()).toContain('trunk carrier is full: 2 calls');
    // Whoever was turned away is in the books all the same.
    expect(await noted(small)).toEqual([
      expect.objectContaining({
        refused: true,
        status: 'full',
        answered: null,
        incoming: expect.objectContaining({ dialled: '12345', trunk: 'carrier', recording: '' }),
      }),
    ]);
  } finally {
    await small.demolish();
  }
});
