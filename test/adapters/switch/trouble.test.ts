import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Media } from '../../../src/app/ports/switch.ts';
import { toneShare } from '../../../src/demo/sound/tone.ts';
import { rawSidesOf, writeTone } from '../../support/tone-file.ts';
import { EventLog } from './event-log.ts';
import { IMPATIENT, RealWorld } from './real-world.ts';

// What real life does to the adapter and the dialplan: carriers, callers, slow and failing answers, two masters.

let world: RealWorld;
let tone: Media;
beforeAll(async () => {
  world = await RealWorld.build(undefined, IMPATIENT);
  tone = { kind: 'file', path: `${world.asterisk.dir}/tone` };
  await writeTone(`${tone.path}.wav`, 700, 1_000);
});
afterEach(async () => {
  world.wire.judge = () => 'pass';
  await world.rest();
});
afterAll(() => world.demolish());

async function arrived(order: Parameters<RealWorld['citizen']>[0] = {}) {
  const from = world.log.mark;
  const citizen = await world.citizen(order);
  const call = await world.log.next('incoming', undefined, { from });
  return { citizen, call };
}
const ring = (originator: string, phone: string, leg: string) =>
  world.switch.ring({
    channel: leg,
    target: { kind: 'phone', phone },
    originator,
    callerNumber: '13800138000',
    callerName: '',
    ringTimeoutMs: 5_000,
  });

test('the headers of a forwarded call come through raw, whatever is in them', async () => {
  const diversion = [
    '<sip:12369@10.0.0.1>;reason=unconditional',
    '"a,b:c)($' + '{EPOCH}" <sip:0513%2012@x>;counter=1',
  ];
  const { call } = await arrived({
    dialled: '+8651312345',
    headers: [
      ...diversion.map((one) => `Diversion: ${one}`),
      'History-Info: <sip:12333@10.0.0.1>;index=1',
      'P-Asserted-Identity: <tel:+8613800138000>',
    ],
  });
  expect(call).toMatchObject({
    dialled: '+8651312345',
    // What the carrier asserts counts more than what the caller says of himself.
    callerNumber: '+8613800138000',
    headers: {
      diversion,
      historyInfo: ['<sip:12333@10.0.0.1>;index=1'],
      pAssertedIdentity: '<tel:+8613800138000>',
    },
  });
  expect(call.headers.to).toContain('+8651312345');
});

test('headers longer than a dialplan line cost their own end, not the call', async () => {
  const long = `<sip:12369@10.0.0.1>;reason="${'%<>"'.repeat(60)}"`;
  const { call } = await arrived({
    headers: [1, 2, 3, 4, 5].flatMap(() => [`Diversion: ${long}`, `History-Info: ${long}`]),
  });
  expect(call).toMatchObject({ dialled: '12345', callerNumber: '13800138000' });
  expect(call.headers.diversion[0]).toMatch(/^<sip:12369@10\.0\.0\.1>;reason=/);
  expect(call.headers.diversion).toHaveLength(5);
});

test.each([
  ['a withheld number', { number: '' }],
  ['a caller named with letters', { from: '<sip:nobody@nowhere>' }],
  ['a caller with a dial string for a name', { from: '"x" <sip:1&PJSIP%2Fy@z>' }],
])('%s is a caller without a number', async (_what, order) => {
  const { call } = await arrived(order);
  expect(call.callerNumber).toBe('');
});

test.each(['abc', '500&PJSIP', '12', '123456789012345678901', '12345x'])(
  'dialling "%s" is refused with 404, and a line in the log says so',
  async (dialled) => {
    const citizen = await world.citizen({ dialled, expect: 404 });
    expect(await citizen.ended).toMatchObject({ code: 0, by: 'refused' });
    await expect.poll(() => world.asterisk.log()).toContain('no number: a call over');
  },
);

