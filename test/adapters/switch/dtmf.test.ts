import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../../src/runtime/ports.ts';
import { RealWorld } from './real-world.ts';

// Digits, by both ways that carriers use: RTP events (RFC 4733) and SIP INFO.

let world: RealWorld;
beforeAll(async () => {
  world = await RealWorld.build();
});
afterAll(() => world.demolish());

const headers = (method: string, sequence: number, more: string) => `
      Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
      From: <sip:13800138000@[local_ip]>;tag=c[call_number]
      To: <sip:12345@[remote_ip]>[peer_tag_param]
      Call-ID: [call_id]
      CSeq: ${sequence} ${method}
      Contact: <sip:c@[local_ip]:[local_port]>
      Max-Forwards: 70
      ${more}
      Content-Length: [len]
`;
const SCENARIO = `<?xml version="1.0"?>
<scenario name="digits">
  <send retrans="500"><![CDATA[
      INVITE sip:12345@[remote_ip]:[remote_port] SIP/2.0${headers('INVITE', 1, 'Content-Type: application/sdp')}
      v=0
      o=- 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [local_ip]
      t=0 0
      m=audio [ear_port] RTP/AVP 8 101
      a=rtpmap:8 PCMA/8000
      a=rtpmap:101 telephone-event/8000
      a=fmtp:101 0-15
    ]]></send>
  <recv response="100" optional="true"/>
  <recv response="200"/>
  <send><![CDATA[
      ACK sip:12345@[remote_ip]:[remote_port] SIP/2.0${headers('ACK', 1, 'X-Step: answered')}
    ]]></send>
  <send retrans="500"><![CDATA[
      INFO sip:12345@[remote_ip]:[remote_port] SIP/2.0${headers('INFO', 2, 'Content-Type: application/dtmf-relay')}
      Signal=7
      Duration=160
    ]]></send>
  <recv response="200"/>
  <recv request="BYE"/>
  <send><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0
    ]]></send>
</scenario>`;

test('each key that is pressed is told once, in order', async () => {
  const caller = await world.citizen();
  const call = await world.log.next('incoming');
  await world.switch.answer(call.channel);
  await world.switch.startMusic(call.channel);
  // Two of the same right after each other, a star, a hash.
  await caller.sound.press('55*#');
  await world.log.next('dtmf', ({ channel, digit }) => channel === call.channel && digit === '#');
  expect(world.log.ofType('dtmf').filter(({ channel }) => channel === call.channel)).toEqual(
    ['5', '5', '*', '#'].map((digit) => ({ type: 'dtmf', channel: call.channel, digit })),
  );
  await world.switch.hangup(call.channel, 'normal');
  expect((await caller.ended).code).toBe(0);
});

test('a key that comes as SIP INFO is told as well', async () => {
  const from = world.log.mark;
  const folder = await mkdtemp(join(inject('runDir'), 'digits-'));
  await writeFile(join(folder, 'digits.xml'), SCENARIO);
  const { sipp } = inject('tools');
  const caller = spawn(
    sipp.path,
    [
      `127.0.0.1:${world.asterisk.sipPort}`,
      ...['-sf', join(folder, 'digits.xml'), '-m', '1', '-nostdin', '-i', '127.0.0.1'],
      ...['-p', String(await freePort()), '-key', 'ear_port', String(await freePort())],
    ],
    { env: { ...process.env, ...sipp.env, TERM: 'dumb' }, stdio: 'ignore', cwd: folder },
  );
  const exited = once(caller, 'exit');
  try {
    const call = await world.log.next('incoming', undefined, { from });
    await world.switch.answer(call.channel);
    const { digit } = await world.log.next('dtmf', ({ channel }) => channel === call.channel);
    expect(digit).toBe('7');
    await world.switch.hangup(call.channel, 'normal');
    expect((await exited)[0]).toBe(0);
  } finally {
    caller.kill('SIGKILL');
  }
});
