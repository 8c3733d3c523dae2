import { expect, test } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallCommand } from '../../../src/domain/calls/call-command.ts';
import type { TicketFound } from '../../../src/domain/calls/call-event.ts';
import { decide, resume } from '../../../src/domain/calls/decide.ts';
import { UNKNOWN_CALLER } from '../../../src/domain/ivr/condition.ts';
import {
  at,
  awaited,
  born,
  inState,
  lead,
  lookingUp,
  MENU,
  NOTICES,
  played,
  press,
  timeout,
  toGoodbye,
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
    { type: 'queueEntered', queue: 'desk', reason: '菜单：按键选择' },
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

test('a line that is no more says so, though it is reached through the menu and not by its number', () => {
  const { plan } = born(toGoodbye).call;
  const closed = {
    ...plan,
    prompts: ['transition-closed'],
    destination: { ...toGoodbye, prompts: ['goodbye'] },
  };
  const { call, commands } = decide(awaited(), press('3'), { ...at(2_000), planLine: () => closed });
  expect(call).toMatchObject({ state: 'goodbye', plan: { destination: { result: 'informed' } } });
  expect(commands).toContainEqual(
    expect.objectContaining({ kind: 'play', prompts: ['transition-closed', 'goodbye'], whole: true }),
  );
});

test('what is announced for the line that the menu leads to is heard behind the menu, then the line is rung', () => {
  const { plan } = born(toUnit).call;
  const line = { ...plan, announcements: NOTICES, whisper: '停水热线' };
  const context = { ...at(2_000), planLine: () => line };
  const told = decide(awaited(), press('3'), context);
  expect(told.call).toMatchObject({
    state: 'announcing',
    menu: null,
    announcing: { at: 0, phase: 'playing' },
  });
  expect(told.commands).toContainEqual(expect.objectContaining({ kind: 'play', prompts: ['notice-water'] }));
  expect(told.facts).toContainEqual({ type: 'menuLeft', menu: 'menu', to: 'line', reason: 'chosen' });
  // Its key is heard as ever; every other key is nobody's, for there is no menu any more.
  expect(decide(told.call, press('2'), context).call).toBe(told.call);
  const wish = decide(told.call, press('1'), context);
  expect(wish.facts).toContainEqual({ type: 'noticeSubscribed', announcement: 'water' });
  expect(lead(wish.call, played, played)).toMatchObject({
    state: 'ringingOutside',
    plan: { whisper: '停水热线' },
  });
});

test('what was heard by the dialled number is not heard again, and nothing on an emergency’s way', () => {
  const { plan } = born(toUnit).call;
  const context = { ...at(2_000), planLine: () => ({ ...plan, announcements: NOTICES }) };
  const after = (more: Partial<Call['plan']>): Call => {
    const call = awaited();
    return decide({ ...call, plan: { ...call.plan, ...more } }, press('3'), context).call;
  };
  expect(after({ announcements: NOTICES.slice(0, 1) }).saying).toEqual(['notice-power']);
  expect(after({ announcements: NOTICES }).state).toBe('ringingOutside');
  expect(after({ emergency: true }).state).toBe('ringingOutside');
});

test('a good-bye of the menu’s', () => {
  const bye = pressed(awaited(), '4');
  expect(bye.call).toMatchObject({ state: 'goodbye', plan: { destination: { result: 'informed' } } });
  expect(bye.facts).toContainEqual({ type: 'menuLeft', menu: 'menu', to: 'goodbye', reason: 'chosen' });
});

test('a ticket is looked up, told, and its digits are told to the look-up alone', () => {
  const asked = pressed(lead(awaited(), press('5'), press('6'), press('7'), press('8')), '9');
  expect(asked.commands).toContainEqual({ kind: 'lookUpTicket', lookup: 'c.q1', lastFour: '6789' });
  expect(asked.commands.at(-1)).toMatchObject({ kind: 'timer', afterMs: 2_000 });
  expect(JSON.stringify([asked.facts, asked.call])).not.toContain('6789');
  expect(asked.facts).toContainEqual(expect.objectContaining({ digits: '****' }));
  const answer = (found: TicketFound, lookup = 'c.q1') =>
    decide(asked.call, { type: 'ticketLookedUp', lookup, found }, at(2_500));
  const told = answer({ kind: 'found', prompts: ['ticket-handling', 'ticket-person'] });
  expect(told.commands[0]).toMatchObject({ kind: 'play', prompts: ['ticket-handling', 'ticket-person'] });
  expect(lead(told.call, played)).toMatchObject({ state: 'queued', waiting: { queue: 'desk' } });
  expect(lead(told.call, press('*'))).toMatchObject({ state: 'queued' });
  expect(answer({ kind: 'found', prompts: [] }, 'c.q2').call).toBe(asked.call);
});

test.each(['notFound', 'failed'] as const)('a ticket that was %s brings a person', (kind) => {
  const event = { type: 'ticketLookedUp', lookup: 'c.q1', found: { kind } } as const;
  expect(lead(lookingUp(), event)).toMatchObject({ state: 'queued', waiting: { queue: 'desk' } });
});

test('a look-up that does not answer brings a person, and its late answer changes nothing', () => {
  const waiting = lead(lookingUp(), timeout);
  expect(waiting).toMatchObject({ state: 'queued' });
  const late = { type: 'ticketLookedUp', lookup: 'c.q1', found: { kind: 'notFound' } } as const;
  expect(decide(waiting, late, at(9_000)).call).toBe(waiting);
});

test('what is known of the caller counts when the menu begins, and not in the middle of it', () => {
  const known = { type: 'callerKnown', caller: { ...UNKNOWN_CALLER, vulnerable: true } } as const;
  const greeting = lead(born(toQueue, MENU.code).call, { type: 'answerDone', outcome: 'done' });
  expect(lead(greeting, known)).toMatchObject({ state: 'greeting', caller: { vulnerable: true } });
  expect(lead(greeting, known).epoch).toBe(greeting.epoch);
  const inside = inState('menu');
  expect(decide(inside, known, at(2_000)).call).toBe(inside);
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
