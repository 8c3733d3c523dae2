import { expect, test } from 'vitest';
import type { CallFact } from '../../../src/domain/calls/facts.ts';
import {
  type FallbackCourse,
  fallbackFactId,
  fallbackFacts,
  isCallId,
} from '../../../src/domain/calls/fallback.ts';
import { planCall } from '../../../src/domain/hotlines/plan-call.ts';
import { agent, incoming, sample } from '../../app/calls/harness.ts';
import { moment } from '../hotlines/rule-sets.ts';

const CALL = '3f2b8a52-7c1e-4d21-9f00-0123456789ab';
const arrivedMs = Date.UTC(2026, 10, 23, 1);
const answered = { atMs: arrivedMs + 9_000, phone: 'phone1' };
const course = (more: Partial<FallbackCourse> = {}): FallbackCourse => ({
  arrivedMs,
  enteredMs: arrivedMs + 500,
  answered: null,
  ended: { atMs: arrivedMs + 60_000, by: 'caller' },
  status: 'TIMEOUT',
  ...more,
});
const arrived: CallFact = {
  type: 'callArrived',
  trunk: 'carrier',
  dialled: '12319',
  callerNumber: '',
  headers: {},
  recording: '',
};
function told(more: Partial<FallbackCourse> = {}, agentId: string | null = 'agent1') {
  const configuration = sample([agent(1)], 7);
  const plan = planCall(configuration, incoming(1, '12319'), moment(arrivedMs));
  return fallbackFacts(course(more), { callId: CALL, arrived, plan, configurationVersion: 7, agentId });
}
const types = (facts: ReturnType<typeof told>) => facts.map(({ fact }) => fact.type);
const last = (facts: ReturnType<typeof told>) => facts.at(-1)?.fact;

test('answered: recognised by its number, queued, talked, ended by the one who ended it', () => {
  const facts = told({ answered });
  expect(types(facts)).toEqual([
    'callArrived',
    'callRecognised',
    'anomaly',
    'callAnswered',
    'queueEntered',
    'legRang',
    'legAnswered',
    'queueLeft',
    'talkStarted',
    'legEnded',
    'callEnded',
  ]);
  expect(facts.map(({ fact }) => fact)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'callRecognised', line: '12319', mode: 'FORWARD' }),
      { type: 'anomaly', code: 'fallback', detail: 'TIMEOUT' },
      expect.objectContaining({ type: 'talkStarted', agentId: 'agent1' }),
    ]),
  );
  expect(last(facts)).toMatchObject({ result: 'answeredByAgent', releasedBy: 'caller' });
  expect(last(told({ answered, ended: { atMs: arrivedMs + 60_000, by: 'agent' } }))).toMatchObject({
    result: 'answeredByAgent',
    releasedBy: 'agent',
  });
});

test('given up while waiting, taken from the line, or nobody knows', () => {
  expect(last(told())).toMatchObject({ result: 'abandoned', releasedBy: 'caller' });
  expect(types(told())).not.toContain('talkStarted');
  expect(last(told({ ended: { atMs: arrivedMs + 60_000, by: 'system' } }))).toMatchObject({ result: 'lost' });
  expect(last(told({ ended: null }))).toMatchObject({ result: 'lost', releasedBy: 'system' });
  expect(told({ ended: null, answered }).at(-1)).toMatchObject({
    atMs: answered.atMs,
    fact: { result: 'answeredByAgent', releasedBy: 'system' },
  });
});

test('a phone that is nobody’s any more is named by itself', () => {
  expect(told({ answered }, null).find(({ fact }) => fact.type === 'legRang')?.fact).toMatchObject({
    agentId: null,
    number: 'phone1',
  });
});

test('a clock set back turns no order round', () => {
  const times = told({ answered, ended: { atMs: arrivedMs - 5_000, by: 'caller' } }).map(({ atMs }) => atMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('ids are UUIDs, always the same, and no two alike', () => {
  const ids = Array.from({ length: 20 }, (_, n) => fallbackFactId(CALL, n));
  expect(new Set(ids).size).toBe(20);
  expect(ids.every(isCallId)).toBe(true);
  expect(ids).not.toContain(CALL);
  expect(fallbackFactId(CALL, 3)).toBe('3f2b8a52-7c1e-8d21-9f00-012345678903');
  expect(isCallId('../../etc/passwd')).toBe(false);
});

test('turned away at the full trunk: recognised and counted as refused, at one moment', () => {
  const facts = told({ refused: true, status: 'full', ended: { atMs: arrivedMs, by: 'system' } });
  expect(types(facts)).toEqual(['callArrived', 'callRecognised', 'anomaly', 'callEnded']);
  expect(last(facts)).toMatchObject({ result: 'refused', releasedBy: 'system' });
  expect(new Set(facts.map(({ atMs }) => atMs))).toEqual(new Set([arrivedMs]));
});
