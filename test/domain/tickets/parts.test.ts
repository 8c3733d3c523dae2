import { expect, test } from 'vitest';
import { partsEndedBy } from '../../../src/domain/tickets/parts/ending.ts';
import { extendedParts } from '../../../src/domain/tickets/parts/extended.ts';
import { LEVELS_AT_MOST, type Part, type PartTree } from '../../../src/domain/tickets/parts/part.ts';
import { decidePartMove, warnAt } from '../../../src/domain/tickets/parts/part-move.ts';
import { partSight } from '../../../src/domain/tickets/parts/part-sight.ts';
import {
  PART_EDGES,
  PART_MOVES,
  PART_STATES,
  partEdge,
} from '../../../src/domain/tickets/parts/part-table.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';
import { TRANSITIONS } from '../../../src/domain/tickets/transitions.ts';
import { type Asked, add, added, at, calendar, DUE, desk, NOW, tree, unit } from './part-trees.ts';

/** A chain of levels within a unit, each given by the one above. */
const chain = (levels: number): PartTree => {
  let grown = tree();
  let parent: string | null = null;
  for (let level = 1; level <= levels; level += 1) {
    const above = level === 1 ? 'lead' : `l${level - 1}`;
    const part = added(grown, {
      kind: 'sub',
      parentId: parent,
      unitCode: `l${level}`,
      within: above,
      actor: unit(above),
    });
    grown = { ...grown, parts: [...grown.parts, part] };
    parent = part.id;
  }
  return grown;
};
const move = (
  on: PartTree,
  id: string,
  what: (typeof PART_MOVES)[number],
  actor: Actor,
  now = NOW,
  words = '因为',
) => {
  const part = on.parts.find((one) => one.id === id);
  if (part === undefined) return expect.fail(id);
  return decidePartMove({ tree: on, part, move: what, actor, words, now, calendar });
};
const withState = (on: PartTree, id: string, state: Part['state']): PartTree => ({
  ...on,
  parts: on.parts.map((one) => (one.id === id ? { ...one, state } : one)),
});

