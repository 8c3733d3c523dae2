import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainCall } from '../../../src/domain/hotlines/explain-call.ts';
import { NO_KEYS } from '../../../src/domain/hotlines/follow-menu.ts';
import { errorCodes, lint } from '../../../src/domain/hotlines/lint/lint.ts';
import type { CarrierCall } from '../../../src/domain/hotlines/recognise.ts';
import { type RecordedCall, replay } from '../../../src/domain/hotlines/replay.ts';
import { configurationOf, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import type { Exit, Menu, Target } from '../../../src/domain/ivr/menu.ts';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { withSurgeKey } from '../../../src/domain/ivr/surge-key.ts';
import { seatsNeeded, USUAL_HANDLING_MS } from '../../../src/domain/reporting/erlang.ts';
import { AGENTS, agent, changing, moment, orderlyRules, queue, RULES } from './rule-sets.ts';

// Calls through menus on paper: tried with keys, replayed with those that were pressed.

const NOW = Date.parse('2026-11-23T02:00:00Z');
const HEAD = { version: 1, publishedAt: '' };
const classic = classicMenu({ general: 'general', complaint: 'desk-12369' });
const withMenu = (menu: Menu): RuleSet => ({ ...changing('12319', { menu: menu.code }), menus: [menu] });
const calling = (dialled: string): CarrierCall => ({
  dialled,
  callerNumber: '',
  headers: { to: '', diversion: [], historyInfo: [] },
});
const tried = (menu: Menu, keys: string, more: Partial<typeof NO_KEYS> = {}) =>
  explainCall(configurationOf(withMenu(menu), HEAD, AGENTS), calling('12319'), moment(NOW), undefined, {
    ...NO_KEYS,
    keys,
    ...more,
  });

test('a call is tried through the menu, key by key, to the desk', () => {
  const { steps, end } = tried(classic, '73');
  expect(end).toBe('queue desk-12369');
  expect(steps.map(({ what, reason }) => `${what} | ${reason}`).slice(4)).toEqual([
    '进入菜单 传统按键菜单（classic-menu） | 该号码设有菜单',
    '播放 menu-person、menu-classic | 菜单的提示音',
    '按键 7，无此选项 | 节点 主菜单（start）',
    '播放 menu-wrong、menu-person、menu-classic | 菜单的提示音',
    '按键 3（投诉举报） | 节点 主菜单（start）',
    expect.stringMatching(/^离开菜单，去队列 desk-12369 \| 按键选择，在菜单中约 \d+ 秒$/),
    expect.stringContaining('进入队列 desk-12369'),
    expect.stringContaining('同时在 general 寻找话务员'),
  ]);
  expect(steps.map(({ english: { what, reason } }) => `${what} | ${reason}`).slice(4, 10)).toEqual([
    'into menu 传统按键菜单 (classic-menu) | the number has a menu',
    'plays menu-person, menu-classic | a prompt of the menu',
    'keys 7, which leads nowhere | node 主菜单 (start)',
    'plays menu-wrong, menu-person, menu-classic | a prompt of the menu',
    'keys 3 (投诉举报) | node 主菜单 (start)',
    expect.stringMatching(
      /^out of the menu, to queue desk-12369 \| the key that was pressed, after about \d+ s in the menu$/,
    ),
  ]);
  expect(steps[10]?.english.reason).toBe('by the menu: the key that was pressed');
});

test('nobody presses: a person; an old caller hears no menu; a key of a surge is told with its counter', () => {
  expect(tried(classic, '').end).toBe('queue general');
  const old = tried(classic, '3', { caller: { ...NO_KEYS.caller, vulnerable: true } });
  expect(old.end).toBe('queue general');
  expect(old.steps.some(({ step }) => step === 'keys')).toBe(false);
  const surged = withSurgeKey(classic, {
    code: 'flood',
    label: '防汛',
    key: '0',
    queue: 'desk-12369',
    announcement: '防汛请按零。',
    until: '2026-12-01T00:00:00+08:00',
  });
  const flood = tried(surged, '0');
  expect(flood.end).toBe('queue desk-12369');
  expect(flood.steps.find(({ step }) => step === 'keys')).toEqual({
    step: 'keys',
    what: '按键 0（防汛）',
    reason: '节点 主菜单（start），至 2026-12-01T00:00:00+08:00，计入 surge-flood',
    english: {
      what: 'keys 0 (防汛)',
      reason: 'node 主菜单 (start), until 2026-12-01T00:00:00+08:00, counted as surge-flood',
    },
  });
});

const leadingTo = (to: Target): Menu => ({
  ...classic,
  nodes: classic.nodes.map((node) => ({
    ...node,
    choices: node.choices.map((choice) => (choice.digits === '1' ? { ...choice, target: to } : choice)),
  })),
});

test('every exit has its end: another number’s way, a unit’s telephone, a message, a good-bye, a ticket’s state', () => {
  const end = (to: Target, keys = '1', more = {}): string => tried(leadingTo(to), keys, more).end;
  expect(end({ kind: 'line', number: '12369' })).toBe('queue desk-12369');
  expect(end({ kind: 'line', number: '12348' })).toBe('unit 051384139001');
  expect(end({ kind: 'number', number: '051300000000', trunk: 'carrier', returnQueue: 'general' })).toBe(
    'unit 051300000000',
  );
  expect(end({ kind: 'message', prompts: [], queue: 'general', maxMs: 60_000 })).toBe('message general');
  expect(end({ kind: 'goodbye', prompts: [] })).toBe('goodbye informed');
  expect(tried(classic, '51234', { ticket: 'found' }).end).toBe('goodbye informed');
  expect(tried(classic, '51234', { ticket: 'failed' }).end).toBe('queue general');
});

test('a line that names no menu leads straight on, and says so', () => {
  const rules = { ...withMenu(classic), menus: [] };
  const { steps, end } = explainCall(configurationOf(rules, HEAD, AGENTS), calling('12319'), moment(NOW));
  expect(end).toBe('queue general');
  expect(steps).toContainEqual({
    step: 'anomaly',
    what: 'menu.unknown',
    reason: '没有菜单 classic-menu，不经菜单直接转接',
    english: { what: 'menu.unknown', reason: 'there is no menu classic-menu: it is passed by' },
  });
});

test('recorded calls are replayed with the keys that were pressed in this menu; others press nothing', () => {
  const recorded = (id: string, menu: RecordedCall['menu']): RecordedCall => ({
    ...calling('12319'),
    id,
    atMs: NOW,
    handlingMs: 60_000,
    menu,
  });
  const calls = [
    recorded('complains', { code: 'classic-menu', keys: '3' }),
    recorded('silent', { code: 'classic-menu', keys: '' }),
    recorded('elsewhere', { code: 'another', keys: '3' }),
    recorded('none', null),
  ];
  const [from, to] = [RULES, withMenu(classic)].map((rules) => configurationOf(rules, HEAD, AGENTS));
  if (from === undefined || to === undefined) throw new Error('two configurations');
  const options = { moments: moment, seats: seatsNeeded, usualHandlingMs: USUAL_HANDLING_MS };
  const there = replay(calls, from, to, options);
  expect(there.moved.map(({ id, to: end }) => [id, end])).toEqual([['complains', 'queue desk-12369']]);
  expect(there.withoutKeys).toBe(2);
  expect(there.desks.find((desk) => desk.queue === 'desk-12369')?.after.calls).toBe(1);
  const back = replay(calls, to, from, options);
  expect(back.moved.map(({ id, from: begin }) => [id, begin])).toEqual([['complains', 'queue desk-12369']]);
  expect(back.withoutKeys).toBe(0);
});

const desk = fc.constantFrom('general', 'desk-a', 'desk-b', 'nowhere');
const exit: fc.Arbitrary<Exit> = fc.oneof(
  desk.map((code): Exit => ({ kind: 'queue', queue: code })),
  fc.constantFrom('12319', '12348', '99999').map((number): Exit => ({ kind: 'line', number })),
  desk.map((code): Exit => ({ kind: 'message', prompts: [], queue: code, maxMs: 60_000 })),
  fc.constant<Exit>({ kind: 'goodbye', prompts: [] }),
);
const menu: fc.Arbitrary<Menu> = fc
  .record({
    person: desk,
    targets: fc.array(exit, { maxLength: 5 }),
    retries: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ person, targets, retries }) => {
    const base = classicMenu({ general: person });
    return {
      ...base,
      nodes: base.nodes.map((node) => ({
        ...node,
        retries,
        choices: node.choices.map((choice, at) => ({ ...choice, target: targets[at] ?? choice.target })),
      })),
    };
  });
