import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MenuInput } from '../../../src/domain/ivr/course.ts';
import { ACTS_AT_MOST } from '../../../src/domain/ivr/course.ts';
import { enterMenu, step } from '../../../src/domain/ivr/interpreter.ts';
import { type Exit, type Menu, prompt, type TicketStatus } from '../../../src/domain/ivr/menu.ts';
import { MENU_TABLE, type MenuPhase, menuDiagram } from '../../../src/domain/ivr/menu-table.ts';
import { isPublishable, validateMenu } from '../../../src/domain/ivr/validate.ts';
import { around, contextOf, menuOf, node, person } from './menus.ts';

const LISTED = Object.entries(MENU_TABLE).flatMap(([from, inputs]) =>
  Object.entries(inputs).flatMap(([input, phases]) =>
    (phases as readonly string[]).map((to) => `${from} ${input} ${to}`),
  ),
);

// Random menus out of every kind of part, sound or not; those that validation lets pass are asked for more.
const names = fc.constantFrom('goodbye', 'menu-person', 'menu-wrong');
const when = fc.constantFrom(
  null,
  null,
  null,
  { kind: 'vulnerable' } as const,
  { kind: 'openTicket' } as const,
  { kind: 'until', at: '2026-11-23T09:00:00+08:00' } as const,
);
const prompts = fc.array(
  fc.record({ name: names, when }).map(({ name, when: on }) => prompt(name, { when: on })),
  { maxLength: 2 },
);
const exit: fc.Arbitrary<Exit> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(person) },
  fc.constant({ kind: 'line', number: '12319' } as const),
  fc.constant({ kind: 'number', number: '84139001', trunk: 'carrier', returnQueue: 'desk' } as const),
  prompts.map((said) => ({ kind: 'message', prompts: said, queue: 'desk', maxMs: 60_000 }) as const),
  prompts.map((said) => ({ kind: 'goodbye', prompts: said }) as const),
);
const orNull = (one: typeof exit) => fc.option(one, { freq: 20 });
const dialogue: fc.Arbitrary<TicketStatus> = fc.record({
  kind: fc.constant('ticketStatus' as const),
  ask: prompts,
  notFound: prompts,
  timeoutMs: fc.constantFrom(1_000, 15_000),
  retries: fc.integer({ min: 0, max: 3 }),
  afterwards: exit,
  exit: orNull(exit),
});
const ids = fc.constantFrom('a', 'b', 'c');
const target = fc.oneof(
  exit,
  { weight: 2, arbitrary: ids.map((id) => ({ kind: 'node', node: id }) as const) },
  dialogue,
);
const fallback = fc.record({ prompts, to: fc.option(target) });
const nodeNamed = (id: string) =>
  fc
    .record({
      prompts,
      redirects: fc.array(
        fc.record({
          when: fc.constantFrom({ kind: 'vulnerable' } as const, { kind: 'openTicket' } as const),
          to: target,
          reason: fc.constant(''),
        }),
        { maxLength: 1 },
      ),
      choices: fc.array(
        fc.record({
          digits: fc.constantFrom('0', '1', '2', '12', '123', '*'),
          label: fc.constant(''),
          target,
          when,
          counter: fc.constant(null),
        }),
        { maxLength: 4 },
      ),
      timeoutMs: fc.constantFrom(1_000, 5_000),
      retries: fc.integer({ min: 0, max: 3 }),
      onWrong: fallback,
      onNothing: fallback,
      exit: orNull(exit),
    })
    .map((more) => node(id, more));
const menus = fc
  .tuple(nodeNamed('a'), nodeNamed('b'), nodeNamed('c'), fc.integer({ min: 1, max: 3 }))
  .map(([a, b, c, size]) => menuOf(...[a, b, c].slice(0, size)));
const digit = fc.constantFrom(...'0123456789*#***').map((key) => ({ kind: 'digit', digit: key }) as const);
const input: fc.Arbitrary<MenuInput> = fc.oneof(
  { weight: 4, arbitrary: digit },
  { weight: 2, arbitrary: fc.constant({ kind: 'promptFinished' } as const) },
  fc.constant({ kind: 'promptFailed' } as const),
  { weight: 2, arbitrary: fc.constant({ kind: 'timeout' } as const) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom([], ['goodbye'])
      .map((said) => ({ kind: 'ticketFound', prompts: said }) as const),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'ticketNotFound' } as const) },
  fc.constant({ kind: 'lookupFailed' } as const),
);
const callers = fc.record({ vulnerable: fc.boolean(), hasOpenTicket: fc.boolean() });
const typed = fc.string({ unit: fc.constantFrom(...'0125*'), maxLength: 6 });
const said = (key: string): MenuInput => ({ kind: 'digit', digit: key });
/** The progress of a ticket to its end, and the key for a person after it: chance alone hardly gets there. */
const ticketStory = fc
  .constantFrom(...'0125')
  .map((key): readonly MenuInput[] => [
    ...[...`${key}1234`].map(said),
    { kind: 'ticketFound', prompts: ['goodbye'] },
    { kind: 'promptFinished' },
    said('*'),
  ]);
