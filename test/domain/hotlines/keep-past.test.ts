import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addCalendarMonths } from '../../../src/domain/hotlines/local-date.ts';
import { keepPast } from '../../../src/domain/hotlines/register/keep-past.ts';
import { addDays, isInForce, overlap } from '../../../src/domain/hotlines/register/period.ts';
import { totalsAt } from '../../../src/domain/hotlines/register/totals-at.ts';
import { rollBack, type Temporary } from '../../../src/domain/hotlines/versions/going-back.ts';
import { publish, ratedChanges } from '../../../src/domain/hotlines/versions/publishing.ts';
import type { RuleLine, RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import {
  beginDraft,
  editDraft,
  foundVersion,
  type RuleVersion,
  type VersionDecision,
} from '../../../src/domain/hotlines/versions/version.ts';
import { changing, line, orderlyRules, RULES, withLines } from './rule-sets.ts';

// What was so stays so (A9): the totals of a day do not change when somebody changes the register later.

const DAY = '2026-11-25';
const noon = (day: string): number => Date.parse(`${day}T12:00:00+08:00`);
const spans = (lines: readonly RuleLine[], number: string): string[] =>
  lines
    .filter((one) => one.number === number)
    .map(({ validFrom, validTo, mode }) => `${validFrom}..${validTo ?? ''} ${mode}`);
const kept = (after: RuleSet, number: string, firstDays = {}): string[] =>
  spans(keepPast(RULES.lines, after.lines, DAY, firstDays), number);

test.each<[string, RuleSet, string, string[]]>([
  [
    'another mode begins on the day, and the old one ends the day before',
    changing('12319', { mode: 'DEDICATED', queue: 'desk-12369' }),
    '12319',
    ['2020-04-28..2026-11-24 FORWARD', '2026-11-25.. DEDICATED'],
  ],
  [
    'one that was begun in a draft before begins on the day as well',
    {
      ...RULES,
      lines: [
        ...RULES.lines.filter(({ number }) => number !== '12319'),
        line('12319', 'FORWARD', { validTo: '2026-11-19' }),
        line('12319', 'TRANSITION', { validFrom: '2026-11-20', validTo: '2027-02-20' }),
      ],
    },
    '12319',
    ['2020-04-28..2026-11-24 FORWARD', `2026-11-25..${addCalendarMonths(DAY, 3)} TRANSITION`],
  ],
  [
    'what is taken out ends',
    { ...RULES, lines: RULES.lines.filter(({ number }) => number !== '12319') },
    '12319',
    ['2020-04-28..2026-11-24 FORWARD'],
  ],
  [
    'a new number was not there before',
    withLines(line('12320', 'FORWARD')),
    '12320',
    ['2026-11-25.. FORWARD'],
  ],
  [
    'a name is corrected for the whole period',
    changing('12319', { name: '城管' }),
    '12319',
    ['2020-04-28.. FORWARD'],
  ],
])('%s', (_what, after, number, expected) => {
  expect(kept(after, number)).toEqual(expected);
});

test('who names an earlier first day rewrites the past from there on', () => {
  const after = changing('12319', { mode: 'MERGED' });
  expect(kept(after, '12319', { '12319': '2020-04-28' })).toEqual(['2020-04-28.. MERGED']);
  expect(kept(after, '12319', { '12319': '2026-01-01' })).toEqual([
    '2020-04-28..2025-12-31 FORWARD',
    '2026-01-01.. MERGED',
  ]);
});

const days = fc.integer({ min: 0, max: 2_500 }).map((n) => addDays('2020-01-01', n));

test('whatever is changed, no earlier day is; from the day on all is as it was meant', () => {
  fc.assert(
    fc.property(orderlyRules, orderlyRules, days, days, (before, after, day, other) => {
      const lines = keepPast(before.lines, after.lines, day);
      const [earlier, later] = other < day ? [other, day] : [addDays(day, -1), other];
      const { ahead: _ahead, ...was } = totalsAt(before.lines, earlier);
      expect(totalsAt(lines, earlier)).toMatchObject(was);
      const modes = (some: readonly RuleLine[], at: string): string[] =>
        some
          .filter((one) => isInForce(one, at))
          .map(({ number, mode, queue }) => `${number} ${mode} ${queue}`);
      expect(
        modes(lines, earlier)
          .map((one) => one.replace(/ \S+$/, ''))
          .sort(),
      ).toEqual(
        modes(before.lines, earlier)
          .map((one) => one.replace(/ \S+$/, ''))
          .sort(),
      );
      // A transition that begins later than it was written may end later too: on its own days it is what it was.
      const wanted = modes(after.lines, later);
      expect(modes(lines, later)).toEqual(expect.arrayContaining(wanted));
      expect(keepPast(before.lines, lines, day)).toEqual(lines);
      for (const [at, one] of lines.entries()) {
        for (const two of lines.slice(at + 1))
          expect(one.number === two.number && overlap(one, two)).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

const OPERATOR = { id: 'chen', roles: ['operator'] as const };
const SYSTEM = { id: 'system', roles: ['system'] as const };
const on = (day: string, current: RuleVersion | null, actor: typeof OPERATOR | typeof SYSTEM = OPERATOR) => ({
  actor,
  now: noon(day),
  reason: '演练',
  current,
  lintErrors: [],
  listed: [],
  workingHours: false,
});
function moved(decision: VersionDecision): RuleVersion {
  if (decision.kind === 'refused') throw new Error(decision.refusal.code);
  return decision.version;
}
const first = moved(
  foundVersion({ id: 'v1', number: 1, title: '' }, RULES, { actor: SYSTEM, now: noon('2026-01-01') }),
);
/** As it would go out on a later day than it was written on. */
function outOn(
  day: string,
  rules: RuleSet,
  base: RuleVersion,
  firstDays = {},
  more: Partial<RuleVersion> = {},
): RuleVersion {
  const as = { id: `v-${day}-${base.id}`, number: 2, title: '' };
  const draft = moved(beginDraft(as, base, on('2026-11-20', base)));
  const edited = moved(editDraft(draft, { begun: draft, rules, firstDays }, on('2026-11-20', base)));
  const ready: RuleVersion = {
    ...edited,
    state: 'scheduled',
    approvals: [
      { by: 'wu', at: 1 },
      { by: 'xu', at: 1 },
    ],
    ...more,
  };
  const result = publish(ready, { ...on(day, base, SYSTEM), current: base, undone: null });
  if (result.kind === 'refused') throw new Error(result.refusal.code);
  return result.version;
}

test('a draft that goes out days after it was written begins on that day', () => {
  const version = outOn(DAY, changing('12319', { mode: 'MERGED' }), first);
  expect(spans(version.rules.lines, '12319')).toEqual([
    '2020-04-28..2026-11-24 FORWARD',
    '2026-11-25.. MERGED',
  ]);
  for (const day of ['2020-05-01', '2026-11-20', '2026-11-24']) {
    expect(totalsAt(version.rules.lines, day)).toEqual(totalsAt(RULES.lines, day));
  }
});

test('rewriting the past and ending a number are risky, and said to be', () => {
  const risksOf = (rules: RuleSet, firstDays = {}) => {
    const draft = moved(beginDraft({ id: 'v2', number: 2, title: '' }, first, on(DAY, first)));
    const edited = moved(editDraft(draft, { begun: draft, rules, firstDays }, on(DAY, first)));
    return [...new Set(ratedChanges(edited, on(DAY, first)).flatMap(({ risks }) => risks))];
  };
  const dedicated = changing('12319', { mode: 'DEDICATED', queue: 'desk-12369' });
  expect(risksOf(dedicated)).toEqual([]);
  expect(risksOf(dedicated, { '12319': '2020-04-28' })).toEqual(['past.rewritten']);
  expect(risksOf({ ...RULES, lines: RULES.lines.filter(({ number }) => number !== '12319') })).toEqual([
    'line.removed',
  ]);
  expect(risksOf(changing('12345', { greeting: 'greeting-spring' }))).toEqual(['main.greeting']);
  expect(risksOf(changing('12319', { greeting: 'greeting-spring' }))).toEqual([]);
});

test('going back later leaves on record what was in force meanwhile; a rewritten past is undone with it', () => {
  const merged = outOn('2026-11-20', changing('12319', { mode: 'MERGED' }), first);
  const back = moved(rollBack({ id: 'v3', number: 3, title: '' }, first, merged, on(DAY, merged)));
  const out = publish(back, { ...on(DAY, merged), current: merged, undone: null });
  if (out.kind === 'refused') throw new Error(out.refusal.code);
  expect(spans(out.version.rules.lines, '12319')).toEqual([
    '2020-04-28..2026-11-19 FORWARD',
    '2026-11-20..2026-11-24 MERGED',
    '2026-11-25.. FORWARD',
  ]);
  expect(
    rollBack({ id: 'v4', number: 4, title: '' }, first, out.version, on(DAY, out.version)),
  ).toMatchObject({
    refusal: { code: 'version.noChange' },
  });

  const rewritten = outOn('2026-11-20', changing('12319', { mode: 'MERGED' }), first, {
    '12319': '2020-04-28',
  });
  const undone = moved(rollBack({ id: 'v3', number: 3, title: '' }, first, rewritten, on(DAY, rewritten)));
  const gone = publish(undone, { ...on(DAY, rewritten), current: rewritten, undone: null });
  expect(gone).toMatchObject({ kind: 'published', version: { rules: { lines: RULES.lines } } });
});

test.each<[string, Partial<RuleVersion>]>([
  ['ended at its time', { state: 'reverted', revertAt: noon('2026-11-22') }],
  ['undone before its time', { state: 'reverted', revertAt: noon('2026-12-22') }],
])(
  'going back to what was built upon a temporary change that was %s brings nothing of it back',
  (_how, over) => {
    const surge = outOn(
      '2026-11-20',
      changing('12369', { queue: 'general' }),
      first,
      {},
      { revertAt: noon('2026-12-22') },
    );
    const built = outOn(
      '2026-11-21',
      {
        ...surge.rules,
        lines: surge.rules.lines.map((one) => (one.number === '12319' ? { ...one, name: '城管' } : one)),
      },
      surge,
    );
    const now = outOn('2026-11-23', RULES, built);
    const temporaries: Temporary[] = [{ version: { ...surge, ...over }, before: RULES }];
    const back = moved(rollBack({ id: 'v9', number: 9, title: '' }, built, now, on(DAY, now), temporaries));
    const lines = new Map(back.rules.lines.map((one) => [one.number, one]));
    expect(lines.get('12369')?.queue).toBe('desk-12369');
    expect(lines.get('12319')?.name).toBe('城管');
  },
);

test('a temporary change that still runs stays in what was built upon it', () => {
  const surge = outOn(
    '2026-11-20',
    changing('12369', { queue: 'general' }),
    first,
    {},
    { revertAt: noon('2026-12-22') },
  );
  const built = outOn(
    '2026-11-21',
    { ...surge.rules, lines: [...surge.rules.lines, line('12320', 'FORWARD')] },
    surge,
  );
  const now = outOn('2026-11-23', RULES, built);
  const temporaries: Temporary[] = [{ version: { ...surge, state: 'superseded' }, before: RULES }];
  const back = moved(rollBack({ id: 'v9', number: 9, title: '' }, built, now, on(DAY, now), temporaries));
  expect(back.rules.lines.find(({ number }) => number === '12369')?.queue).toBe('general');
});
