import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterQuietHours, USUAL_QUIET_HOURS } from '../../../src/domain/deadlines/quiet-hours.ts';
import { MESSAGE_KINDS, TEXT_MAX } from '../../../src/domain/messages/kinds.ts';
import { MESSAGE_MOVES, MESSAGE_STATES } from '../../../src/domain/messages/life.ts';
import { recipientOf } from '../../../src/domain/messages/recipient.ts';
import { retrainingText } from '../../../src/domain/messages/retraining.ts';
import {
  afterAttempt,
  BACK_OFF_MS,
  decideSending,
  sendableAt,
} from '../../../src/domain/messages/sending.ts';

const ZONE = 'Asia/Shanghai';
const RULES = { quietHours: USUAL_QUIET_HOURS, zone: ZONE };
const at = (text: string): number => Date.parse(`${text}+08:00`);
const HOUR = 3_600_000;

test.each([
  ['2026-11-25T21:59:59', '2026-11-25T21:59:59'],
  ['2026-11-25T22:00:00', '2026-11-26T07:00:00'],
  ['2026-11-26T00:00:00', '2026-11-26T07:00:00'],
  ['2026-11-26T06:59:59', '2026-11-26T07:00:00'],
  ['2026-11-26T07:00:00', '2026-11-26T07:00:00'],
])('a message of %s goes out at %s', (wanted, sent) => {
  expect(afterQuietHours(at(wanted), USUAL_QUIET_HOURS, ZONE)).toBe(at(sent));
});

test('quiet hours within one day, and none', () => {
  const noon = { fromMinute: 12 * 60, toMinute: 14 * 60 };
  expect(afterQuietHours(at('2026-11-25T13:00:00'), noon, ZONE)).toBe(at('2026-11-25T14:00:00'));
  expect(afterQuietHours(at('2026-11-25T23:00:00'), noon, ZONE)).toBe(at('2026-11-25T23:00:00'));
  const none = { fromMinute: 60, toMinute: 60 };
  expect(afterQuietHours(at('2026-11-25T01:00:00'), none, ZONE)).toBe(at('2026-11-25T01:00:00'));
});

test('whatever the quiet hours, the moment found is no earlier, is not quiet, and is found again', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  const zone = fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi', 'Europe/Berlin', 'UTC');
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-01-01T00:00') }),
      minute,
      minute,
      zone,
      (moment, fromMinute, toMinute, where) => {
        const quiet = { fromMinute, toMinute };
        const found = afterQuietHours(moment, quiet, where);
        expect(found).toBeGreaterThanOrEqual(moment);
        // A day may have 25 hours.
        expect(found - moment).toBeLessThanOrEqual(25 * HOUR);
        expect(afterQuietHours(found, quiet, where)).toBe(found);
      },
    ),
  );
});

test('an emergency goes out at night', () => {
  const night = at('2026-11-25T03:00:00');
  expect(sendableAt('emergency', night, RULES)).toBe(night);
  expect(sendableAt('restored', night, RULES)).toBe(at('2026-11-25T07:00:00'));
});

test('who holds the claim asks again: send, wait for the hour, or leave it', () => {
  const wantedAt = at('2026-11-25T20:00:00');
  const message = { kind: 'restored', wantedAt, notBefore: wantedAt } as const;
  expect(decideSending(message, wantedAt + 60_000, RULES)).toEqual({ kind: 'send' });
  expect(decideSending(message, at('2026-11-25T23:00:00'), RULES)).toEqual({
    kind: 'wait',
    until: at('2026-11-26T07:00:00'),
  });
  const stale = wantedAt + MESSAGE_KINDS.restored.staleAfterMs;
  expect(decideSending(message, stale, RULES)).toEqual({ kind: 'send' });
  expect(decideSending(message, stale + 1, RULES)).toEqual({ kind: 'stale' });
});

test('a message that grows old in the night is still sent in the morning it was put off to', () => {
  const wantedAt = at('2026-11-23T23:00:00');
  const message = { kind: 'restored', wantedAt, notBefore: wantedAt } as const;
  expect(decideSending(message, at('2026-11-26T06:00:00'), RULES)).toMatchObject({ kind: 'wait' });
  expect(decideSending(message, at('2026-11-26T07:00:00'), RULES)).toEqual({ kind: 'send' });
  expect(decideSending(message, at('2026-11-26T07:00:01'), RULES)).toEqual({ kind: 'stale' });
});

test('failures are tried again after growing pauses, the gateway’s own word counts, and it ends', () => {
  const later = { kind: 'later', why: 'http 503', retryAfterMs: null } as const;
  for (const [failures, pause] of BACK_OFF_MS.entries()) {
    expect(afterAttempt(later, failures, 1000)).toEqual({
      move: 'putBack',
      at: 1000 + pause,
      why: 'http 503',
    });
  }
  expect(afterAttempt(later, BACK_OFF_MS.length, 0)).toEqual({ move: 'fail', why: 'http 503' });
  expect(afterAttempt({ ...later, retryAfterMs: 10 * 60_000 }, 0, 0)).toMatchObject({ at: 10 * 60_000 });
  expect(afterAttempt({ ...later, retryAfterMs: 1e12 }, 0, 0)).toMatchObject({ at: 6 * HOUR });
  expect(afterAttempt({ kind: 'refused', why: 'http 400' }, 0, 0)).toEqual({ move: 'fail', why: 'http 400' });
  expect(afterAttempt({ kind: 'taken', proof: 'p' }, 3, 0)).toEqual({ move: 'deliver', proof: 'p' });
});

test.each([
  ['+8613800138000', { kind: 'number', number: '13800138000' }],
  ['013800138000', { kind: 'number', number: '13800138000' }],
  ['051384112233', { kind: 'none', why: 'notMobile' }],
  ['84112233', { kind: 'none', why: 'notMobile' }],
  ['004413800138000', { kind: 'none', why: 'notMobile' }],
  ['', { kind: 'none', why: 'withheld' }],
  ['anonymous', { kind: 'none', why: 'withheld' }],
  ['sip:alice', { kind: 'none', why: 'invalid' }],
])('a caller “%s”', (raw, recipient) => {
  expect(recipientOf(raw, 'retraining', '0513')).toEqual(recipient);
});

test('each state of a message is reached from pending, and what is over moves no more but by a person', () => {
  const reached = new Set(['pending']);
  for (let size = 0; size !== reached.size; ) {
    size = reached.size;
    for (const { from, to } of Object.values(MESSAGE_MOVES)) {
      if (from.some((state) => reached.has(state))) reached.add(to);
    }
  }
  expect([...reached].sort()).toEqual([...MESSAGE_STATES].sort());
  const leaving = (state: string) =>
    Object.entries(MESSAGE_MOVES).flatMap(([move, { from }]) =>
      (from as readonly string[]).includes(state) ? [move] : [],
    );
  expect(leaving('sent')).toEqual([]);
  expect(leaving('cancelled')).toEqual([]);
  expect(leaving('failed')).toEqual(['retry']);
});

test('the retraining text names both numbers and fits one message', () => {
  const text = retrainingText({
    municipality: '如东县',
    mainNumber: '12345',
    line: '12328',
    lineName: '交通运输服务监督热线',
  });
  expect(text).toContain('请今后直接拨打12345');
  expect(text).toContain('12328');
  expect(text.length).toBeLessThan(70);
  expect(text.length).toBeLessThan(TEXT_MAX);
});
