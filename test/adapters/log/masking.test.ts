import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';

function logged(write: (log: ReturnType<typeof openLog>) => void): {
  text: string;
  line: Record<string, unknown>;
} {
  const chunks: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  write(openLog({ role: 'test', level: 'trace' }, sink));
  const text = chunks.join('');
  return { text, line: JSON.parse(text) as Record<string, unknown> };
}

test('a phone number leaves masked, in a field, in a nested field, in a list and in the message', () => {
  const { text, line } = logged((log) =>
    log.info(
      {
        callerNumber: '13812345678',
        call: { citizen: { number: '051384512345' } },
        diversion: ['sip:13912345678@x'],
      },
      'caller 13712345678 rang',
    ),
  );
  expect(text).not.toMatch(/12345678/);
  expect(line.callerNumber).toBe('138****5678');
  expect(line.msg).toBe('caller 137****5678 rang');
});

test('a number leaves masked however it is written', () => {
  const { text, line } = logged((log) =>
    log.info(
      { callerNumber: 13800138000, to: '<sip:x13800138000@h>', said: '+86 138 0013 8000' },
      '008613800138000 or 138-0013-8000',
    ),
  );
  expect(text.replace(/[- ]/g, '')).not.toContain('13800138000');
  expect(line).toMatchObject({ callerNumber: '138****8000', msg: '008****8000 or 138****8000' });
});

test('DTMF, tokens, passwords, authorization and cookies never leave', () => {
  const { text } = logged((log) =>
    log.warn({
      dtmf: '5',
      digit: '7',
      call: { typedAhead: '5', menu: { state: { buffer: '7' } } },
      lastFour: '5577',
      headers: { authorization: 'Bearer abcdef', cookie: 'yht_session=abcdef', 'set-cookie': 'x=abcdef' },
      password: 'abcdef',
      phoneSecret: 'abcdef',
      newPassword: 'abcdef',
      presentPassword: 'abcdef',
      accessToken: 'abcdef',
      sessionToken: 'abcdef',
      session_token: 'abcdef',
      passwordHash: 'abcdef',
      'x-api-key': 'abcdef',
      redirect: '/x?access_token=abcdef&y=1',
      url: 'postgres://me:abcdef@localhost/db',
      path: '/ari/events?api_key=me:abcdef&app=x',
    }),
  );
  expect(text).not.toContain('abcdef');
  expect(text).not.toMatch(/"5"|"7"|"5577"/);
});

test('an error leaves with its code, its cause and a masked message', () => {
  const { text, line } = logged((log) =>
    log.error(
      {
        err: Object.assign(new Error('no route for 13812345678', { cause: new Error('13912345678') }), {
          code: 'x.y',
        }),
      },
      'failed',
    ),
  );
  expect(text).not.toMatch(/1381234|1391234/);
  expect(line.err).toMatchObject({ code: 'x.y', type: 'Error', message: 'no route for 138****5678' });
});

test('a value that refers to itself, or a very long list, does not stop the log', () => {
  const loop: Record<string, unknown> = { name: 'loop' };
  loop.self = loop;
  const { line } = logged((log) => log.info({ loop, many: Array.from({ length: 5000 }, (_, i) => i) }, 'ok'));
  expect(line.msg).toBe('ok');
  expect((line.many as unknown[]).length).toBe(100);
});

test('public short numbers, ids and times stay readable', () => {
  const callId = '0b6f3a52-1a2b-4c3d-8e4f-013812345678';
  const { line } = logged((log) => log.info({ dialled: '12345', callId, sinceMs: 1763900000000 }));
  expect(line).toMatchObject({ dialled: '12345', callId, sinceMs: 1763900000000 });
});