test('the table: one edge a state and move, every state is reached and left or final', () => {
  const pairs = PART_EDGES.map(({ move: name, from }) => `${name} ${from}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  for (const state of PART_STATES) {
    expect(PART_EDGES.some(({ to }) => to === state)).toBe(true);
    expect(PART_EDGES.some(({ from }) => from === state)).toBe(state !== 'withdrawn');
  }
});

test('every edge is granted to its side and to nobody else, every other pair is impossible', () => {
  const base = chain(1);
  const helper = { ...tree(), parts: [added(tree())] };
  const people = {
    holder: unit('helper'),
    lead: unit('lead'),
    desk,
    stranger: unit('other'),
    agent: { ...desk, roles: ['agent' as const] },
  };
  const ASSIST = { holder: ['holder'], giver: ['desk'], assembler: ['lead', 'desk'] };
  for (const state of PART_STATES) {
    for (const name of PART_MOVES) {
      const on = withState(helper, 'helper', state);
      const edge = partEdge(name, state);
      for (const [who, actor] of Object.entries(people)) {
        const decided = move(on, 'helper', name, actor);
        if (edge === null) expect(decided).toMatchObject({ refusal: 'part.moveImpossible' });
        else if (ASSIST[edge.side].includes(who)) expect(decided).toMatchObject({ part: { state: edge.to } });
        else
          expect(decided).toMatchObject({
            refusal: expect.stringMatching(/^part\.(moveForbidden|ownUnit|otherUnit)$/),
          });
      }
      // Within a unit the level above decides, and the hotline not.
      if (edge !== null) {
        const inner = withState(base, 'l1', state);
        const by = edge.side === 'holder' ? unit('l1') : unit('lead');
        expect(move(inner, 'l1', name, by)).toMatchObject({ part: { state: edge.to } });
        expect(move(inner, 'l1', name, desk)).toMatchObject({ refusal: 'part.moveForbidden' });
      }
    }
  }
});

test('nobody judges the own work (invariant 9): not the holder, whatever else the account may do', () => {
  const on = withState({ ...tree(), parts: [added(tree())] }, 'helper', 'reported');
  const both: Actor = { accountId: 'x', roles: ['unit', 'dispatcher', 'lead'], unitCode: 'helper' };
  for (const name of ['accept', 'sendBack', 'withdraw'] as const) {
    expect(move(on, 'helper', name, both)).toMatchObject({ refusal: 'part.ownUnit' });
  }
});

test('a unit is added by the hotline and not by another unit, once at a time, and never the lead itself', () => {
  const one = { ...tree(), parts: [added(tree())] };
  expect(one.parts[0]).toMatchObject({
    number: 'RD20261123-000001-01',
    level: 0,
    dueAt: DUE,
    state: 'assigned',
  });
  expect(add(one, { unitCode: 'lead' })).toMatchObject({ refusal: 'part.sameUnit' });
  expect(add(one)).toMatchObject({ refusal: 'part.unitAlready', data: { part: 'RD20261123-000001-01' } });
  expect(added(withState(one, 'helper', 'accepted')).number).toBe('RD20261123-000001-02');
  expect(add(tree(), { actor: unit('lead') })).toMatchObject({ refusal: 'part.otherUnit' });
  expect(add(tree(), { task: ' ' })).toMatchObject({ refusal: 'part.wordsMissing' });
  expect(add(tree({ leadUnit: null, unitDueAt: null }))).toMatchObject({ refusal: 'part.noUnit' });
  expect(add(tree({ ticketState: 'reportedDone' }))).toMatchObject({ refusal: 'part.ticketAtRest' });
});

test('work goes down four levels at most, to those directly within, and never to where it came from', () => {
  const deep = chain(LEVELS_AT_MOST);
  expect(deep.parts.map(({ number }) => number.slice(18))).toEqual([
    '01',
    '01-01',
    '01-01-01',
    '01-01-01-01',
  ]);
  const below = (over: Partial<Asked>) =>
    add(deep, { kind: 'sub', parentId: 'l4', unitCode: 'l5', within: 'l4', actor: unit('l4'), ...over });
  expect(below({})).toMatchObject({ refusal: 'part.tooDeep' });
  const two = chain(2);
  const sub = { kind: 'sub', parentId: 'l2', unitCode: 'x', within: 'l2', actor: unit('l2') } as const;
  expect(add(two, { ...sub, within: 'elsewhere' })).toMatchObject({ refusal: 'part.notWithin' });
  expect(add(two, { ...sub, actor: unit('l1') })).toMatchObject({ refusal: 'part.otherUnit' });
  expect(add(two, { ...sub, unitCode: 'l1' })).toMatchObject({ refusal: 'part.unitAlready' });
  expect(add(two, { ...sub, unitCode: 'lead' })).toMatchObject({ refusal: 'part.sameUnit' });
  for (const state of ['returned', 'reported', 'accepted', 'withdrawn'] as const) {
    expect(add(withState(two, 'l2', state), sub)).toMatchObject({ refusal: 'part.parentEnded' });
  }
});

test('a level reports when all below it have answered; what is taken back takes along all below', () => {
  const three = chain(3);
  expect(move(withState(three, 'l1', 'handling'), 'l1', 'report', unit('l1'))).toMatchObject({
    refusal: 'part.childrenOpen',
    data: { open: ['RD20261123-000001-01-01'] },
  });
  expect(move(three, 'l1', 'withdraw', unit('lead'))).toMatchObject({
    part: { state: 'withdrawn' },
    withdrawn: [{ id: 'l2' }, { id: 'l3' }],
  });
  const answered = withState(withState(three, 'l2', 'accepted'), 'l1', 'handling');
  expect(move(answered, 'l1', 'report', unit('l1'), NOW, ' 已修复 ')).toMatchObject({
    part: { state: 'reported' },
    reply: '已修复',
  });
});

test('a part comes back once and within a working day; refused, it does not come back again', () => {
  const one = { ...tree(), parts: [added(tree())] };
  const returned = move(one, 'helper', 'returnUp', unit('helper'), at('2026-11-24T18:00:00'));
  expect(returned).toMatchObject({ part: { state: 'returned', returned: true } });
  expect(move(one, 'helper', 'returnUp', unit('helper'), at('2026-11-24T18:00:01'))).toMatchObject({
    refusal: 'part.returnTooLate',
  });
  const again = { ...one, parts: one.parts.map((part) => ({ ...part, returned: true })) };
  expect(move(again, 'helper', 'returnUp', unit('helper'))).toMatchObject({ refusal: 'part.returnedBefore' });
});

test('a ticket that came back opens its parts again, with the time that the level above has now', () => {
  const later = DUE + 5 * 86_400_000;
  const on = withState({ ...chain(2), unitDueAt: later }, 'l1', 'accepted');
  expect(move(on, 'l1', 'reopen', unit('lead'))).toMatchObject({ part: { state: 'handling', dueAt: later } });
  expect(move({ ...on, ticketState: 'closed' }, 'l1', 'reopen', unit('lead'))).toMatchObject({
    refusal: 'part.ticketAtRest',
  });
  const others = { ...on, leadUnit: 'next' };
  expect(move(others, 'l1', 'reopen', unit('next'))).toMatchObject({ refusal: 'part.otherUnit' });
  expect(move(others, 'l1', 'reopen', unit('lead'))).toMatchObject({ refusal: 'part.parentEnded' });
  const ended = withState(withState(chain(2), 'l2', 'accepted'), 'l1', 'accepted');
  expect(move(ended, 'l2', 'reopen', unit('l1'))).toMatchObject({ refusal: 'part.parentEnded' });
});

test('who gave the work reads its words, those above see that it goes on, another unit sees nothing', () => {
  const deep = chain(3);
  const helper = added(deep, { unitCode: 'helper' });
  const inner = added(
    { ...deep, parts: [...deep.parts, helper] },
    { kind: 'sub', parentId: 'helper', unitCode: 'h1', within: 'helper', actor: unit('helper') },
  );
  const on = { ...deep, parts: [...deep.parts, helper, inner] };
  const sights = (actor: Pick<Actor, 'unitCode'>) => on.parts.map((part) => partSight(on, part, actor));
  expect(sights(unit('lead'))).toEqual(['words', 'progress', 'progress', 'words', 'progress']);
  // Another lead inherits the helpers; of what the one before gave to its people it learns how far it is.
  const handedOver = { ...on, leadUnit: 'next' };
  expect(on.parts.map((part) => partSight(handedOver, part, unit('next')))).toEqual([
    'progress',
    'progress',
    'progress',
    'words',
    'progress',
  ]);
  expect(sights(unit('l1'))).toEqual(['words', 'words', 'progress', 'none', 'none']);
  expect(sights(unit('l3'))).toEqual(['none', 'none', 'words', 'none', 'none']);
  expect(sights(unit('helper'))).toEqual(['none', 'none', 'none', 'words', 'words']);
  expect(sights(desk)).toEqual(['progress', 'progress', 'progress', 'words', 'progress']);
  expect(sights(unit('other'))).toEqual(Array(5).fill('none'));
});

test('the end of a ticket takes back its parts, another lead what lay within the one before', () => {
  const ends = TRANSITIONS.map(({ move: name, to }) => [name, partsEndedBy(name, to)] as const);
  expect(new Set(ends.filter(([, ended]) => ended === 'all').map(([name]) => name))).toEqual(
    new Set(['closeAdvised', 'close', 'closeUnvisited', 'upholdResult', 'withdraw', 'archive']),
  );
  expect(new Set(ends.filter(([, ended]) => ended === 'withinLead').map(([name]) => name))).toEqual(
    new Set(['acceptReturn', 'handOver']),
  );
});

test('four fifths of the working time: nobody is warned on a Sunday', () => {
  expect(new Date(warnAt(NOW, DUE, calendar)).toISOString()).toBe('2026-11-27T08:48:00.000Z');
  expect(warnAt(DUE, DUE, calendar)).toBe(DUE);
});

test('more time for the ticket is more time for the parts that had all of it, at whatever level, and for no other', () => {
  const levels = chain(2);
  const short = added(levels, { unitCode: 'short', workingDays: 2 });
  const done: Part = { ...added(levels, { unitCode: 'done' }), state: 'accepted' };
  const on: PartTree = { ...levels, parts: [...levels.parts, short, done] };
  const later = DUE + 7 * 86_400_000;
  const followed = extendedParts(on, later, calendar);
  expect(followed.map(({ id }) => id)).toEqual(['l1', 'l2']);
  for (const part of followed) {
    expect(part.dueAt).toBe(later);
    expect(part.warnAt).toBe(warnAt(NOW, later, calendar));
  }
  // Less time takes nothing away, and without a clock there is nothing to follow.
  expect(extendedParts(on, DUE, calendar)).toEqual([]);
  expect(extendedParts({ ...on, unitDueAt: null }, later, calendar)).toEqual([]);
});
