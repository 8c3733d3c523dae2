import { expect, test } from 'vitest';
import {
  extensionAt,
  extensionOf,
  transitionTasks,
} from '../../../src/domain/hotlines/register/transition.ts';
import { line, RULES } from './rule-sets.ts';

const LAMPS = line('051384110001', 'TRANSITION', { validTo: '2020-07-28', unitCode: 'street-lighting' });

test('RD-06: warnings 30, 14, 7 and 1 day before the last day, switched off with the first instant after it', () => {
  expect(transitionTasks([LAMPS]).map(({ key, day, kind }) => [key, day, kind])).toEqual([
    ['051384110001@2020-07-28:T-30', '2020-06-28', 'warn'],
    ['051384110001@2020-07-28:T-14', '2020-07-14', 'warn'],
    ['051384110001@2020-07-28:T-7', '2020-07-21', 'warn'],
    ['051384110001@2020-07-28:T-1', '2020-07-27', 'warn'],
    ['051384110001@2020-07-28:off', '2020-07-29', 'switchOff'],
  ]);
  expect(transitionTasks([LAMPS])[0]).toMatchObject({
    number: '051384110001',
    unitCode: 'street-lighting',
    daysBefore: 30,
    lastDay: '2020-07-28',
    followUp: null,
  });
});

test('a task knows what follows; a short transition is not warned of before it begins', () => {
  const short = { ...LAMPS, validFrom: '2020-07-20' };
  const tasks = transitionTasks([
    short,
    { ...LAMPS, mode: 'FORWARD', validFrom: '2020-08-01', validTo: null },
  ]);
  expect(tasks.map(({ daysBefore, followUp }) => [daysBefore, followUp])).toEqual([
    [7, 'FORWARD'],
    [1, 'FORWARD'],
    [0, 'FORWARD'],
  ]);
});

test('several transitions: by day; other modes have no tasks', () => {
  const days = transitionTasks([...RULES.lines, LAMPS]).map(({ day }) => day);
  expect(days).toEqual([...days].sort());
  expect(days.length).toBe(10);
});

test('an extension is a new period behind the old one, with a basis of its own', () => {
  expect(extensionOf(LAMPS, 3, '如政办〔2020〕12号')).toEqual({
    ...LAMPS,
    validFrom: '2020-07-29',
    validTo: '2020-10-28',
    basis: '如政办〔2020〕12号',
  });
  expect(() => extensionOf(line('12319', 'FORWARD'), 3, '')).toThrow(RangeError);
  expect(() => extensionOf(LAMPS, 0, '')).toThrow(RangeError);
});

test('only a running transition that nobody has decided about is extended', () => {
  const more = { months: 3, basis: '批复' };
  const at = (day: string, ...periods: (typeof LAMPS)[]) => extensionAt(periods, day, more);
  const extended = { kind: 'extension', line: extensionOf(LAMPS, 3, '批复') };
  expect(at('2020-04-28', LAMPS)).toEqual(extended);
  expect(at('2020-07-28', LAMPS)).toEqual(extended);
  const refused = (refusal: object) => ({ kind: 'refused', refusal });
  const over = refused({ code: 'transition.notRunning', mode: 'TRANSITION', validTo: '2020-07-28' });
  expect(at('2020-07-29', LAMPS)).toEqual(over);
  expect(at('2020-04-27', LAMPS)).toEqual(over);
  expect(at('2020-05-01')).toEqual(refused({ code: 'rules.lineUnknown' }));
  const forward = line('051384110001', 'FORWARD', { validFrom: '2020-07-29' });
  const later = line('051384110001', 'MERGED', { validFrom: '2021-01-01' });
  expect(at('2020-05-01', later, forward, LAMPS)).toEqual(
    refused({ code: 'transition.followed', followUp: 'FORWARD', validFrom: '2020-07-29' }),
  );
  expect(at('2020-08-01', forward, LAMPS)).toEqual(
    refused({ code: 'transition.notRunning', mode: 'FORWARD', validTo: null }),
  );
});
