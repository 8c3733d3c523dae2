import { expect, test } from 'vitest';
import { conversationFacts, internalFacts, pausesIn } from '../../../src/domain/recordings/from-facts.ts';
import { timeLineOf } from '../../../src/domain/recordings/time-line.ts';
import type { ToldFact } from '../../../src/domain/recordings/told-fact.ts';

const T = 5_000_000;
const at = (ms: number, type: string, body: Record<string, unknown> = {}): ToldFact => ({
  atMs: T + ms,
  type,
  body,
});

const TRANSFERRED: readonly ToldFact[] = [
  at(0, 'callArrived', { recording: '2026/11/25/c.raw' }),
  at(100, 'callAnswered'),
  at(3_000, 'legRang', { leg: 'c.a1', agentId: 'agent1', number: null }),
  at(5_000, 'talkStarted', { leg: 'c.a1', agentId: 'agent1' }),
  at(20_000, 'segmentBegan', { segment: 'k1', recording: 'messages/c.k1.wav' }),
  at(22_000, 'legRang', { leg: 'c.u2', agentId: null, number: '051384139001' }),
  at(30_000, 'segmentEnded', { segment: 'k1' }),
  at(30_000, 'talkStarted', { leg: 'c.u2', agentId: null }),
  at(31_000, 'legEnded', { leg: 'c.a1', how: 'transferred' }),
  at(60_000, 'legEnded', { leg: 'c.u2', how: 'hungUp' }),
  at(60_100, 'callEnded', { releasedBy: 'unit' }),
];

test('everybody who could be heard stands on one time line, from his beginning to his end', () => {
  const line = timeLineOf(TRANSFERRED);
  expect(line).toMatchObject({ arrivedMs: T, endedMs: T + 60_100 });
  expect(
    line?.participants.map(({ who, leg, side, fromMs, toMs }) => [who, leg, side, fromMs, toMs]),
  ).toEqual([
    ['citizen', null, 'citizen', 0, 60_100],
    ['agent', 'c.a1', 'staff', 5_000, 31_000],
    ['unit', 'c.u2', 'staff', 30_000, 60_000],
  ]);
  expect(line?.participants[2]?.number).toBe('051384139001');
  expect(line?.marks).toEqual([{ what: 'internal', fromMs: 20_000, toMs: 30_000, reason: 'k1', legs: [] }]);
});

const PLACED: readonly ToldFact[] = [
  at(0, 'callPlaced', { purpose: 'ticket' }),
  at(100, 'legRang', { leg: 'c.a1', agentId: 'agent1', number: null }),
  at(2_000, 'legAnswered', { leg: 'c.a1' }),
  at(2_100, 'legRang', { leg: 'c.t1', agentId: null, number: null }),
  at(12_000, 'legAnswered', { leg: 'c.t1' }),
  at(12_000, 'talkStarted', { leg: 'c.a1', agentId: 'agent1' }),
  at(12_010, 'recordingBegan', { recording: '2026/11/25/c.raw' }),
  at(20_000, 'segmentBegan', { segment: 'i1', recording: 'messages/c.i1.wav', legs: ['c.a1', 'c.a2'] }),
  at(25_000, 'segmentEnded', { segment: 'i1' }),
  at(30_000, 'callEnded', { releasedBy: 'caller' }),
];

test('whom we call is there from his answer on, and so is the recording', () => {
  const line = timeLineOf(PLACED);
  expect(line?.participants.map(({ who, fromMs, toMs }) => [who, fromMs, toMs])).toEqual([
    ['citizen', 12_000, 30_000],
    ['agent', 12_000, 30_000],
  ]);
  expect(line?.marks).toEqual([
    { what: 'internal', fromMs: 20_000, toMs: 25_000, reason: 'i1', legs: ['c.a1', 'c.a2'] },
  ]);
  expect(conversationFacts(PLACED)).toMatchObject({ beganMs: T + 12_010, endedMs: T + 30_000 });
  expect(timeLineOf(PLACED.slice(0, 4))?.participants).toEqual([]);
});

test('a call that goes on has participants without an end', () => {
  const line = timeLineOf(TRANSFERRED.slice(0, 4));
  expect(line?.endedMs).toBeNull();
  expect(line?.participants.map(({ toMs }) => toMs)).toEqual([null, null]);
});

test('without a fact there is no time line', () => {
  expect(timeLineOf([])).toBeNull();
  expect(conversationFacts([])).toBeNull();
  expect(internalFacts(TRANSFERRED, 'k9')).toBeNull();
});

test('the segments of a call come from its facts', () => {
  expect(conversationFacts(TRANSFERRED)).toEqual({
    beganMs: T,
    endedMs: T + 60_100,
    talks: [
      { fromMs: T + 5_000, toMs: T + 31_000 },
      { fromMs: T + 30_000, toMs: T + 60_000 },
    ],
    pauses: [],
    atGatesMs: 0,
  });
  expect(internalFacts(TRANSFERRED, 'k1')).toMatchObject({ beganMs: T + 20_000, endedMs: T + 30_000 });
});

test('a pause ends when it is ended, or with the call, or at its time', () => {
  const paused = at(10_000, 'recordingPaused', { by: 'agent1', reason: '密码', untilMs: T + 70_000 });
  const confirmed = at(10_005, 'recordingSilenced');
  const rest = { by: 'agent1', reason: '密码', fromMs: T + 10_000 };
  expect(pausesIn([paused, confirmed, at(25_000, 'recordingResumed', { how: 'asked' })])).toEqual([
    { ...rest, toMs: T + 25_000, silenced: true },
  ]);
  expect(pausesIn([paused, at(40_000, 'callEnded')])).toEqual([
    { ...rest, toMs: T + 40_000, silenced: false },
  ]);
  expect(pausesIn([paused])).toEqual([{ ...rest, toMs: T + 70_000, silenced: false }]);
});

test('a silence that was confirmed late does not count from the beginning', () => {
  const paused = at(10_000, 'recordingPaused', { by: 'agent1', reason: '密码', untilMs: T + 70_000 });
  expect(pausesIn([paused, at(13_000, 'recordingSilenced'), at(20_000, 'recordingResumed')])).toMatchObject([
    { silenced: false },
  ]);
});

test('a lead is a participant while he barges in, and only then', () => {
  const at3 = (ms: number, how: string) => at(ms, 'listenedIn', { leg: 'c.l9', by: 'lead1', how });
  const line = timeLineOf([
    ...TRANSFERRED.slice(0, 4),
    at3(6_000, 'monitor'),
    at3(8_000, 'barge'),
    at3(12_000, 'ended'),
    at(20_000, 'callEnded'),
  ]);
  expect(line?.participants.filter(({ who }) => who === 'lead')).toMatchObject([
    { leg: 'c.l9', agentId: 'lead1', side: 'staff', fromMs: 8_000, toMs: 12_000 },
  ]);
});
