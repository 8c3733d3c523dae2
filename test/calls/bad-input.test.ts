import { createSocket } from 'node:dgram';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../src/demo/api-client.ts';
import { Town } from '../support/town.ts';

// What no carrier should send: each gets a clear answer and a line in the log, and the next citizen notices nothing.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test.for([
  { what: 'a withheld number', from: undefined },
  { what: 'an empty user part', from: '<sip:[local_ip]>' },
  { what: 'letters and a command', from: '"&500" <sip:a&PJSIP%2fcarrier@[local_ip]>' },
])('a call from $what reaches an agent', async ({ from }) => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({
    dialled: '12345',
    number: '',
    ...(from === undefined ? {} : { from }),
  });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  await call.ended;
});

/** What was dialled in the refusals so far, the oldest first. */
const refusals = (): string[] =>
  [...town.asteriskLog().matchAll(/no number: a call over carrier to (\S*) is refused/g)].map(
    ([, dialled = '']) => decodeURIComponent(dialled),
  );

test.for([
  'abc',
  '12345abc',
  '12345&PJSIP%2Fcarrier%2F00441234567',
  '500&600',
  '12',
  '123456789012345678901',
  '%24%7BEXTEN%7D',
])('the user part "%s" is refused with 404 and leaves a line in the log', async (dialled) => {
  const before = refusals();
  const refused = await town.citizen({ dialled, number: '13800138001', expect: 404 });
  expect(await refused.ended).toMatchObject({ code: 0, by: 'refused' });
  await expect.poll(refusals, { timeout: 5_000 }).toEqual([...before, decodeURIComponent(dialled)]);
  await expect.poll(() => town.channels()).toEqual([]);
});

test('who dialled what is no number was turned away, and is counted', async () => {
  const lead = await ApiClient.signIn(town.apiUrl, 'lead', town.passwordOf('lead'));
  const refused = async () => {
    const { calls } = await lead.get<{ calls: readonly { dialled: string; result: string | null }[] }>(
      '/v1/calls?result=refused&limit=50',
    );
    return calls.flatMap((call) => (call.result === 'refused' ? [call.dialled] : []));
  };
  // Its note comes into the books at the next sweep.
  await expect
    .poll(refused, { timeout: 45_000 })
    .toEqual(expect.arrayContaining(['12345abc', '12', '500&600']));
});

test('malformed INVITEs and garbage are survived, and the next call is answered', async () => {
  const socket = createSocket('udp4');
  const call = (from: string, more: string) =>
    `INVITE sip:12345@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${from}\r\n${more}\r\n\r\n`;
  const garbage = [
    'INVITE\r\n\r\n',
    'INVITE sip:12345@127.0.0.1 SIP/2.0\r\n\r\n',
    call('a', 'From: <sip:1@x>;tag=1\r\nTo: <<<>>>\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\nContent-Length: 99999'),
    call(
      'b',
      'From: <sip:1@x>;tag=1\r\nTo: <sip:12345@x>\r\nCall-ID: b\r\nCSeq: -1 INVITE\r\nContent-Length: -5',
    ),
    call(
      'c',
      `From: "${'x'.repeat(30_000)}" <sip:1@x>;tag=1\r\nTo: <sip:12345@x>\r\nCall-ID: c\r\nCSeq: 1 INVITE`,
    ),
    call('e', 'From: <sip:@x>;tag=1\r\nTo: <sip:12345@x>\r\nCall-ID: e\r\nCSeq: 1 INVITE'),
    call(
      'f',
      'From: <sip:1@x>;tag=1\r\nTo: <sip:12345@x>\r\nCall-ID: f\r\nCSeq: 1 INVITE\r\nContent-Length: -5',
    ),
    'INVITE sip:12345@127.0.0.1 SIP/2.0\r\nVia: nothing;at;all\r\nCall-ID: g\r\nCSeq: 1 INVITE\r\n\r\n',
    call('d', 'From: <sip:1@x>;tag=1\r\nTo: <sip:12345@x>\r\nCall-ID: d\r\nCSeq: 1 BYE'),
    `${String.fromCharCode(0, 255, 1, 2)}\r\n\r\n`,
  ];
  for (const text of garbage) socket.send(Buffer.from(text, 'latin1'), town.sip.port, town.sip.host);
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138002' });
  const answered = await agent.phone.nextCall(10_000);
  await answered.answer();
  await town.converse(citizen, answered);
  citizen.hangUp();
  await answered.ended;
  const { port } = socket.address();
  socket.close();
  // Each malformed INVITE left a line that names the sender and the header at fault.
  for (const header of ['To', 'CSeq', 'From', 'Via', 'Content-Length']) {
    const dropped = `Dropping \\d+ bytes packet from UDP 127\\.0\\.0\\.1:${port} : .*parsing '${header}' header`;
    expect(town.asteriskLog()).toMatch(new RegExp(dropped));
  }
});
