import { expect, test } from 'vitest';
import { noticesWhileWaiting, type WaitingListener } from '../../../src/domain/hotlines/notices-waiting.ts';
import { planCall } from '../../../src/domain/hotlines/plan-call.ts';
import type { CarrierCall } from '../../../src/domain/hotlines/recognise.ts';
import { configurationOf } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { AREA, announcement, HOUR, T0 } from '../announcements/incidents.ts';
import { AGENTS, moment, RULES } from './rule-sets.ts';

const rules = configurationOf(RULES, { version: 1, publishedAt: '' }, AGENTS);
/** Came before anything was announced, and has heard nothing. */
function listener(more: Partial<CarrierCall> & Partial<WaitingListener> = {}): WaitingListener {
  const { dialled = '12319', callerNumber = '84110001', ...rest } = more;
  const headers = { to: '', diversion: [], historyInfo: [] };
  const plan = planCall(rules, { dialled, callerNumber, headers }, moment(T0 - HOUR));
  return { plan, callerNumber, arrivedMs: T0 - HOUR, noticesHeard: [], ...rest };
}
const ids = (who: WaitingListener, all = [announcement({ lines: ['12319'], area: AREA })], nowMs = T0) =>
  noticesWhileWaiting({ ...rules, announcements: all }, who, nowMs).map(({ id }) => id);
const { id: ID } = announcement();

test.each<[string, Parameters<typeof listener>[0], readonly string[]]>([
  ['the aimed line and area', {}, [ID]],
  ['another line', { dialled: '12345' }, []],
  ['another area', { callerNumber: '025-84110001' }, []],
  ['a mobile tells no area', { callerNumber: '13800138000' }, []],
  ['heard already', { noticesHeard: [ID] }, []],
  ['an emergency desk that hands over', { callerNumber: '110' }, []],
])('%s', (_what, who, heard) => expect(ids(listener(who))).toEqual(heard));

test('by the line that a menu led to as well', () => {
  const who = listener({ dialled: '12345' });
  expect(ids({ ...who, plan: { ...who.plan, ledTo: '12319' } })).toEqual([ID]);
});

test('only while it is on the air', () => {
  const all = [announcement({ fromMs: T0, untilMs: T0 + HOUR, lines: null, area: null })];
  expect([T0 - 1, T0, T0 + HOUR - 1, T0 + HOUR].map((nowMs) => ids(listener(), all, nowMs).length)).toEqual([
    0, 1, 1, 0,
  ]);
});

test('what was passed over at his arrival is not made up for; what begins later is heard', () => {
  const passed = announcement({ id: 'passed', lines: null, area: null, fromMs: T0 - 2 * HOUR });
  const fresh = announcement({ id: 'fresh', lines: null, area: null, fromMs: T0 });
  expect(ids(listener({ noticesHeard: ['x', 'y'] }), [passed, fresh])).toEqual(['fresh']);
  // Entered afterwards as having begun before he came: he heard nothing yet.
  expect(ids(listener(), [passed])).toEqual(['passed']);
});

test('a call that an earlier release kept heard what its plan had', () => {
  const { noticesHeard: _none, ...who } = listener();
  const plan = { ...who.plan, announcements: [{ id: ID, prompts: [], subscribeKey: null }] };
  expect(ids({ ...who, plan })).toEqual([]);
});

test('who withholds his number is offered no key', () => {
  const all = [announcement({ lines: null, area: null, offerKey: '1' })];
  const told = (callerNumber: string) =>
    noticesWhileWaiting({ ...rules, announcements: all }, listener({ callerNumber }), T0)[0];
  expect(told('anonymous')).toMatchObject({
    subscribeKey: null,
    prompts: [expect.anything(), 'announcement-withheld'],
  });
  expect(told('84110001')).toMatchObject({ subscribeKey: '1' });
});
