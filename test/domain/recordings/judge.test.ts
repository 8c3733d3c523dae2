import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FILE_BY_MS,
  type FileLook,
  lookAt,
  onceMore,
  type Pause,
  type SegmentFacts,
  toBlank,
  verdictOn,
} from '../../../src/domain/recordings/judge.ts';
import { RECORDING_STATES, recordingLeads } from '../../../src/domain/recordings/recording-table.ts';

const BEGAN = 1_000_000;
const facts = (more: Partial<SegmentFacts> = {}): SegmentFacts => ({
  beganMs: BEGAN,
  endedMs: BEGAN + 60_000,
  talks: [{ fromMs: BEGAN + 10_000, toMs: BEGAN + 55_000 }],
  pauses: [],
  atGatesMs: 0,
  ...more,
});
const grown = (quietMs: number, bytes = 1_920_000): FileLook => ({ bytes, quietMs });
const HEARD = [20_000, 30_000];

describe('looking at a file', () => {
  test('while the call goes on it is waited for, and looked at now and then', () => {
    const now = BEGAN + 40_000;
    expect(lookAt(facts({ endedMs: null }), grown(20), now)).toEqual({
      kind: 'wait',
      againMs: now + 30_000,
      stalled: false,
    });
  });

  test('a file that no longer grows though the call goes on is told', () => {
    expect(lookAt(facts({ endedMs: null }), grown(25_000), BEGAN + 60_000)).toMatchObject({
      kind: 'wait',
      stalled: true,
    });
  });

  test('after the end it is sealed once nothing has been written for a while', () => {
    const ended = BEGAN + 60_000;
    expect(lookAt(facts(), grown(100), ended + 500)).toEqual({
      kind: 'wait',
      againMs: ended + 2_400,
      stalled: false,
    });
    expect(lookAt(facts(), grown(2_500), ended + 2_600)).toEqual({
      kind: 'seal',
      endedMs: ended,
      endKnown: true,
    });
  });

  test('a file that is not there soon after the beginning is missing, before the call is over', () => {
    const running = facts({ endedMs: null });
    expect(lookAt(running, null, BEGAN + FILE_BY_MS - 1)).toMatchObject({ kind: 'wait' });
    expect(lookAt(running, null, BEGAN + FILE_BY_MS)).toEqual({ kind: 'missing', fault: 'fileMissing' });
    expect(lookAt(running, grown(15_000, 0), BEGAN + FILE_BY_MS)).toEqual({
      kind: 'missing',
      fault: 'fileEmpty',
    });
  });

  test('a call whose end nobody told is sealed by its file after the longest that a call lasts', () => {
    const now = BEGAN + 5 * 3_600_000;
    expect(lookAt(facts({ endedMs: null }), grown(3_000_000), now)).toEqual({
      kind: 'seal',
      endedMs: now - 3_000_000,
      endKnown: false,
    });
  });

  test('whatever is seen leads on: to a later look, a seal or a failure, never to a look in the past', () => {
    fc.assert(
      fc.property(
        fc.option(fc.nat(20_000_000), { nil: null }),
        fc.option(fc.record({ bytes: fc.nat(1_000_000), quietMs: fc.nat(20_000_000) }), { nil: null }),
        fc.nat(20_000_000),
        (lasted, file, since) => {
          const now = BEGAN + Math.max(since, lasted ?? 0);
          const look = lookAt(facts({ endedMs: lasted === null ? null : BEGAN + lasted }), file, now);
          if (look.kind === 'wait') expect(look.againMs).toBeGreaterThan(now);
          if (look.kind === 'seal') expect(file?.bytes).toBeGreaterThan(0);
        },
      ),
    );
  });

  test('what is missing is looked for ever more seldom, and at last no more', () => {
    const times = [1, 2, 3, 4, 5].map((looks) => onceMore(looks, 0));
    expect(times).toEqual([...times].sort((a, b) => Number(a) - Number(b)));
    expect(onceMore(6, 0)).toBeNull();
  });
});

