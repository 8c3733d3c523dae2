import fc from 'fast-check';
import { type Condition, DAY_KINDS } from '../../../src/domain/ivr/condition.ts';
import type { Exit, Fallback, Menu, MenuNode, PromptRef, Target } from '../../../src/domain/ivr/menu.ts';

// Any menu that data can be, sensible or not: what is written of it must be what is read.

const word = fc.oneof(
  fc.constantFrom(
    'general',
    'desk-water',
    'start',
    '0',
    '12',
    '*',
    '#',
    '08:30',
    '2026-12-31T00:00:00+08:00',
  ),
  fc.constantFrom(
    '',
    '→',
    '（',
    '按',
    '若',
    '"',
    '\\',
    '“主”',
    '咨询，办理',
    'a b',
    '\n',
    '-',
    '->',
    '\u2028',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
const number = fc.oneof(
  fc.integer({ min: 0, max: 20_000 }),
  fc.constantFrom(0, 500, 2_500, 60_000, -1, 0.1, 1e21, 1234.5678),
);
const listOf = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 3 });

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('timeOfDay' as const), from: word, to: word }),
    fc.record({
      kind: fc.constant('weekday' as const),
      anyOf: listOf(fc.oneof(fc.integer({ min: 1, max: 7 }), number)),
    }),
    fc.record({ kind: fc.constant('dayKind' as const), anyOf: listOf(fc.constantFrom(...DAY_KINDS)) }),
    fc.record({ kind: fc.constant('language' as const), anyOf: listOf(word) }),
    fc.constantFrom({ kind: 'openTicket' as const }, { kind: 'vulnerable' as const }),
    fc.record({ kind: fc.constantFrom('from' as const, 'until' as const), at: word }),
    fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: listOf(tie('condition')) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
  ),
}));
const when = fc.option(condition);
const prompt: fc.Arbitrary<PromptRef> = fc.record({
  name,
  variants: fc.dictionary(word, name, { maxKeys: 2 }),
  when,
  announces: listOf(word),
});
const prompts = listOf(prompt);
const exit: fc.Arbitrary<Exit> = fc.oneof(
  fc.record(
    { kind: fc.constant('queue' as const), queue: word, skills: word },
    { requiredKeys: ['kind', 'queue'] },
  ),
  fc.record({ kind: fc.constant('line' as const), number: word }),
  fc.record({ kind: fc.constant('number' as const), number: word, trunk: word, returnQueue: word }),
  fc.record({ kind: fc.constant('message' as const), prompts, queue: word, maxMs: number }),
  fc.record({ kind: fc.constant('goodbye' as const), prompts }),
);
const target: fc.Arbitrary<Target> = fc.oneof(
  exit,
  fc.record({ kind: fc.constant('node' as const), node: word }),
  fc.record({
    kind: fc.constant('ticketStatus' as const),
    ask: prompts,
    notFound: prompts,
    timeoutMs: number,
    retries: number,
    afterwards: exit,
    exit: fc.option(exit),
  }),
);
const fallback: fc.Arbitrary<Fallback> = fc.record({ prompts, to: fc.option(target) });
const node: fc.Arbitrary<MenuNode> = fc.record({
  id: word,
  name: word,
  redirects: listOf(fc.record({ when: condition, to: target, reason: word })),
  prompts,
  choices: listOf(fc.record({ digits: word, label: word, target, when, counter: fc.option(word) })),
  timeoutMs: number,
  digitTimeoutMs: number,
  retries: number,
  onWrong: fallback,
  onNothing: fallback,
  exit: fc.option(exit),
});
export const anyMenu: fc.Arbitrary<Menu> = fc.record({
  code: name,
  name: word,
  languages: listOf(word),
  start: word,
  nodes: fc.array(node, { maxLength: 4 }),
  texts: fc.dictionary(name, word, { maxKeys: 3 }),
});
