import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_AREAS, tallyAreas, whereabouts } from '../../../src/domain/reporting/area-tally.ts';

test('the nearer of two that lie in each other is the place; two places are no place', () => {
  expect(whereabouts([])).toEqual({ kind: 'none' });
  expect(whereabouts(['juegang'])).toEqual({ kind: 'area', code: 'juegang' });
  expect(whereabouts(['juegang', 'juegang.yudang', 'juegang'])).toEqual({
    kind: 'area',
    code: 'juegang.yudang',
  });
  expect(whereabouts(['juegang.yudang', 'matang'])).toEqual({ kind: 'several' });
  // Not by its first letters.
  expect(whereabouts(['jue', 'juegang'])).toEqual({ kind: 'several' });
});

test('each appeal stands in one row, whatever the pages: the rows are the total, and a convenience service is in none', () => {
  const ticket = fc.record({
    where: fc.array(fc.constantFrom('a', 'a.b', 'c'), { maxLength: 3 }).map(whereabouts),
    ...{ open: fc.boolean(), overdue: fc.boolean(), reworked: fc.boolean(), isConvenience: fc.boolean() },
  });
  fc.assert(
    fc.property(fc.array(ticket, { maxLength: 40 }), fc.nat(40), (tickets, at) => {
      const whole = tallyAreas(NO_AREAS, tickets);
      expect(tallyAreas(tallyAreas(NO_AREAS, tickets.slice(0, at)), tickets.slice(at))).toEqual(whole);
      const rows = [...whole.areas.values(), whole.several, whole.none];
      for (const of of ['tickets', 'open', 'overdue', 'reworked'] as const) {
        expect(rows.reduce((sum, one) => sum + one[of], 0)).toBe(whole.total[of]);
      }
      const services = tickets.filter(({ isConvenience }) => isConvenience);
      expect(whole.convenience.tickets).toBe(services.length);
      expect(whole.convenience.overdue).toBe(services.filter(({ overdue }) => overdue).length);
      expect(whole.total.tickets).toBe(tickets.length - services.length);
    }),
  );
});