describe('the verdict', () => {
  const end = { endedMs: BEGAN + 60_000, endKnown: true };

  test('a file as long as the call, give or take a second, is stored', () => {
    expect(verdictOn(facts(), { durationMs: 59_100, heardMs: HEARD }, end)).toEqual({
      state: 'stored',
      fault: null,
      gaps: [],
    });
  });

  test('a shorter one is partial, and the gap says how much', () => {
    expect(verdictOn(facts(), { durationMs: 40_000, heardMs: HEARD }, end)).toEqual({
      state: 'partial',
      fault: 'short',
      gaps: [{ fromMs: 40_000, toMs: 60_000, why: 'missing' }],
    });
  });

  test('what the gates of the fallback took is not missing, and what is missing beside it is told without it', () => {
    const gated = facts({ atGatesMs: 1_100 });
    expect(verdictOn(gated, { durationMs: 57_500, heardMs: HEARD }, end)).toEqual({
      state: 'stored',
      fault: null,
      gaps: [],
    });
    expect(verdictOn(facts(), { durationMs: 57_500, heardMs: HEARD }, end).state).toBe('partial');
    expect(verdictOn(gated, { durationMs: 40_000, heardMs: HEARD }, end)).toEqual({
      state: 'partial',
      fault: 'short',
      gaps: [{ fromMs: 41_100, toMs: 60_000, why: 'missing' }],
    });
  });

  test('a long call may lack a little more than a short one', () => {
    const hour = facts({ endedMs: BEGAN + 3_600_000 });
    const hourEnd = { endedMs: BEGAN + 3_600_000, endKnown: true };
    expect(verdictOn(hour, { durationMs: 3_550_000, heardMs: HEARD }, hourEnd).state).toBe('stored');
    expect(verdictOn(hour, { durationMs: 3_500_000, heardMs: HEARD }, hourEnd).state).toBe('partial');
  });

  const pause = (fromMs: number, toMs: number, silenced = true): Pause => ({
    fromMs: BEGAN + fromMs,
    toMs: BEGAN + toMs,
    by: 'agent1',
    reason: '银行卡号',
    silenced,
  });

  test('a pause is a gap that is explained, and makes nothing partial', () => {
    const paused = facts({ pauses: [pause(20_000, 30_000)] });
    expect(verdictOn(paused, { durationMs: 60_000, heardMs: HEARD }, end)).toEqual({
      state: 'stored',
      fault: null,
      gaps: [{ fromMs: 20_000, toMs: 30_000, why: 'paused', by: 'agent1', reason: '银行卡号' }],
    });
  });

  test('a talk of which nothing is heard is told; a pause through all of it is not', () => {
    const silent = { durationMs: 60_000, heardMs: [0, 0] };
    expect(verdictOn(facts(), silent, end)).toMatchObject({ state: 'partial', fault: 'silent' });
    const paused = facts({ pauses: [pause(10_000, 55_000)] });
    expect(verdictOn(paused, silent, end)).toMatchObject({ state: 'stored' });
    expect(verdictOn(facts({ talks: [] }), silent, end)).toMatchObject({ state: 'stored' });
    expect(verdictOn(facts(), { durationMs: 60_000, heardMs: [0, 9_000] }, end).state).toBe('stored');
  });

  test('whose end nobody told is never called whole', () => {
    expect(
      verdictOn(
        facts({ endedMs: null }),
        { durationMs: 60_000, heardMs: HEARD },
        { ...end, endKnown: false },
      ),
    ).toMatchObject({ state: 'partial', fault: 'endUnknown' });
  });

  test('only what the switch did not confirm is wiped, with a second to spare', () => {
    const blank = toBlank(facts({ pauses: [pause(500, 5_000, false), pause(20_000, 30_000)] }));
    expect(blank).toEqual([{ fromMs: 0, toMs: 6_000 }]);
  });
});

test('every state can be reached, nothing leaves what is sealed, and a seal leads to a sealed state alone', () => {
  const reached = new Set(
    RECORDING_STATES.flatMap((from) =>
      (['answeredUnrecorded', 'sealed', 'missing'] as const).flatMap((event) => recordingLeads(from, event)),
    ),
  );
  expect([...reached].sort()).toEqual(['failed', 'partial', 'stored']);
  for (const event of ['answeredUnrecorded', 'sealed', 'missing'] as const) {
    expect(recordingLeads('stored', event)).toEqual([]);
    expect(recordingLeads('partial', event)).toEqual([]);
  }
  expect(recordingLeads('started', 'sealed')).toEqual(['stored', 'partial']);
  expect(recordingLeads('failed', 'missing')).toEqual([]);
});
