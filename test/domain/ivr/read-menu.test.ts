import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classicMenu, straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import { readMenu } from '../../../src/domain/ivr/read-menu.ts';
import { withSurgeKey } from '../../../src/domain/ivr/surge-key.ts';
import { menuOf, node } from './menus.ts';

const surge = withSurgeKey(classicMenu({ general: 'general' }), {
  code: 'epidemic',
  label: '疫情咨询',
  key: '0',
  queue: 'desk',
  announcement: '疫情咨询请按0。',
  until: '2026-12-23T00:00:00+08:00',
});
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('what was written is read back, and reading again changes nothing', () => {
  for (const menu of [straightToAPerson('general'), classicMenu({ general: 'general' }), surge]) {
    const read = readMenu(throughJson(menu));
    expect(read).toEqual({ kind: 'menu', menu });
    if (read.kind !== 'menu') continue;
    expect(JSON.stringify(readMenu(throughJson(read.menu)))).toBe(JSON.stringify(read));
    const shuffled = Object.fromEntries(Object.entries(menu).reverse());
    expect(JSON.stringify(readMenu(shuffled))).toBe(JSON.stringify(read));
  }
});

test('an unknown field is refused with its place and what belongs there; a draft may lack its exits', () => {
  const draft = menuOf(node('start', { exit: null }));
  expect(readMenu({ ...draft, nodes: [{ ...draft.nodes[0], exit: undefined }] })).toEqual({
    kind: 'menu',
    menu: draft,
  });
  const exit = { kind: 'queue', queue: 'general', number: '12345' };
  const read = readMenu({ ...draft, author: 'x', nodes: [{ ...draft.nodes[0], colour: 'red', exit }] });
  expect(read).toMatchObject({
    kind: 'refused',
    faults: [
      { path: 'author', expected: 'no such field; one of code, name, languages, start, nodes, texts' },
      { path: 'nodes.0.colour' },
      { path: 'nodes.0.exit.number', expected: 'no such field; one of kind, queue, skills' },
    ],
  });
});

test('every fault is told at once, with its place', () => {
  const broken = {
    ...menuOf(
      node('start', {
        timeoutMs: Number.NaN,
        prompts: [{ name: '../secret', variants: {}, when: null, announces: [] }],
      }),
    ),
    code: 'Über',
    texts: null,
  };
  const withKinds = {
    ...broken,
    nodes: [
      {
        ...broken.nodes[0],
        exit: { kind: 'shell' },
        choices: [{ digits: 1, label: '', target: { kind: 'queue', queue: 'q' }, when: { kind: 'moon' } }],
      },
    ],
  };
  const read = readMenu(withKinds);
  expect(read.kind === 'refused' ? read.faults.map(({ path }) => path).sort() : []).toEqual([
    'code',
    'nodes.0.choices.0.digits',
    'nodes.0.choices.0.when.kind',
    'nodes.0.exit.kind',
    'nodes.0.prompts.0.name',
    'nodes.0.timeoutMs',
    'texts',
  ]);
});

test('endless nesting is refused, not followed', () => {
  let deep: unknown = { kind: 'vulnerable' };
  for (let n = 0; n < 10_000; n += 1) deep = { kind: 'not', of: deep };
  const menu = menuOf(node('start'));
  const read = readMenu({
    ...menu,
    nodes: [{ ...menu.nodes[0], redirects: [{ when: deep, to: { kind: 'queue', queue: 'q' }, reason: '' }] }],
  });
  expect(read.kind).toBe('refused');
});

test('whatever comes is a menu or refused, never an exception', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (value, nodes) => {
      for (const one of [value, { ...menuOf(), nodes }, { ...menuOf(), nodes: [nodes] }]) {
        const read = readMenu(one);
        if (read.kind === 'refused') expect(read.faults.length).toBeGreaterThan(0);
        else expect(readMenu(throughJson(read.menu))).toEqual(read);
      }
    }),
    { numRuns: 2_000 },
  );
});
