import { expect, test } from 'vitest';
import { enterMenu, readDigits, step } from '../../../src/domain/ivr/interpreter.ts';
import { prompt } from '../../../src/domain/ivr/menu.ts';
import { classicMenu, straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import { choice, contextOf, menuOf, node, person, walk } from './menus.ts';

const classic = classicMenu({ general: 'general', enquiry: 'desk' });
const context = contextOf(classic);
const exit = (queue: string, reason: string) => ({
  kind: 'exit',
  to: { kind: 'queue', queue },
  prompts: [],
  reason,
});

test('straight to a person: no prompt, no wait', () => {
  const first = enterMenu(contextOf(straightToAPerson('general')));
  expect(first.act).toEqual(exit('general', 'announced'));
  expect(first.state.phase).toBe('done');
});

test('the key for a person is told first, and a key pressed during the prompts counts', () => {
  const first = enterMenu(context);
  expect(first.act).toMatchObject({ kind: 'play', prompts: ['menu-person', 'menu-classic'] });
  expect(walk(context, '1').act).toEqual(exit('desk', 'chosen'));
  expect(walk(context, 'finished', '0').act).toEqual(exit('general', 'chosen'));
});

test('no key: said once more, then a person', () => {
  const again = walk(context, 'finished', 'timeout');
  expect(again.act).toMatchObject({
    kind: 'play',
    prompts: ['menu-nothing', 'menu-person', 'menu-classic'],
  });
  expect(walk(context, 'finished', 'timeout', 'finished', 'timeout').act).toEqual(exit('general', 'nothing'));
});

test('a wrong key: told so, then a person', () => {
  expect(walk(context, '7').act).toMatchObject({
    kind: 'play',
    prompts: ['menu-wrong', 'menu-person', 'menu-classic'],
  });
  const twice = walk(context, '7', '8');
  expect(twice.act).toEqual(exit('general', 'wrong'));
  expect(twice.notes.map((note) => (note.type === 'menuChoice' ? note.outcome : note.type))).toEqual([
    'menuEntered',
    'invalid',
    'invalid',
  ]);
});

test('a prompt that fails, or whose end is never told, goes on as if it were over', () => {
  const finished = walk(context, 'finished');
  expect(finished.act).toEqual({ kind: 'listen', timeoutMs: 5_000 });
  expect(walk(context, 'failed')).toEqual(finished);
  expect(walk(context, 'timeout')).toEqual(finished);
});

test('an input that is late changes nothing', () => {
  const listening = walk(context, 'finished');
  const late = step(listening.state, { kind: 'promptFinished' }, context);
  expect(late).toEqual({ state: listening.state, act: { kind: 'nothing' }, notes: [] });
  const done = walk(context, '0');
  for (const input of ['1', 'finished', 'timeout', 'hungUp', 'found']) {
    expect(walk(context, '0', input).act.kind).toBe('nothing');
  }
  expect(step(done.state, { kind: 'digit', digit: '1' }, context).state).toBe(done.state);
  expect(walk(context, 'A').act.kind).toBe('nothing');
});

test('the caller hangs up at any point: the menu is over and does nothing more', () => {
  for (const before of [[], ['finished'], ['5'], ['5', '1'], ['5', '1', '2', '3', '4']]) {
    const gone = walk(context, ...before, 'hungUp');
    expect(gone.act.kind).toBe('nothing');
    expect(gone.state).toMatchObject({ phase: 'done', buffer: '' });
  }
});

test('keys typed ahead during the greeting count, also the digits of a ticket', () => {
  expect(enterMenu(context, '1').act).toEqual(exit('desk', 'chosen'));
  expect(enterMenu(context, '51234').act).toMatchObject({ kind: 'lookUpTicket', lastFour: '1234' });
  expect(enterMenu(context, '5123499').act).toMatchObject({ kind: 'lookUpTicket', lastFour: '1234' });
  expect(enterMenu(context, '0'.repeat(500)).act).toEqual(exit('general', 'chosen'));
});

test('progress of a ticket: asked, looked up, told; its digits are masked in what is noted', () => {
  const found = walk(context, '5', 'finished', '1', '2', '3', '4', 'found');
  expect(found.act).toMatchObject({ kind: 'play', prompts: ['goodbye'] });
  expect(JSON.stringify(found.notes)).not.toContain('1234');
  expect(found.notes).toContainEqual(
    expect.objectContaining({ type: 'menuChoice', digits: '****', outcome: 'complete' }),
  );
  const told = ['5', '1', '2', '3', '4', 'found', 'finished'];
  expect(walk(context, ...told).act).toMatchObject({ kind: 'listen' });
  expect(walk(context, ...told, 'timeout').act).toMatchObject({
    kind: 'exit',
    to: { kind: 'goodbye' },
    prompts: ['goodbye'],
    reason: 'ticketTold',
  });
});

test('progress of a ticket: a person at any moment by the star, and whenever it does not work out', () => {
  const asked = ['5', 'finished'];
  const lookedUp = [...asked, '1', '2', '3', '4'];
  for (const before of [
    ['5'],
    asked,
    [...asked, '1'],
    lookedUp,
    [...lookedUp, 'found'],
    [...lookedUp, 'found', 'finished'],
  ]) {
    expect(walk(context, ...before, '*').act).toEqual(exit('general', 'personAsked'));
  }
  expect(walk(context, ...lookedUp, 'lookupFailed').act).toEqual(exit('general', 'lookupFailed'));
  expect(walk(context, ...lookedUp, 'timeout').act).toEqual(exit('general', 'lookupFailed'));
  const again = walk(context, ...lookedUp, 'notFound');
  expect(again.act).toMatchObject({ kind: 'play', prompts: ['menu-ticket-not-found', 'menu-ticket-ask'] });
  expect(walk(context, ...lookedUp, 'notFound', '9', '9', '9', '9', 'notFound').act).toEqual(
    exit('general', 'ticketNotFound'),
  );
  expect(walk(context, ...asked, '1', 'timeout', 'finished', 'timeout').act).toEqual(
    exit('general', 'nothing'),
  );
  expect(walk(context, '5', '#', '#').act).toEqual(exit('general', 'wrong'));
});

test('digits are incomplete, complete or invalid; an ambiguous one counts when none follows', () => {
  const open = [choice('1', person), choice('12', person), choice('305', person)];
  expect(readDigits(open, '1')).toEqual({ kind: 'incomplete', choice: open[0] });
  expect(readDigits(open, '12')).toEqual({ kind: 'complete', choice: open[1] });
  expect(readDigits(open, '30')).toEqual({ kind: 'incomplete', choice: null });
  expect(readDigits(open, '31')).toEqual({ kind: 'invalid' });
  const menu = menuOf(
    node('start', {
      prompts: [prompt('goodbye')],
      choices: [
        choice('1', { kind: 'queue', queue: 'one' }),
        choice('12', { kind: 'queue', queue: 'twelve' }),
      ],
    }),
  );
  expect(walk(contextOf(menu), '1').act).toEqual({ kind: 'listen', timeoutMs: 2_000 });
  expect(walk(contextOf(menu), '1', 'timeout').act).toEqual(exit('one', 'chosen'));
  expect(walk(contextOf(menu), '1', '2').act).toEqual(exit('twelve', 'chosen'));
  const cut = menuOf(
    node('start', { retries: 0, choices: [choice('12', person)], onWrong: { prompts: [], to: null } }),
  );
  const short = walk(contextOf(cut), '1', 'timeout');
  expect(short.act).toEqual(exit('general', 'wrong'));
  expect(short.notes.at(-1)).toMatchObject({ digits: '1', outcome: 'incomplete' });
});

test('conditions lead past the menu, choose prompts and open choices', () => {
  expect(enterMenu(contextOf(classic, { vulnerable: true })).act).toEqual(exit('general', 'condition'));
  const menu = menuOf(
    node('start', {
      redirects: [
        { when: { kind: 'openTicket' }, to: { kind: 'queue', queue: 'desk' }, reason: '有在办工单' },
        {
          when: { kind: 'timeOfDay', from: '22:00', to: '06:00' },
          to: { kind: 'node', node: 'night' },
          reason: '',
        },
      ],
      prompts: [prompt('day', { variants: { en: 'day-en' }, when: { kind: 'dayKind', anyOf: ['workday'] } })],
      choices: [{ ...choice('1', person), when: { kind: 'weekday', anyOf: [1, 2] } }],
    }),
    node('night', { exit: { kind: 'message', prompts: [prompt('speak')], queue: 'general', maxMs: 60_000 } }),
  );
  expect(enterMenu(contextOf(menu, { hasOpenTicket: true })).act).toEqual(exit('desk', 'condition'));
  expect(enterMenu(contextOf(menu, {}, { minuteOfDay: 23 * 60 })).act).toMatchObject({
    kind: 'exit',
    to: { kind: 'message' },
    prompts: ['speak'],
  });
  expect(enterMenu(contextOf(menu, { language: 'en' })).act).toMatchObject({ prompts: ['day-en'] });
  expect(enterMenu(contextOf(menu, { language: 'constructor' })).act).toMatchObject({ prompts: ['day'] });
  expect(enterMenu(contextOf(menu, {}, { dayKind: 'holiday' })).act.kind).toBe('listen');
  // No key is open on a Sunday: the node only announces.
  expect(walk(contextOf(menu, {}, { weekday: 7 }), '1').act.kind).toBe('nothing');
  expect(walk(contextOf(menu, {}, { weekday: 7 }), 'finished').act).toEqual(exit('general', 'announced'));
});

test('a damaged menu loses nobody: the general desk takes the call', () => {
  const lost = menuOf(
    node('start', { exit: null, choices: [choice('1', { kind: 'node', node: 'nowhere' })] }),
  );
  expect(walk(contextOf(lost), '1').act).toEqual(exit('general', 'broken'));
  expect(walk(contextOf(lost), 'timeout', 'timeout').act).toEqual(exit('general', 'nothing'));
  expect(enterMenu(contextOf(menuOf())).act).toEqual(exit('general', 'broken'));
  const whirl = { when: { kind: 'not', of: { kind: 'vulnerable' } }, reason: '' } as const;
  const turning = menuOf(
    node('a', { redirects: [{ ...whirl, to: { kind: 'node', node: 'b' } }] }),
    node('b', { redirects: [{ ...whirl, to: { kind: 'node', node: 'a' } }] }),
  );
  expect(enterMenu(contextOf(turning)).act).toEqual(exit('general', 'tooManySteps'));
});

test('a state survives the way through JSON', () => {
  const listening = walk(context, 'finished', 'timeout', '5', '1');
  const kept = JSON.parse(JSON.stringify(listening.state)) as typeof listening.state;
  expect(step(kept, { kind: 'digit', digit: '2' }, context)).toEqual(
    step(listening.state, { kind: 'digit', digit: '2' }, context),
  );
});
