import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aboveOf, descendantsOf, LEVELS_AT_MOST } from '../../../src/domain/tickets/parts/part.ts';
import { decidePartMove } from '../../../src/domain/tickets/parts/part-move.ts';
import { isOpen, PART_MOVES } from '../../../src/domain/tickets/parts/part-table.ts';
import { add, calendar, desk, NOW, tree, unit } from './part-trees.ts';

const UNITS = ['lead', 'l1', 'l2', 'l3', 'l4', 'l5', 'helper', 'h1', 'h2'];
const WITHIN: Readonly<Record<string, string>> = {
  l1: 'lead',
  l2: 'l1',
  l3: 'l2',
  l4: 'l3',
  l5: 'l4',
  h1: 'helper',
  h2: 'helper',
};
const act = fc.record({
  who: fc.constantFrom(...UNITS, 'desk'),
  what: fc.constantFrom('add', 'add', 'add', ...PART_MOVES),
  target: fc.nat(8),
  unitCode: fc.constantFrom(...UNITS),
  days: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
  hours: fc.integer({ min: 0, max: 30 }),
});

test('whatever is done in whatever order: no time ends after the one above, nothing open lies under what has ended, a ticket is one', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let on = tree();
      let now = NOW;
      for (const [index, { who, what, target, unitCode, days, hours }] of acts.entries()) {
        now += hours * 3_600_000;
        const actor = who === 'desk' ? desk : unit(who);
        const chosen = on.parts[target % Math.max(1, on.parts.length)];
        if (what === 'add') {
          const kind = who === 'desk' ? 'assist' : 'sub';
          const decided = add(on, {
            kind,
            parentId:
              kind === 'assist' ? null : (on.parts.findLast((one) => one.unitCode === who)?.id ?? null),
            unitCode,
            within: WITHIN[unitCode] ?? null,
            workingDays: days,
            actor,
            now,
            id: `p${index}`,
          });
          if ('part' in decided) on = { ...on, parts: [...on.parts, decided.part] };
        } else if (chosen !== undefined) {
          const decided = decidePartMove({
            tree: on,
            part: chosen,
            move: what,
            actor,
            words: '因为',
            now,
            calendar,
          });
          if ('part' in decided) {
            const changed = new Map([decided.part, ...decided.withdrawn].map((one) => [one.id, one]));
            on = { ...on, parts: on.parts.map((one) => changed.get(one.id) ?? one) };
          }
        }
        for (const part of on.parts) {
          const above = aboveOf(on, part.parentId);
          expect(part.dueAt).toBeLessThanOrEqual(above.dueAt ?? 0);
          expect(part.level).toBeLessThanOrEqual(LEVELS_AT_MOST);
          const below = descendantsOf(on, part.id);
          expect(below).not.toContain(part);
          if (!isOpen(part.state)) expect(below.filter(({ state }) => isOpen(state))).toEqual([]);
        }
        const open = on.parts.filter(({ state }) => isOpen(state)).map((one) => one.unitCode);
        expect(new Set(open).size).toBe(open.length);
        expect(new Set(on.parts.map(({ number }) => number)).size).toBe(on.parts.length);
      }
    }),
  );
});
