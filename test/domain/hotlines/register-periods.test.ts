import { expect, test } from 'vitest';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { planCall } from '../../../src/domain/hotlines/plan-call.ts';
import { addDays, isLocalDate, overlap, periodAt } from '../../../src/domain/hotlines/register/period.ts';
import { CONFIGURATION, moment, queue, routed } from './rule-sets.ts';

const configuration: Configuration = {
  ...CONFIGURATION,
  lines: [
    routed('12345', 'MAIN'),
    // Written out of order: the register does not depend on it.
    routed('12316', 'FORWARD', { validFrom: '2020-09-01', validTo: '2020-12-31' }),
    routed('12316', 'TRANSITION', { validTo: '2020-07-28' }),
    routed('12348', 'PARALLEL', { unitNumber: '051384139001', trunk: 'carrier' }),
    routed('12349', 'PARALLEL', { unitNumber: '051384139001', trunk: 'carrier' }),
  ],
  queues: [queue('general')],
};
const plan = (dialled: string, at: string, diversion: readonly string[] = []) =>
  planCall(
    configuration,
    { dialled, callerNumber: '', headers: { to: '', diversion, historyInfo: [] } },
    moment(Date.parse(at)),
  );

test.each([
  ['2020-04-27T15:59:59.999Z', 'UNREGISTERED', 'line.notYetInForce'],
  ['2020-04-27T16:00:00.000Z', 'TRANSITION', undefined],
  ['2020-07-28T15:59:59.999Z', 'TRANSITION', undefined],
  ['2020-07-28T16:00:00.000Z', 'TRANSITION_ENDED', undefined],
  ['2020-08-31T15:59:59.999Z', 'TRANSITION_ENDED', undefined],
  ['2020-08-31T16:00:00.000Z', 'FORWARD', undefined],
  ['2020-12-31T15:59:59.999Z', 'FORWARD', undefined],
  ['2020-12-31T16:00:00.000Z', 'UNREGISTERED', 'line.ended'],
])('a transition, a gap, a forwarding with an end: at %s the number is %s', (at, mode, anomaly) => {
  for (const [dialled, diversion] of [
    ['12316', []],
    ['12345', ['<sip:12316@carrier>']],
  ] as const) {
    const { mode: found, anomalies, destination } = plan(dialled, at, diversion);
    expect(found).toBe(mode);
    expect(anomalies[0]?.code).toBe(anomaly);
    expect(destination).toMatchObject({ kind: 'queue', queue: 'general' });
  }
});

test('a unit with one telephone for two numbers is rung a second time through neither', () => {
  for (const dialled of ['12348', '12349']) {
    const back = plan(dialled, '2026-01-01T00:00:00Z', ['<sip:84139001@carrier>']);
    expect(back.recognition.loop).toBe(true);
    expect(back.destination).toMatchObject({ kind: 'queue', queue: 'general' });
  }
});

test.each([
  ['2020-01-01', '2020-01-31', '2020-01-31', null, true],
  ['2020-01-01', '2020-01-31', '2020-02-01', null, false],
  ['2020-01-01', null, '2030-02-01', '2030-02-01', true],
  ['2020-01-10', '2020-01-05', '2020-01-01', null, false],
])('%s to %s and %s to %s share a day: %s', (from, to, otherFrom, otherTo, expected) => {
  const [one, other] = [
    { validFrom: from, validTo: to },
    { validFrom: otherFrom, validTo: otherTo },
  ];
  expect(overlap(one, other)).toBe(expected);
  expect(overlap(other, one)).toBe(expected);
});

test('of periods that all lie ahead the first speaks; of none nobody', () => {
  const ahead = ['2031-01-01', '2030-01-01'].map((validFrom) => ({ validFrom, validTo: null }));
  expect(periodAt(ahead, '2029-12-31')?.validFrom).toBe('2030-01-01');
  expect(periodAt([], '2029-12-31')).toBeNull();
});

test('days that are in no calendar are none', () => {
  expect(['2024-02-29', '2026-12-31'].map(isLocalDate)).toEqual([true, true]);
  expect(['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-01-01T00:00'].map(isLocalDate)).toEqual(
    Array(5).fill(false),
  );
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
});
