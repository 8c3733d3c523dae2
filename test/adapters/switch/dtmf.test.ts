import { spawn } from 'node:child_process';
import { createSocket, type RemoteInfo } from 'node:dgram';
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

const SOURCE = 0xd16175;

/** What a telephone sends while nobody speaks; Asterisk learns from it whose sound it is. */
function silence(sequence: number): Buffer {
  const packet = Buffer.alloc(172, 0xd5);
  packet[0] = 0x80;
  packet[1] = 8;
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(sequence * 160, 4);
  packet.writeUInt32BE(SOURCE, 8);
  return packet;
}

/** Packets that are not sent between two keys: 60 ms. */
const PAUSE = 3;

/** The packets of one key held for 100 ms, its end said three times. */
function keyPress(key: number, timestamp: number, sequence: number): Buffer[] {
  return [160, 320, 480, 640, 800, 800, 800].map((duration, at) => {
    const packet = Buffer.alloc(16);
    packet[0] = 0x80;
    packet[1] = 101 | (at === 0 ? 0x80 : 0);
    packet.writeUInt16BE(sequence + at, 2);
    packet.writeUInt32BE(timestamp, 4);
    packet.writeUInt32BE(SOURCE, 8);
    packet[12] = key;
    packet[13] = at >= 4 ? 0x80 | 10 : 10;
    packet.writeUInt16BE(duration, 14);
    return packet;
  });
}

test('each key that is pressed is told once, in order', async () => {
  const folder = await mkdtemp(join(inject('runDir'), 'digits-'));
  await writeFile(join(folder, 'digits.xml'), SCENARIO);
  const ear = createSocket('udp4');
  ear.bind(0, '127.0.0.1');
  await once(ear, 'listening');
  const { sipp } = inject('tools');
  const caller = spawn(
    sipp.path,
    [
      `127.0.0.1:${world.asterisk.sipPort}`,
      ...['-sf', join(folder, 'digits.xml'), '-m', '1', '-nostdin', '-i', '127.0.0.1'],
      ...['-p', String(await freePort()), '-key', 'ear_port', String(ear.address().port)],
    ],
    { env: { ...process.env, ...sipp.env, TERM: 'dumb' }, stdio: 'ignore', cwd: folder },
  );
  const exited = once(caller, 'exit');
  let pressing: NodeJS.Timeout | undefined;
  try {
    const call = await world.log.next('incoming');
    const music = once(ear, 'message') as Promise<[Buffer, RemoteInfo]>;
    await world.switch.answer(call.channel);
    await world.switch.startMusic(call.channel);
    await world.log.next('dtmf', ({ digit }) => digit === '7');
    const [, from] = await music;
    // Two of the same right after each other, a star, a hash; a packet each 20 ms, as telephones send them.
    const packets = [
      ...Array.from({ length: 15 }, (_, at) => silence(at)),
      ...[5, 5, 10, 11].flatMap((key, at) => [
        ...keyPress(key, 8_000 + at * 1_600, 15 + at * 7),
        ...Array.from({ length: PAUSE }, () => null),
      ]),
    ];
    pressing = setInterval(() => {
      const packet = packets.shift();
      if (packet === undefined) clearInterval(pressing);
      else if (packet !== null) ear.send(packet, from.port, from.address);
    }, 20);
    await world.log.next('dtmf', ({ digit }) => digit === '#');
    expect(world.log.ofType('dtmf')).toEqual(
      ['7', '5', '5', '*', '#'].map((digit) => ({ type: 'dtmf', channel: call.channel, digit })),
    );
    await world.switch.hangup(call.channel, 'normal');
    expect((await exited)[0]).toBe(0);
  } finally {
    // The last packets of the last key are still due when its digit is told.
    clearInterval(pressing);
    caller.kill('SIGKILL');
    ear.close();
  }
});