test('malformed messages are survived', async () => {
  const socket = createSocket('udp4');
  for (const text of [
    '',
    'INVITE',
    'INVITE sip:12345@127.0.0.1 SIP/2.0\r\n\r\n',
    'INVITE sip:12345@127.0.0.1 SIP/2.0\r\nFrom:\r\nTo: <sip:12345@x>\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n',
    `INVITE sip:${'9'.repeat(5000)}@x SIP/2.0\r\nVia: SIP/2.0/UDP \0\r\n\r\n`,
    'INVITE sip:12345@x SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKq\r\nFrom: <sip:1@x>;tag=1\r\nTo: <sip:12345@x>\r\nCall-ID: b\r\nCSeq: 99999999999999999999 INVITE\r\nContent-Type: application/sdp\r\nContent-Length: -5\r\n\r\nv=0\r\n',
  ]) {
    socket.send(text, world.asterisk.sipPort, '127.0.0.1');
  }
  socket.close();
  await once(socket, 'close');
  const { citizen, call } = await arrived();
  await world.switch.answer(call.channel);
  await citizen.answered;
});

test('the caller may leave in every state', async () => {
  const { phone, name } = await world.phone();
  const steps = ['claimed', 'answered', 'playing', 'music', 'ringing', 'talking'] as const;
  for (const until of steps) {
    const { citizen, call } = await arrived();
    const reached = (step: (typeof steps)[number]) => steps.indexOf(until) >= steps.indexOf(step);
    const leg = `${call.callId}.a1`;
    if (reached('answered')) await world.switch.answer(call.channel);
    if (reached('answered')) await citizen.answered;
    if (reached('playing')) {
      await world.switch.play(call.channel, `${call.callId}.p1`, [{ kind: 'file', path: '/nowhere' }]);
    }
    if (reached('music')) await world.switch.startMusic(call.channel);
    if (reached('ringing')) {
      const coming = phone.nextCall(5_000);
      await ring(call.channel, name, leg);
      const rung = await coming;
      if (reached('talking')) {
        await rung.answer();
        await world.log.next('answered', (one) => one.channel === leg);
        await world.switch.bridge(`${call.callId}.b`, [call.channel, leg]);
      }
    }
    citizen.hangUp();
    await world.log.next('ended', (one) => one.channel === call.channel);
    expect(await citizen.ended, until).toMatchObject({ code: 0, by: 'citizen' });
    if (reached('ringing')) await world.switch.hangup(leg, 'normal');
    if (reached('talking')) await world.switch.destroyBridge(`${call.callId}.b`);
  }
  await expect
    .poll(async () => {
      const snapshot = await world.switch.snapshot();
      return [snapshot?.channels.length, snapshot?.bridges.length];
    })
    .toEqual([0, 0]);
});

test('the recording begins before the answer and holds what was said', async () => {
  const { citizen, call } = await arrived();
  await world.switch.answer(call.channel);
  await citizen.answered;
  citizen.sound.speak(440);
  await world.switch.play(call.channel, `${call.callId}.p1`, [tone]);
  await citizen.sound.untilHears(700, 3_000);
  await world.log.next('playbackEnded', (one) => one.playback === `${call.callId}.p1`);
  citizen.hangUp();
  await citizen.ended;
  const path = `${world.asterisk.recordingsDir}/${call.recording}`;
  const windowsWith = async (who: 'citizen' | 'staff', hz: number): Promise<number> => {
    const sides = rawSidesOf(await readFile(path).catch(() => Buffer.alloc(0)));
    return sides[who].filter((window) => toneShare([...window], hz) > 0.3).length;
  };
  await expect.poll(() => windowsWith('citizen', 440), { timeout: 5_000 }).toBeGreaterThan(1);
  expect(await windowsWith('staff', 700)).toBeGreaterThan(1);
  expect(await windowsWith('citizen', 700)).toBe(0);
});

test('an event that comes before its answer is recognised', async () => {
  const { call } = await arrived();
  await world.switch.answer(call.channel);
  const { phone, name } = await world.phone();
  phone.onCall = (one) => {
    one.ring();
    void one.answer();
  };
  const leg = `${call.callId}.a1`;
  const from = world.log.mark;
  const answered = world.log.next('answered', (one) => one.channel === leg);
  world.wire.judge = (request) => (request.includes('/dial') ? { after: answered } : 'pass');
  expect(await ring(call.channel, name, leg)).toEqual({ kind: 'done' });
  await answered;
  expect(
    world.log.events
      .slice(from)
      .map(({ type }) => type)
      .filter((type) => type !== 'ringing'),
  ).toEqual(['answered']);
});

