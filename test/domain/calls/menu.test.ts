import { expect, test } from 'vitest';
import type { Call, CallCommand } from '../../../src/domain/calls/call.ts';
import { decide, resume } from '../../../src/domain/calls/decide.ts';
import {
  at,
  awaited,
  born,
  inState,
  lead,
  MENU,
  played,
  press,
  timeout,
  toQueue,
  toUnit,
} from './call-life.ts';

const kinds = (commands: readonly CallCommand[]): string[] => commands.map(({ kind }) => kind);
const pressed = (call: Call, digit: string) => decide(call, press(digit), at(2_000));

test('a key during the prompt stops it and leads on', () => {
  const { call, commands, facts } = pressed(inState('menu'), '1');
  expect(call).toMatchObject({ state: 'queued', waiting: { queue: 'desk' }, menu: null });
  expect(kinds(commands)).toEqual(['stopPlayback', 'startMusic', 'joinQueue', 'timer']);
  expect(facts).toEqual([
    { type: 'announcementPlayed', prompt: 'menu-person', end: 'cancelled' },
    { type: 'menuChoice', menu: 'menu', node: 'start', digits: '1', outcome: 'complete', counter: null },
    { type: 'menuLeft', menu: 'menu', to: 'queue', reason: 'chosen' },
    { type: 'queueEntered', queue: 'desk', reason: '菜单：chosen' },
  ]);
});

test('a unit of the menu’s, or another line: rung, and taken back to the right desk', () => {
  for (const digit of ['2', '3']) {
    const { call, commands } = pressed(awaited(), digit);
    expect(call).toMatchObject({ state: 'ringingOutside', leg: { kind: 'unit', number: '051384139001' } });
    expect(kinds(commands)).toEqual(['startMusic', 'ringUnit', 'timer']);
    const back = lead(call, (now) => ({ type: 'timeout', epoch: now.epoch }), played);
    expect(back).toMatchObject({ state: 'queued', waiting: { queue: 'general' } });
  }
  expect(pressed(awaited(), '3').call.plan.whisper).toBe('另一线路');
});

test('keys typed during the greeting count when the menu begins', () => {
  const greeting = lead(born(toQueue, MENU.code).call, { type: 'answerDone', outcome: 'done' });
  const typed = lead(greeting, press('2'));
  expect(typed).toMatchObject({ state: 'greeting', typedAhead: '2', epoch: greeting.epoch });
  expect(lead(typed, played)).toMatchObject({ state: 'ringingOutside' });
  const noise = lead(greeting, ...Array.from({ length: 100 }, () => press('#')));
  expect(noise.typedAhead).toHaveLength(20);
});

test('without a menu a key changes nothing', () => {
  const greeting = inState('greeting');
  expect(decide(greeting, press('1'), at(1_000)).call).toBe(greeting);
});

test('no key, a failed prompt, a wrong key: said once more, then the default exit', () => {
  expect(lead(awaited(), timeout, played, timeout)).toMatchObject({
    state: 'queued',
    waiting: { queue: 'desk' },
  });
  const failed = decide(
    inState('menu'),
    { type: 'playbackEnded', playback: inState('menu').playback ?? '', end: 'failed' },
    at(2_000),
  );
  expect(failed.call).toMatchObject({ state: 'menu', playback: null });
  expect(lead(awaited(), press('9'), press('9'))).toMatchObject({ state: 'queued' });
});

test('a good-bye of the menu’s', () => {
  const bye = pressed(awaited(), '4');
  expect(bye.call).toMatchObject({ state: 'goodbye', plan: { destination: { result: 'informed' } } });
  expect(bye.facts).toContainEqual({ type: 'menuLeft', menu: 'menu', to: 'goodbye', reason: 'chosen' });
});

test('what is looked up by nobody brings a person and says so', () => {
  const ticket = lead(awaited(), press('5'), press('1'), press('2'), press('3'));
  const asked = pressed(ticket, '4');
  expect(asked.call).toMatchObject({ state: 'queued', waiting: { queue: 'desk' } });
  expect(JSON.stringify(asked.facts)).not.toContain('1234');
  expect(asked.facts).toContainEqual(expect.objectContaining({ digits: '****' }));
});

test('a menu that is not there: as the plan says, with a fact', () => {
  const call = lead(born(toUnit, 'gone').call, { type: 'answerDone', outcome: 'done' });
  const { facts, call: next } = decide(call, played(call), at(2_000));
  expect(next.state).toBe('ringingOutside');
  expect(facts).toContainEqual({ type: 'anomaly', code: 'menu.unknown', detail: 'gone' });
});

test('taken up again after a restart the menu goes on where it was', () => {
  const call = JSON.parse(JSON.stringify(awaited())) as Call;
  expect(resume(call, at(3_000))).toEqual([{ kind: 'timer', epoch: call.epoch, afterMs: 5_000 }]);
  expect(pressed(call, '1').call.state).toBe('queued');
});
