import { expect, test } from 'vitest';
import { menuDiagram, menuGraph } from '../../../src/domain/ivr/graph.ts';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { menuOf, node } from './menus.ts';

test('the classic menu as a drawing: every key an edge, the same desk one place', () => {
  const { vertices, edges, start } = menuGraph(classicMenu({ general: 'general', help: 'desk' }));
  expect(start).toBe('node start');
  expect(vertices.map(({ id, level }) => [id, level])).toEqual([
    ['node start', 1],
    ['queue general', null],
    ['queue desk', null],
    ['ticketStatus 1', null],
    ['goodbye 1', null],
  ]);
  expect(edges.map(({ from, to, by, digits }) => `${from} ${by} ${digits ?? ''} ${to}`)).toEqual([
    'ticketStatus 1 afterwards  goodbye 1',
    'ticketStatus 1 default * queue general',
    'node start condition  queue general',
    'node start keys 0 queue general',
    'node start keys 1 queue general',
    'node start keys 2 queue desk',
    'node start keys 3 queue general',
    'node start keys 4 queue general',
    'node start keys 5 ticketStatus 1',
    'node start keys 9 queue general',
    'node start nothing  queue general',
    'node start default  queue general',
  ]);
});

test('every label of the drawing is told in English as well; the words of the town stand as they are', () => {
  const { vertices, edges } = menuGraph(classicMenu({ general: 'general', help: 'desk' }));
  expect(vertices.map(({ kind, labelEn }) => [kind, labelEn])).toContainEqual(['queue', 'queue general']);
  for (const { labelEn } of vertices.filter(({ kind }) => kind !== 'node')) {
    expect(labelEn).not.toMatch(/\p{Script=Han}/u);
  }
  for (const { by, labelEn } of edges.filter(({ by }) => by !== 'keys' && by !== 'condition')) {
    expect(labelEn, by).not.toMatch(/\p{Script=Han}/u);
  }
  const ageing = edges.find(({ by }) => by === 'condition');
  expect(ageing?.labelEn).toMatch(/\(old or disabled people\)$/);
});

test('a node that nothing leads to has no level, and marks in a label do not end it', () => {
  const menu = menuOf(node('start', { name: '甲"|乙' }), node('lost'));
  expect(menuGraph(menu).vertices.map(({ id, level }) => [id, level])).toContainEqual(['node lost', null]);
  expect(menuDiagram(menu).split('\n')[1]).toBe(`  v0["甲'/乙"]`);
});