test('a command without an answer is unknown in time, and may be asked again', async () => {
  const { call } = await arrived();
  await world.switch.answer(call.channel);
  const { phone, name } = await world.phone();
  const leg = `${call.callId}.a1`;
  world.wire.judge = (request) => (request.includes('/channels/create') ? 'hold' : 'pass');
  const asked = Date.now();
  expect(await ring(call.channel, name, leg)).toMatchObject({ kind: 'unknown' });
  expect(Date.now() - asked).toBeLessThan(2_500);
  world.wire.judge = () => 'pass';
  const coming = phone.nextCall(5_000);
  expect(await ring(call.channel, name, leg)).toEqual({ kind: 'done' });
  await coming;
  expect(await ring(call.channel, name, leg)).toEqual({ kind: 'exists' });
  expect(phone.calls).toHaveLength(1);
});

test('a phone rings as soon as its channel is there, whenever the answer to the command comes', async () => {
  const { call } = await arrived();
  await world.switch.answer(call.channel);
  const { phone, name } = await world.phone();
  const leg = `${call.callId}.a1`;
  const never = new Promise(() => undefined);
  world.wire.judge = (request) => (request.includes('/channels/create') ? { after: never } : 'pass');
  const coming = phone.nextCall(5_000);
  expect(await ring(call.channel, name, leg)).toEqual({ kind: 'done' });
  await coming;
  world.wire.judge = () => 'pass';
  expect(await ring(call.channel, name, leg)).toEqual({ kind: 'exists' });
  expect(phone.calls).toHaveLength(1);
});

test.each([
  [500, '{"message":"Internal Server Error"}', 'refused'],
  [503, '<html>busy</html>', 'unknown'],
  [200, '', 'done'],
  [404, '{"message":"Channel not found"}', 'gone'],
  [409, '{"message":"Channel not in Stasis application"}', 'gone'],
  [401, '', 'unknown'],
])('an answer %d %s is %s', async (status, body, kind) => {
  const { call } = await arrived();
  world.wire.judge = (request) => (request.includes('/answer') ? { status, body } : 'pass');
  expect(await world.switch.answer(call.channel)).toMatchObject({ kind });
});

test('a bridge that Asterisk is still destroying is made anew as soon as it is gone', async () => {
  const { citizen, call } = await arrived();
  await world.switch.answer(call.channel);
  await citizen.answered;
  const exists = { status: 409, body: `{"message":"Bridge with id 'b' already exists"}` };
  const notFound = { status: 404, body: '{"message":"Bridge not found"}' };
  let asked = 0;
  world.wire.judge = (request) => {
    if (!request.includes('/ari/bridges/')) return 'pass';
    asked += 1;
    if (asked > 9) return 'pass';
    return request.startsWith('POST') && !request.includes('/addChannel') ? exists : notFound;
  };
  expect(await world.switch.bridge(`${call.callId}.b`, [call.channel])).toEqual({ kind: 'done' });
  expect(asked).toBe(11);
});

test('a connection that breaks under a command is known at once, and the call is there afterwards', async () => {
  const { citizen, call } = await arrived();
  const from = world.log.mark;
  world.wire.judge = (request) => {
    if (!request.includes('/answer')) return 'pass';
    queueMicrotask(() => world.wire.break());
    return 'hold';
  };
  const asked = Date.now();
  expect(await world.switch.answer(call.channel)).toMatchObject({ kind: 'unknown' });
  // Before anybody would have given up waiting.
  expect(Date.now() - asked).toBeLessThan(IMPATIENT.commandTimeoutMs);
  world.wire.judge = () => 'pass';
  const up = await world.log.next('up', undefined, { from });
  expect(up.snapshot.channels).toMatchObject([{ channel: call.channel, up: false }]);
  expect(await world.switch.answer(call.channel)).toEqual({ kind: 'done' });
  await citizen.answered;
});

test.each([
  ['not JSON', 200, 'garbage'],
  ['empty', 200, ''],
  ['of another shape', 200, '{"channels":7}'],
  ['null', 200, 'null'],
  ['a proxy that fails', 502, '<html>'],
])('a picture that is %s is no picture, and costs nothing else', async (_what, status, body) => {
  const { call } = await arrived();
  world.wire.judge = (request) => (request === 'GET /ari/channels' ? { status, body } : 'pass');
  expect((await world.switch.snapshot())?.channels ?? []).toEqual([]);
  world.wire.judge = () => 'pass';
  expect(await world.switch.answer(call.channel)).toEqual({ kind: 'done' });
});