const keys = fc.string({ unit: fc.constantFrom(...'0123456789*#'), maxLength: 12 });

test('rules with menus that pass the linter bring every caller, whatever he presses, to where somebody is or to a word', () => {
  let passed = 0;
  fc.assert(
    fc.property(
      orderlyRules,
      menu,
      fc.array(keys, { maxLength: 4 }),
      fc.boolean(),
      (base, one, pressed, all) => {
        const rules: RuleSet = {
          ...base,
          queues: [...base.queues.filter(({ code }) => code !== 'desk-b'), queue('desk-b')],
          lines: base.lines.map((line, at) => ({ ...line, menu: all || at === 0 ? one.code : null })),
          menus: [one],
        };
        const agents = [agent('1', 'general')];
        const findings = lint(rules, { nowMs: NOW, agents, listed: [] });
        if (errorCodes(findings).length > 0) return;
        passed += 1;
        const configuration = configurationOf(rules, HEAD, agents);
        for (const some of pressed) {
          for (const line of rules.lines) {
            const ways = { ...NO_KEYS, keys: some };
            const { end, steps } = explainCall(
              configuration,
              calling(line.number),
              moment(NOW),
              undefined,
              ways,
            );
            const [kind, where] = end.split(' ');
            if (kind === 'queue' || kind === 'message') {
              expect(configuration.queues.map(({ code }) => code)).toContain(where);
            } else expect(['unit', 'centre', 'goodbye']).toContain(kind);
            expect(steps.length).toBeLessThan(60);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(passed).toBeGreaterThan(50);
});
