import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CALL_TABLE } from '../../src/domain/calls/call-table.ts';
import { stateDrawings, tableDiagram } from '../../src/runtime/state-drawings.ts';

const DOMAIN = resolve(import.meta.dirname, '../../src/domain');

test('each drawing beside a table of states is the drawing of that table', () => {
  const stale = stateDrawings().flatMap(({ file, text }) => {
    const path = join(DOMAIN, file);
    return existsSync(path) && readFileSync(path, 'utf8') === text
      ? []
      : [`src/domain/${file} does not show the table as it is now: run "npm run docs" and commit it`];
  });
  expect(stale).toEqual([]);
});

test('a drawing shows each edge of its table once, and where it begins and ends', () => {
  const table = { a: { go: ['b', 'c'], stop: ['c'] }, b: { go: ['b'] }, c: {} };
  expect(tableDiagram(table, 'a').split('\n')).toEqual([
    'stateDiagram-v2',
    '  [*] --> a',
    '  a --> b: go',
    '  a --> c: go, stop',
    '  b --> b: go',
    '  c --> [*]',
  ]);
  const calls = stateDrawings().find(({ file }) => file === 'calls/states.md')?.text ?? '';
  const edges = Object.entries(CALL_TABLE).flatMap(([from, { on }]) =>
    Object.values<readonly string[]>(on).flatMap((targets) => targets.map((to) => `${from} --> ${to}: `)),
  );
  expect(edges.filter((edge) => !calls.includes(edge))).toEqual([]);
});