const calls = fc.record({
  menu: menus,
  caller: callers,
  ahead: typed,
  inputs: fc
    .tuple(
      fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: ticketStory }),
      fc.array(input, { maxLength: 60 }),
    )
    .map(([story, more]) => [...story, ...more]),
}) as fc.Arbitrary<{
  menu: Menu;
  caller: object;
  ahead: string;
  inputs: readonly MenuInput[];
}>;

interface Walked {
  readonly edges: ReadonlySet<string>;
  readonly acts: number;
  readonly to: Exit | null;
}

/** The caller does what is listed; then nothing at all, and only the timers run. */
function through(menu: Menu, call: { caller: object; ahead: string; inputs: readonly MenuInput[] }): Walked {
  const context = contextOf(menu, call.caller);
  const edges = new Set<string>();
  let now = enterMenu(context, call.ahead);
  let acts = 1;
  let to = now.act.kind === 'exit' ? now.act.to : null;
  const silence: readonly MenuInput[] = Array.from({ length: ACTS_AT_MOST }, () => ({ kind: 'timeout' }));
  for (const one of [...call.inputs, ...silence]) {
    if (now.state.phase === 'done') break;
    const next = step(now.state, one, context);
    if (next.act.kind === 'nothing') {
      expect(next.state).toBe(now.state);
      continue;
    }
    edges.add(`${now.state.phase} ${one.kind} ${next.state.phase}`);
    expect(next.act.kind === 'exit').toBe(next.state.phase === 'done');
    acts += 1;
    if (next.act.kind === 'exit') to = next.act.to;
    now = next;
  }
  return { edges, acts, to };
}

test('every validated menu brings every caller to a person, a unit, a message or a goodbye within the bound', () => {
  let passed = 0;
  fc.assert(
    fc.property(calls, ({ menu, ...call }) => {
      if (!isPublishable(validateMenu(menu, around()))) return;
      passed += 1;
      const { acts, to } = through(menu, call);
      expect(acts).toBeLessThanOrEqual(ACTS_AT_MOST);
      expect(['queue', 'line', 'number', 'message', 'goodbye']).toContain(to?.kind);
    }),
    { numRuns: 3_000 },
  );
  expect(passed).toBeGreaterThan(100);
}, 60_000);

test('no menu at all, however damaged, keeps a caller; and the table is walked, every edge and no other', () => {
  const walked = new Set<string>();
  fc.assert(
    fc.property(calls, ({ menu, ...call }) => {
      const { edges, acts, to } = through(menu, call);
      for (const edge of edges) walked.add(edge);
      expect(acts).toBeLessThanOrEqual(ACTS_AT_MOST);
      expect(to).not.toBeNull();
    }),
    { numRuns: 6_000, seed: 12_345 },
  );
  expect([...walked].filter((edge) => !LISTED.includes(edge))).toEqual([]);
  expect(LISTED.filter((edge) => !edge.includes(' hungUp ') && !walked.has(edge))).toEqual([]);
}, 60_000);

test('every phase is reached from the first, and leaves by hanging up', () => {
  const reached = new Set(['prompting']);
  for (let grown = true; grown; ) {
    const before = reached.size;
    for (const edge of LISTED) {
      const [from = '', , to = ''] = edge.split(' ');
      if (reached.has(from)) reached.add(to);
    }
    grown = reached.size > before;
  }
  expect(reached).toEqual(new Set(Object.keys(MENU_TABLE)));
  const context = contextOf(menuOf(node('start')));
  for (const phase of (Object.keys(MENU_TABLE) as MenuPhase[]).filter((one) => one !== 'done')) {
    const { state } = enterMenu(context);
    expect(step({ ...state, phase }, { kind: 'hungUp' }, context).state.phase).toBe('done');
  }
});

test('the drawing shows each edge of the table and nothing else', () => {
  const drawn = menuDiagram()
    .split('\n')
    .flatMap((row) => {
      const [, from, to, inputs] = /^ {2}(\w+) --> (\w+): (.+)$/.exec(row) ?? [];
      return inputs?.split(', ').map((one) => `${from} ${one} ${to}`) ?? [];
    });
  expect(drawn.sort()).toEqual([...LISTED].sort());
});
