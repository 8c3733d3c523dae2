import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CatalogueEntry } from '../../../src/domain/dispatch/entry.ts';
import { HALF_LIFE_MS, learn, OUTCOMES } from '../../../src/domain/dispatch/experience.ts';
import { type SuggestionFacts, suggestUnits } from '../../../src/domain/dispatch/suggest.ts';

const NOW = Date.parse('2026-11-25T10:00:00+08:00');
const DAY = 86_400_000;
const entry = (over: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  id: over.leadUnit ?? 'lighting',
  area: '',
  category: 'urban.lighting',
  asset: '',
  leadUnit: 'lighting',
  assistUnits: [],
  validFrom: '2026-01-01',
  validTo: null,
  source: 'catalogue',
  sourceRef: '',
  basis: '权责清单',
  ...over,
});
const NAMES = {
  category: new Map([['urban.lighting', '路灯照明']]),
  area: new Map([['juegang', '掘港街道']]),
  asset: new Map([['lamp', '路灯']]),
  unit: new Map([
    ['lighting', '路灯管理所'],
    ['water', '自来水公司'],
  ]),
};
const facts = (over: Partial<SuggestionFacts> = {}): SuggestionFacts => ({
  names: NAMES,
  matter: { categories: ['urban.lighting', 'urban'], areas: ['juegang'], assets: [] },
  day: '2026-11-25',
  now: NOW,
  entries: [entry(), entry({ category: 'urban', leadUnit: 'urban-management' })],
  experience: [],
  thread: [],
  earlier: [],
  precedents: [],
  returnedBy: [],
  ...over,
});
const units = (over: Partial<SuggestionFacts> = {}) =>
  suggestUnits(facts(over)).map(({ unitCode, points }) => `${unitCode} ${points}`);
const was = (unitCode: string, outcome: (typeof OUTCOMES)[number], daysAgo: number, sameArea = true) => ({
  unitCode,
  outcome,
  at: NOW - daysAgo * DAY,
  sameArea,
});

test('the catalogue says whose it is, each with its reason in words', () => {
  const [first, second] = suggestUnits(facts());
  expect([first?.unitCode, second?.unitCode]).toEqual(['lighting', 'urban-management']);
  expect(first?.reasons).toEqual([
    {
      kind: 'catalogue',
      points: 60,
      ref: 'lighting',
      words: {
        zh: '派单目录：路灯照明、全域自 2026-01-01 起由其主办（权责清单）',
        en: 'The catalogue names it from 2026-01-01 for 路灯照明, any thing, any area',
      },
    },
  ]);
});

test('one granted return does not outweigh the catalogue, two do; the unit that was given it rises', () => {
  const returned = (days: number) => [was('lighting', 'returned', days), was('water', 'adjudicatedTo', days)];
  expect(units({ experience: returned(1) })[0]).toMatch(/^lighting /);
  const twice = suggestUnits(facts({ experience: [...returned(1), ...returned(2)] }));
  expect(twice.map(({ unitCode }) => unitCode)).toEqual(['urban-management', 'water', 'lighting']);
  const again = { experience: [...returned(1), ...returned(2), was('water', 'handled', 1), ...returned(3)] };
  expect(units({ ...again, entries: [entry()] })[0]).toBe('water 35');
  expect(twice[2]?.reasons.map(({ kind, points }) => `${kind} ${points}`)).toEqual([
    'catalogue 60',
    'learned -40',
  ]);
  expect(twice[2]?.reasons[1]?.words.zh).toBe('同类事项：退单成立 2 次，最近 2026-11-24');
});

test('what was learned fades: half after half a year, gone after years; elsewhere it counts half', () => {
  const points = (daysAgo: number, sameArea = true) =>
    learn([was('lighting', 'returned', daysAgo, sameArea)], NOW).get('lighting')?.points;
  expect([points(0), points(HALF_LIFE_MS / DAY), points(0, false)]).toEqual([-20, -10, -10]);
  expect(points(6 * 365)).toBeCloseTo(0);
  expect(learn([was('lighting', 'returned', -1)], NOW).size).toBe(0);
});

