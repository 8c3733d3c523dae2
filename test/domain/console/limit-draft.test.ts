import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseOf, carriedOver, changedLines } from '../../../src/console/pages/limits/limit-draft.ts';
import type { Content, LimitPreset, LimitSet } from '../../../src/console/pages/limits/shapes.ts';
import { PRESETS } from '../../../src/domain/deadlines/presets.ts';

const { code: _code, ...usual } = PRESETS[0];
const base = usual as unknown as Content;
const workingDays = (amount: number) => ({ unit: 'workingDays', amount }) as const;
const linesOf = (before: Content, after: Content): string[] => [...changedLines(before, after)].sort();

/** Limits with some of their lines written otherwise. */
const written = fc
  .record(
    {
      name: fc.constantFrom('甲', '乙'),
      reopenWithinDays: fc.integer({ min: 1, max: 20 }),
      urgent: fc.constantFrom(null, { unit: 'hours', amount: 24 } as const),
      help: fc.integer({ min: 1, max: 9 }),
      sign: fc.constantFrom(null, { unit: 'minutes', amount: 30 } as const),
      supervised: fc.constantFrom(null, workingDays(1)),
      times: fc.integer({ min: 0, max: 3 }),
      categories: fc.uniqueArray(
        fc.record({
          category: fc.constantFrom('leak', 'gas', 'heat'),
          limit: fc.integer({ min: 1, max: 3 }).map(workingDays),
        }),
        { selector: ({ category }) => category },
      ),
    },
    { requiredKeys: [] },
  )
  .map((some): Content => {
    const { help, sign, supervised, times, ...plain } = some;
    return {
      ...base,
      ...plain,
      ...(help === undefined ? {} : { limits: { ...base.limits, HELP: workingDays(help) } }),
      ...(sign === undefined
        ? {}
        : { stages: { ...base.stages, sign: { ...base.stages.sign, urgent: sign } } }),
      ...(supervised === undefined ? {} : { superviseAfter: { ...base.superviseAfter, normal: supervised } }),
      ...(times === undefined ? {} : { extension: { ...base.extension, times } }),
    };
  });

test('what both changed is as he himself wrote it; what one of them changed is as that one wrote it', () => {
  const mine: Content = {
    ...base,
    reopenWithinDays: 20,
    categories: [{ category: 'gas', limit: workingDays(1) }],
    limits: { ...base.limits, HELP: workingDays(4) },
  };
  const theirs: Content = {
    ...base,
    reopenWithinDays: 10,
    superviseWorkingDays: 4,
    categories: [{ category: 'heat', limit: workingDays(2) }],
    limits: { ...base.limits, COMPLAINT: workingDays(3) },
  };
  const carried = carriedOver(base, mine, theirs);
  expect(carried).toMatchObject({
    ...{ reopenWithinDays: 20, superviseWorkingDays: 4 },
    limits: { HELP: { amount: 4 }, COMPLAINT: { amount: 3 }, REPORT: { amount: 5 } },
    categories: [{ category: 'heat' }, { category: 'gas' }],
  });
});

test('a category that one has taken out is out, unless the other has written it anew', () => {
  const gas = { category: 'gas', limit: workingDays(1) };
  const from = { ...base, categories: [gas] };
  expect(carriedOver(from, { ...from, categories: [] }, from).categories).toEqual([]);
  expect(carriedOver(from, from, { ...from, categories: [] }).categories).toEqual([]);
  const other = { category: 'gas', limit: workingDays(2) };
  expect(carriedOver(from, { ...from, categories: [other] }, { ...from, categories: [] }).categories).toEqual(
    [other],
  );
});

test('every line of his stands as he wrote it, and every other as they left it', () => {
  fc.assert(
    fc.property(written, written, written, (from, mine, theirs) => {
      const carried = carriedOver(from, mine, theirs);
      const own = changedLines(from, mine);
      for (const line of linesOf(mine, carried)) expect(own.has(line)).toBe(false);
      for (const line of linesOf(theirs, carried)) expect(own.has(line)).toBe(true);
    }),
  );
});

test('who changed nothing takes what the others made; where nobody else did, his own is as he wrote it', () => {
  fc.assert(
    fc.property(written, written, (from, other) => {
      expect(linesOf(other, carriedOver(from, from, other))).toEqual([]);
      expect(linesOf(other, carriedOver(from, other, from))).toEqual([]);
    }),
  );
});

test('a draft is begun on the set that it was copied from where that waits for its day, else on the one in force', () => {
  const set = (number: number, state: LimitSet['state']) => ({ number, state }) as LimitSet;
  expect(baseOf(set(3, 'approved'), 3)).toBe(3);
  // The newest waits: what is copied from the one in force does not know it.
  expect(baseOf(set(5, 'proposed'), 3)).toBe(5);
  expect(baseOf(set(5, 'withdrawing'), 3)).toBe(5);
  expect(baseOf(set(4, 'rejected'), 3)).toBe(3);
  expect(baseOf(set(4, 'withdrawn'), 3)).toBe(3);
  expect(baseOf(set(2, 'approved'), 3)).toBe(3);
  expect(baseOf({ code: 'jiangsu-3-5', content: base } as LimitPreset, 3)).toBe(3);
});
