import { expect, test } from 'vitest';
import type { Condition } from '../../../src/domain/ivr/condition.ts';
import { MENU_FINDING_CODES, type MenuFindingCode } from '../../../src/domain/ivr/finding.ts';
import { type Menu, type MenuNode, prompt } from '../../../src/domain/ivr/menu.ts';
import { classicMenu, straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import { isPublishable, type MenuSurroundings, validateMenu } from '../../../src/domain/ivr/validate.ts';
import { around, choice, menuOf, NOW, node, person } from './menus.ts';

const told = [prompt('menu-person')];
const toPerson = choice('0', person);
const to = (id: string) => ({ kind: 'node', node: id }) as const;
const bye = { kind: 'goodbye', prompts: [] } as const;
const start = (more: Partial<MenuNode>) => node('start', { prompts: told, choices: [toPerson], ...more });
const iso = (ms: number): string => new Date(ms).toISOString();
const expiring = (ms: number): Partial<MenuSurroundings> => ({
  prompts: new Map([['menu-person', { durationMs: 1_000, expiresAt: iso(ms) }]]),
});
const dialogue = {
  kind: 'ticketStatus',
  ask: told,
  notFound: [],
  timeoutMs: 5_000,
  retries: 1,
  afterwards: person,
  exit: person,
} as const;

test('the presets are clean: nothing to mend, nothing to weigh', () => {
  expect(validateMenu(straightToAPerson('general'), around())).toEqual([]);
  expect(validateMenu(classicMenu({ general: 'general', complaint: 'desk' }), around())).toEqual([]);
});

// Each fault alone, in a menu that is otherwise sound: exactly what it is found as, and where.
const faults: readonly [MenuFindingCode, string, Menu, Partial<MenuSurroundings>?][] = [
  ['menu.noStart', '', { ...menuOf(start({})), start: 'gone' }],
  ['menu.nodeTwice', 'nodes/start', menuOf(start({}), start({}))],
  ['menu.noDefaultExit', 'nodes/start', menuOf(start({ exit: null }))],
  [
    'menu.noDefaultExit',
    'choices/1',
    menuOf(start({ choices: [toPerson, choice('1', { ...dialogue, exit: null })] })),
  ],
  ['menu.exitNotPerson', 'nodes/start', menuOf(start({ exit: bye }))],
  ['menu.unknownTarget', 'exit', menuOf(start({ exit: { kind: 'queue', queue: 'gone' } }))],
  ['menu.unknownTarget', 'choices/1', menuOf(start({ choices: [toPerson, choice('1', to('gone'))] }))],
  ['menu.unknownTarget', 'exit', menuOf(start({ exit: { kind: 'line', number: '12399' } }))],
  [
    'menu.malformedNumber',
    'exit',
    menuOf(start({ exit: { kind: 'number', number: '110&', trunk: 'carrier', returnQueue: 'general' } })),
  ],
  ['menu.unreachableNode', 'nodes/lost', menuOf(start({}), node('lost'))],
  [
    'menu.loopWithoutPerson',
    '',
    menuOf(
      start({ choices: [toPerson, choice('1', to('a'))] }),
      node('a', { exit: bye, onNothing: { prompts: [], to: to('a') } }),
    ),
  ],
  [
    'menu.redirectLoop',
    '',
    menuOf(start({ redirects: [{ when: { kind: 'openTicket' }, to: to('start'), reason: '' }] })),
  ],
  [
    'menu.tooDeep',
    'nodes/sub',
    menuOf(
      start({ choices: [toPerson, choice('1', to('sub'))] }),
      node('sub', { prompts: told, choices: [toPerson] }),
    ),
  ],
  [
    'menu.personTooLate',
    '',
    menuOf(start({ prompts: [...told, prompt('long')] })),
    {
      prompts: new Map([
        ['menu-person', { durationMs: 2_000, expiresAt: null }],
        ['long', { durationMs: 8_000, expiresAt: null }],
      ]),
    },
  ],
  ['menu.noPerson', '', menuOf(node('start', { exit: bye }))],
  ['menu.digitsTwice', 'choices/0', menuOf(start({ choices: [toPerson, choice('0', bye)] }))],
  [
    'menu.digitsAmbiguous',
    'choices/1',
    menuOf(start({ choices: [toPerson, choice('1', person), choice('12', person)] })),
  ],
  ['menu.malformedDigits', 'choices/1x', menuOf(start({ choices: [toPerson, choice('1x', person)] }))],
  ['menu.malformedDigits', 'choices/', menuOf(start({ choices: [toPerson, choice('', person)] }))],
  ['menu.malformedDigits', 'choices/12345', menuOf(start({ choices: [toPerson, choice('12345', person)] }))],
  [
    'menu.announcedKeyUnknown',
    'prompts',
    menuOf(start({ prompts: [prompt('menu-person', { announces: ['0', '7'] })] })),
  ],
  [
    'menu.choiceNotAnnounced',
    'choices/1',
    menuOf(
      start({
        prompts: [prompt('menu-person', { announces: ['0'] })],
        choices: [toPerson, choice('1', person)],
      }),
    ),
  ],
  ['menu.promptMissing', 'prompts', menuOf(start({ prompts: [...told, prompt('gone')] }))],
  ['menu.promptExpired', 'prompts', menuOf(start({})), expiring(NOW)],
  ['menu.promptExpiresSoon', 'prompts', menuOf(start({})), expiring(NOW + 1)],
  ['menu.variantMissing', 'prompts/menu-person', { ...menuOf(start({})), languages: ['zh-CN', 'en'] }],
  ['menu.noPrompt', 'nodes/start', menuOf(start({ prompts: [] }))],
  ['menu.retriesOutOfRange', 'nodes/start', menuOf(start({ retries: 4 }))],
  ['menu.retriesOutOfRange', 'nodes/start', menuOf(start({ retries: 0.5 }))],
  ['menu.timeoutOutOfRange', 'nodes/start', menuOf(start({ timeoutMs: 15_001 }))],
  ['menu.timeoutOutOfRange', 'nodes/start', menuOf(start({ digitTimeoutMs: 499 }))],
  [
    'menu.timeoutOutOfRange',
    'choices/1',
    menuOf(
      start({
        choices: [toPerson, choice('1', { kind: 'message', prompts: [], queue: 'general', maxMs: 9_999 })],
      }),
    ),
  ],
  [
    'menu.conditionUnreadable',
    'choices/1',
    menuOf(
      start({
        choices: [
          toPerson,
          {
            ...choice('1', person),
            when: { kind: 'all', of: [{ kind: 'timeOfDay', from: '9:00', to: '12:00' }] },
          },
        ],
      }),
    ),
  ],
  [
    'menu.conditionUnreadable',
    'choices/1',
    menuOf(
      start({
        choices: [toPerson, { ...choice('1', person), when: { kind: 'until', at: '2099-01-01T00:00:00' } }],
      }),
    ),
  ],
  [
    'menu.personKeyCovered',
    'choices/0',
    menuOf(start({ choices: [{ ...choice('0', bye), when: { kind: 'openTicket' } }, toPerson] })),
  ],
  [
    'menu.languageUnspoken',
    'prompts/tibetan',
    {
      ...menuOf(start({ prompts: [prompt('menu-person', { variants: { bo: 'tibetan' } })] })),
      texts: { tibetan: 'བོད་སྐད།' },
    },
  ],
  [
    'menu.languageDiffers',
    'prompts/english',
    menuOf(start({ prompts: [...told, prompt('english')] })),
    {
      prompts: new Map([
        ['menu-person', { durationMs: 1_000, expiresAt: null }],
        ['english', { durationMs: 1_000, expiresAt: null, language: 'en' }],
      ]),
    },
  ],
  [
    'menu.choicePast',
    'choices/1',
    menuOf(start({ choices: [toPerson, { ...choice('1', person), when: { kind: 'until', at: iso(NOW) } }] })),
  ],
];

test.each(faults)('%s at "%s"', (code, place, menu, more) => {
  const findings = validateMenu(menu, around(more)).filter((one) => one.code === code);
  expect(findings).toHaveLength(1);
  const [found] = findings;
  expect(found?.place).toMatchObject({ thing: 'menu', key: 'test' });
  if (place === '') expect(found?.place.field).toBeNull();
  else expect(found?.place.field).toMatch(/^nodes/);
  expect(found?.place.field ?? '').toContain(place);
  for (const text of [found?.message.zh, found?.message.en, found?.cure.zh, found?.cure.en]) {
    expect(text).toMatch(/\S/);
    expect(text).not.toContain('{}');
  }
});

test('a covered key for a person is no fault where a person answers all the same, or it is over', () => {
  const codes = (first: ReturnType<typeof choice>, when: Condition): readonly string[] =>
    validateMenu(menuOf(start({ choices: [{ ...first, when }, toPerson] })), around()).map(
      ({ code }) => code,
    );
  const openTicket = { kind: 'openTicket' } as const;
  expect(codes(choice('0', { kind: 'queue', queue: 'desk' }), openTicket)).not.toContain(
    'menu.personKeyCovered',
  );
  expect(codes(choice('1', bye), openTicket)).not.toContain('menu.personKeyCovered');
  expect(codes(choice('0', bye), { kind: 'until', at: iso(NOW) })).not.toContain('menu.personKeyCovered');
});

test('every code can be found', () => {
  expect(new Set(faults.map(([code]) => code))).toEqual(new Set(MENU_FINDING_CODES));
});

test('errors keep a menu from being published, warnings do not', () => {
  const deep = menuOf(
    start({ choices: [toPerson, choice('1', to('sub'))] }),
    node('sub', { prompts: told, choices: [toPerson] }),
  );
  const findings = validateMenu(deep, around());
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['menu.tooDeep', 'warning']]);
  expect(isPublishable(findings)).toBe(true);
  expect(isPublishable(validateMenu(menuOf(start({ exit: null })), around()))).toBe(false);
});

test('nine seconds before a person: the ninth is allowed, and a key told first counts from its prompt', () => {
  const lasting = (first: number, rest: number) =>
    around({
      prompts: new Map([
        ['menu-person', { durationMs: first, expiresAt: null }],
        ['menu-classic', { durationMs: rest, expiresAt: null }],
      ]),
    });
  const announced = menuOf(
    start({ prompts: [prompt('menu-person', { announces: ['0'] }), prompt('menu-classic')] }),
  );
  const codes = (menu: Menu, surroundings: MenuSurroundings) =>
    validateMenu(menu, surroundings).map(({ code }) => code);
  expect(codes(announced, lasting(9_000, 60_000))).toEqual([]);
  expect(codes(announced, lasting(9_001, 0))).toEqual(['menu.personTooLate']);
  const unspoken = { ...menuOf(start({ prompts: [prompt('own')] })), texts: { own: '话'.repeat(40) } };
  expect(codes(unspoken, around())).toEqual(['menu.personTooLate']);
});