test.each([
  [404, '{"message":"Not Found"}'],
  [503, '<html>still loading</html>'],
  [200, '{not json'],
  [200, '{}'],
  [200, ''],
])('an API description answered with %d %s is asked for again until it is one', async (status, body) => {
  const from = world.log.mark;
  let asked = 0;
  world.wire.judge = (request) => {
    if (!request.includes('/api-docs/')) return 'pass';
    asked += 1;
    return { status, body };
  };
  world.wire.break();
  await world.log.next('down', undefined, { from });
  await expect.poll(() => asked, { timeout: 8_000 }).toBeGreaterThan(3);
  // What ends of the test before may be told meanwhile; that the switch is there again may not.
  const told = world.log.events.slice(from).map(({ type }) => type);
  expect(told.filter((type) => type === 'up' || type === 'down')).toEqual(['down']);
  world.wire.judge = () => 'pass';
  await world.log.next('up', undefined, { from });
});

test('of two masters the older steps back and does not fight', async () => {
  const log = new EventLog();
  const second = world.adapter().switch;
  log.listen(second);
  second.setAccepting(true);
  const { call } = await arrived();
  const from = world.log.mark;
  try {
    await second.start();
    await world.log.next('down', (one) => one.reason.includes('took over'), { from });
    const up = await log.next('up');
    expect(up.snapshot.channels).toMatchObject([
      { channel: call.channel, incoming: { callId: call.callId } },
    ]);
    const later = await world.citizen();
    const incoming = await log.next('incoming');
    expect(await second.answer(incoming.channel)).toEqual({ kind: 'done' });
    expect(await world.switch.answer(call.channel)).toMatchObject({ kind: 'unknown' });
    expect(world.log.events.slice(from).map(({ type }) => type)).toEqual(['down']);
    // Told to hang up before SIPp has read the answer, it would cancel what can only be ended.
    await later.answered;
    later.hangUp();
    await log.next('ended', (one) => one.channel === incoming.channel);
    await second.hangup(call.channel, 'normal');
  } finally {
    await second.stop();
    await world.switch.stop();
    await world.switch.start();
  }
});

test('who may not be the active call control leaves the application to whoever has it, until he is', async () => {
  let holds = false;
  const tenure = { holds: () => holds, onceSettled: () => undefined, settled: async () => holds };
  const woken = world.adapter(undefined, { tenure }).switch;
  const from = world.log.mark;
  try {
    // Resolves at the end of the first attempt; more follow.
    await woken.start();
    const { citizen, call } = await arrived();
    expect(await world.switch.answer(call.channel)).toEqual({ kind: 'done' });
    await citizen.answered;
    await world.switch.hangup(call.channel, 'normal');
    await world.log.next('ended', (one) => one.channel === call.channel);
    expect(world.log.events.slice(from).map(({ type }) => type)).not.toContain('down');
    holds = true;
    await world.log.next('down', (one) => one.reason.includes('took over'), { from });
  } finally {
    await woken.stop();
    await world.switch.stop();
    await world.switch.start();
  }
});

test('a phone that vanishes is told, and one that comes back too', async () => {
  const { phone, name } = await world.phone();
  const from = world.log.mark;
  phone.vanish();
  await world.log.next('phone', (one) => one.phone === name && !one.reachable, { from, withinMs: 12_000 });
  const later = world.log.mark;
  phone.return();
  await phone.register();
  await world.log.next('phone', (one) => one.phone === name && one.reachable, {
    from: later,
    withinMs: 12_000,
  });
});

test('agent free to the next ring costs milliseconds', async () => {
  const { call } = await arrived();
  await world.switch.answer(call.channel);
  const { phone, name } = await world.phone();
  const took: number[] = [];
  for (let round = 1; round <= 15; round += 1) {
    const leg = `${call.callId}.a${round}`;
    const coming = phone.nextCall(3_000);
    const asked = performance.now();
    await ring(call.channel, name, leg);
    await coming;
    took.push(performance.now() - asked);
    await world.switch.hangup(leg, 'normal');
    await world.log.next('ended', (one) => one.channel === leg);
  }
  took.sort((a, b) => a - b);
  expect(took[Math.floor(took.length / 2)]).toBeLessThan(100);
});
