import { expect, test } from 'vitest';
import { messagesIn } from '../../src/demo/phone/sip-link.ts';

// SIP over TCP is a stream: where a message ends is known from the length that it gives of itself.

const bye = 'BYE sip:a SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n';
const invite = 'INVITE sip:a SIP/2.0\r\nCall-ID: 2\r\nl: 8\r\n\r\nv=0\r\n市';

test('messages are cut apart wherever the packets end', () => {
  const stream = Buffer.from(`\r\n\r\n${invite}${bye}\r\n\r\n${invite}`);
  for (let cut = 0; cut <= stream.length; cut += 1) {
    const first = messagesIn(stream.subarray(0, cut));
    const second = messagesIn(Buffer.concat([first.rest, stream.subarray(cut)]));
    expect([...first.messages, ...second.messages]).toEqual([invite, bye, invite]);
    expect(second.rest).toHaveLength(0);
  }
});

test('what has no length has no body', () => {
  expect(messagesIn(Buffer.from('OPTIONS sip:a SIP/2.0\r\n\r\nBYE'))).toMatchObject({
    messages: ['OPTIONS sip:a SIP/2.0\r\n\r\n'],
    rest: Buffer.from('BYE'),
  });
});
