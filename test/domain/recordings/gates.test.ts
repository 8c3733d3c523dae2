import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { enteredFallback } from '../../../src/domain/calls/fallback-queue.ts';
import { conversationFacts } from '../../../src/domain/recordings/from-facts.ts';
import { atGatesMs } from '../../../src/domain/recordings/gates.ts';
import type { ToldFact } from '../../../src/domain/recordings/told-fact.ts';

const T = 5_000_000;
const at = (ms: number, type: string, body: Record<string, unknown> = {}): ToldFact => ({
  atMs: T + ms,
  type,
  body,
});
const entered = (ms: number): readonly ToldFact[] =>
  enteredFallback().map(({ type, ...body }) => at(ms, type, body));
/** Waits in the fallback for so long and rings off. */
const waited = (ms: number): readonly ToldFact[] => [
  at(0, 'callArrived', { recording: '2026/11/25/c.raw' }),
  ...entered(500),
  at(500 + ms, 'queueLeft', { queue: 'fallback', how: 'abandoned' }),
  at(500 + ms, 'callEnded'),
];

test('who waits in the fallback stands at the first gate, and at one more after each whole lap', () => {
  expect([1_000, 20_100, 20_300, 40_500, 65_100].map((ms) => atGatesMs(waited(ms)))).toEqual([
    500, 500, 700, 900, 1_100,
  ]);
  expect(conversationFacts(waited(65_100))?.atGatesMs).toBe(1_100);
});

test('the time in which he talks, or waits in a queue of ours, has no gates', () => {
  const answered = [
    at(0, 'callArrived'),
    ...entered(500),
    at(21_000, 'queueLeft', { queue: 'fallback', how: 'answered' }),
    at(21_000, 'talkStarted', { leg: 'c.f1', agentId: 'agent1' }),
    at(600_000, 'callEnded'),
  ];
  expect(atGatesMs(answered)).toBe(700);
  const takenBack = [
    at(0, 'callArrived'),
    ...entered(0),
    at(41_000, 'queueLeft', { queue: 'fallback', how: 'moved' }),
    at(41_000, 'queueEntered', { queue: 'general' }),
    at(600_000, 'callEnded'),
  ];
  expect(atGatesMs(takenBack)).toBe(900);
  const ours = [
    at(0, 'callArrived'),
    at(100, 'queueEntered', { queue: 'general' }),
    at(600_000, 'callEnded'),
  ];
  expect(atGatesMs(ours)).toBe(0);
});

test('of whose end nobody told the first gate alone is known', () => {
  expect(atGatesMs(waited(65_000).slice(0, -2))).toBe(500);
});

test('the lengths are those of the dialplan', () => {
  const dialplan = readFileSync(new URL('../../../asterisk-config/extensions.conf', import.meta.url), 'utf8');
  const gates = [...dialplan.matchAll(/StasisBroadcast\((\d+),/g)].map(([, ms]) => Number(ms));
  const lap = Number(/Queue\(fallback,c,,,(\d+),/.exec(dialplan)?.[1]) * 1_000;
  expect(gates).toHaveLength(2);
  const [first = 0, next = 0] = gates;
  expect(atGatesMs(waited(10))).toBe(first);
  expect(atGatesMs(waited(lap + next)) - first).toBe(next);
  expect(atGatesMs(waited(lap + next - 1)) - first).toBe(0);
});