test('a decision, a precedent, an own earlier ticket: each a reason of its own', () => {
  const decided = entry({ leadUnit: 'water', source: 'adjudication', sourceRef: 'RDCD1', area: 'juegang' });
  const all = suggestUnits(
    facts({
      entries: [entry(), decided],
      precedents: [
        { number: 'RDCD1', unitCode: 'water', at: NOW - DAY },
        { number: 'RDCD0', unitCode: 'gas', at: NOW - 9 * DAY },
      ],
      earlier: [
        { number: 'RD1', unitCode: 'lighting', at: NOW - 30 * DAY },
        { number: 'RD2', unitCode: 'lighting', at: NOW - 3 * DAY },
      ],
    }),
  );
  expect(all.map(({ unitCode, reasons }) => `${unitCode}: ${reasons.map(({ kind }) => kind)}`)).toEqual([
    'water: catalogue,adjudication',
    'lighting: catalogue,earlier',
    'gas: precedent',
  ]);
  expect(all[1]?.reasons[1]?.ref).toBe('RD2');
});

test('who has returned this ticket is not asked twice, nor as a helper', () => {
  const entries = [entry({ assistUnits: ['water', 'gas'] })];
  expect(units({ entries })).toEqual(['lighting 60', 'gas 10', 'water 10']);
  expect(units({ entries, returnedBy: ['lighting', 'gas'] })).toEqual(['water 10']);
});

test('with nothing to go by nothing is said', () => {
  expect(units({ entries: [] })).toEqual([]);
});

const unit = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const someFacts = fc.record({
  entries: fc.array(
    fc.record({
      leadUnit: unit,
      area: fc.constantFrom('', 'juegang'),
      category: fc.constantFrom('', 'urban', 'urban.lighting'),
    }),
    { maxLength: 6 },
  ),
  experience: fc.array(fc.tuple(unit, fc.constantFrom(...OUTCOMES), fc.integer({ min: 0, max: 900 })), {
    maxLength: 20,
  }),
  returnedBy: fc.uniqueArray(unit, { maxLength: 2 }),
});

test('always three at most, each unit once, in the order of their points, never one that returned it, whatever the order of facts', () => {
  fc.assert(
    fc.property(someFacts, ({ entries, experience, returnedBy }) => {
      const given = facts({
        entries: entries.map((one, index) => entry({ ...one, id: `e${index}` })),
        experience: experience.map(([unitCode, outcome, days]) => was(unitCode, outcome, days)),
        returnedBy,
      });
      const found = suggestUnits(given);
      const codes = found.map(({ unitCode }) => unitCode);
      expect(found.length).toBeLessThanOrEqual(3);
      expect(new Set(codes).size).toBe(codes.length);
      expect(codes.filter((code) => returnedBy.some((one) => one === code))).toEqual([]);
      expect(found.map(({ points }) => points)).toEqual(
        found.map(({ points }) => points).toSorted((a, b) => b - a),
      );
      for (const { points, reasons } of found) {
        expect(reasons.reduce((sum, one) => sum + one.points, 0)).toBe(points);
      }
      const turned = {
        ...given,
        entries: given.entries.toReversed(),
        experience: given.experience.toReversed(),
      };
      expect(suggestUnits(turned).map(({ unitCode }) => unitCode)).toEqual(codes);
    }),
  );
});

test('more returns never raise a unit, more work done never lowers it', () => {
  const points = (given: SuggestionFacts) =>
    suggestUnits({ ...given, entries: [entry()] }).find(({ unitCode }) => unitCode === 'lighting')?.points ??
    0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 8 }), (outcomes) => {
      const before = facts({ experience: outcomes.map((outcome) => was('lighting', outcome, 10)) });
      const more = (outcome: (typeof OUTCOMES)[number]) => ({
        ...before,
        experience: [...before.experience, was('lighting', outcome, 5)],
      });
      expect(points(more('returned'))).toBeLessThanOrEqual(points(before));
      expect(points(more('handled'))).toBeGreaterThanOrEqual(points(before));
    }),
  );
});

test('who handled the same matter before is suggested, whoever brought it forward; a ticket is one reason', () => {
  const at = NOW - 400 * 86_400_000;
  const handled = { number: 'RD20251021-000001', unitCode: 'water', at };
  const [first, second] = suggestUnits(facts({ entries: [], thread: [handled], earlier: [handled] }));
  expect(first).toMatchObject({ unitCode: 'water', reasons: [{ kind: 'thread', ref: handled.number }] });
  expect(first?.reasons).toHaveLength(1);
  expect(second).toBeUndefined();
  // More than the citizen's own of the kind, and no more than what the catalogue says.
  const own = suggestUnits(facts({ entries: [], earlier: [handled] }));
  expect(first?.points).toBeGreaterThan(own[0]?.points ?? 0);
  expect(suggestUnits(facts({ thread: [handled] }))[0]?.unitCode).toBe('lighting');
});
