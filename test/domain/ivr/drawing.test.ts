import fc from 'fast-check';
import { expect, test } from 'vitest';
import { menuDrawing } from '../../../src/domain/ivr/drawing.ts';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { anyMenu } from './any-menu.ts';
import { choice, menuOf, node, person } from './menus.ts';

test('the classic menu: its card at the left with a row for each way, a ticket in the middle, exits at the right', () => {
  const { vertices, edges, columns } = menuDrawing(classicMenu({ general: 'general', help: 'desk' }));
  expect(columns).toBe(3);
  expect(Object.fromEntries(vertices.map(({ id, column, rows }) => [id, [column, rows]]))).toEqual({
    'node start': [0, 11],
    'queue desk': [1, 1],
    'ticketStatus 1': [1, 3],
    'queue general': [2, 1],
    'goodbye 1': [2, 1],
  });
  expect(edges.filter(({ by }) => by === 'keys').map(({ digits, port }) => `${digits} at ${port}`)).toEqual([
    '0 at 2',
    '1 at 3',
    '2 at 4',
    '3 at 5',
    '4 at 6',
    '5 at 7',
    '9 at 8',
  ]);
  // From the start to the desk behind the ticket it passes the column in between.
  const long = edges.find(
    ({ from, by, to }) => from === 'node start' && by === 'default' && to === 'queue general',
  );
  expect(long?.via.map(({ column }) => column)).toEqual([1]);
});

test('a node that leads back is drawn as such, and one that nothing leads to stands under the start', () => {
  const to = (id: string) => ({ kind: 'node', node: id }) as const;
  const menu = menuOf(
    node('start', { choices: [choice('1', to('second'))] }),
    node('second', { choices: [choice('9', to('start'))], exit: person }),
    node('lost'),
  );
  const { vertices, edges } = menuDrawing(menu);
  const at = (id: string) => vertices.find((one) => one.id === `node ${id}`);
  expect(edges.find(({ digits }) => digits === '9')?.back).toBe(true);
  expect([at('start')?.column, at('second')?.column, at('lost')?.column]).toEqual([0, 1, 0]);
  expect(at('start')?.row).toBe(0);
  expect(at('lost')?.row).toBeGreaterThan(at('start')?.rows ?? 0);
});

test('whatever the menu, cards and passing lines never lie over each other, and lines go to the right unless they go back', () => {
  fc.assert(
    fc.property(anyMenu, (menu) => {
      const { vertices, edges, columns, rows } = menuDrawing(menu);
      const byId = new Map(vertices.map((vertex) => [vertex.id, vertex]));
      // Lines from one card to one other pass together.
      const lanes = new Map(edges.map((edge) => [`${edge.from}\n${edge.to}`, edge.via]));
      for (const edge of edges) expect(edge.via).toEqual(lanes.get(`${edge.from}\n${edge.to}`));
      const taken = [
        ...vertices.map(({ column, row, rows: high }) => ({ column, from: row, to: row + high })),
        ...[...lanes.values()].flatMap((via) =>
          via.map(({ column, row }) => ({ column, from: row, to: row + 1 })),
        ),
      ];
      for (const [nth, one] of taken.entries()) {
        expect(one.from).toBeGreaterThanOrEqual(0);
        expect(one.to).toBeLessThanOrEqual(rows);
        expect(one.column).toBeLessThan(columns);
        for (const other of taken.slice(nth + 1)) {
          if (other.column === one.column) expect(other.from >= one.to || other.to <= one.from).toBe(true);
        }
      }
      for (const { from, to, port, via, back } of edges) {
        const [begins, ends] = [byId.get(from), byId.get(to)];
        expect(port).toBeLessThan(begins?.rows ?? 0);
        // To what is not there no line is drawn.
        if (ends === undefined || back || begins === undefined) continue;
        expect(ends.column).toBeGreaterThan(begins.column);
        expect(via.map(({ column }) => column)).toEqual(
          Array.from({ length: ends.column - begins.column - 1 }, (_, at) => begins.column + 1 + at),
        );
      }
      expect(menuDrawing(menu)).toEqual({ start: `node ${menu.start}`, vertices, edges, columns, rows });
    }),
    { numRuns: 500 },
  );
});
