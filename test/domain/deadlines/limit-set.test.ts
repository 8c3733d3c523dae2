import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideLimitMove,
  LIMIT_DECISIONS,
  type LIMIT_STATES,
} from '../../../src/domain/deadlines/limit-life.ts';
import {
  citizenLimitChanges,
  keptContent,
  limitFaults,
  limitSetOf,
  limitsAt,
  type StoredLimits,
  sourceOf,
  ticketLimit,
} from '../../../src/domain/deadlines/limit-set.ts';
import { PRESETS, type Preset, presetOf } from '../../../src/domain/deadlines/presets.ts';
import { presetLimits } from './usual-limits.ts';

const ticket = { type: 'HELP', urgency: 'normal', categoryCode: 'urban', extendedBy: 0 } as const;

test('each preset can be used, and says what it rests on', () => {
  expect(PRESETS.map(({ code }) => code)).toEqual([
    'jiangsu-3-5',
    'shanghai-1-3-5-15',
    'beijing-2h-24h-7d-15d',
    'bureau-same-3-13',
  ]);
  for (const preset of PRESETS) {
    expect(limitFaults(preset)).toEqual([]);
    expect(preset.basis).not.toBe('');
  }
  expect(sourceOf(presetLimits(), 3)).toBe(
    '江苏：咨询3个工作日，其他5个工作日（江苏省12345，2022-02-07；时限第 1 版；含批准延长 3）',
  );
});

/** Figure by figure as the table of limits has them, each with what it rests on. */
const FIGURES = [
  // 江苏 2022-02-07: 咨询 3, 其他 5 working days.
  ['jiangsu-3-5', 'ENQUIRY', 'workingDays', 3],
  ['jiangsu-3-5', 'HELP', 'workingDays', 5],
  ['jiangsu-3-5', 'COMPLAINT', 'workingDays', 5],
  ['jiangsu-3-5', 'REPORT', 'workingDays', 5],
  ['jiangsu-3-5', 'SUGGESTION', 'workingDays', 5],
  // 上海: 咨询 1; 求助、投诉、举报、建议 5; complex ones 15 after approval.
  ['shanghai-1-3-5-15', 'ENQUIRY', 'workingDays', 1],
  ['shanghai-1-3-5-15', 'HELP', 'workingDays', 5],
  ['shanghai-1-3-5-15', 'COMPLAINT', 'workingDays', 5],
  ['shanghai-1-3-5-15', 'REPORT', 'workingDays', 5],
  ['shanghai-1-3-5-15', 'SUGGESTION', 'workingDays', 5],
  // 北京 12345 服务规范（征求意见稿）2021-12-28: 7 days, complex ones 15.
  ['beijing-2h-24h-7d-15d', 'ENQUIRY', 'calendarDays', 7],
  ['beijing-2h-24h-7d-15d', 'HELP', 'calendarDays', 7],
  ['beijing-2h-24h-7d-15d', 'COMPLAINT', 'calendarDays', 7],
  ['beijing-2h-24h-7d-15d', 'REPORT', 'calendarDays', 7],
  ['beijing-2h-24h-7d-15d', 'SUGGESTION', 'calendarDays', 7],
  // 徐州市住房和城乡建设局: 咨询、求助 3; 建议、投诉、举报 13.
  ['bureau-same-3-13', 'ENQUIRY', 'workingDays', 3],
  ['bureau-same-3-13', 'HELP', 'workingDays', 3],
  ['bureau-same-3-13', 'COMPLAINT', 'workingDays', 13],
  ['bureau-same-3-13', 'REPORT', 'workingDays', 13],
  ['bureau-same-3-13', 'SUGGESTION', 'workingDays', 13],
] as const;
test.each(FIGURES)('%s: %s in %s %i', (code, type, unit, amount) => {
  expect(presetOf(code)?.limits[type]).toEqual({ unit, amount });
});

test('what presets have in common, and what each has of its own, is as its source says', () => {
  const of = (code: string) => presetOf(code) ?? expect.fail(code);
  const most = (code: string) => of(code).limits.HELP.amount + of(code).extension.longest;
  // 上海 15 working days, 北京 15 days, both after approval.
  expect([most('shanghai-1-3-5-15'), most('beijing-2h-24h-7d-15d')]).toEqual([15, 15]);
  // 北京: life and property in 2 hours; water, power, gas and heat in 24, with all below them.
  expect(of('beijing-2h-24h-7d-15d').urgent).toEqual({ unit: 'hours', amount: 2 });
  for (const category of ['utilities.water', 'utilities.power.outage', 'utilities.gas', 'utilities.heat']) {
    const asked = { ...ticket, categoryCode: category };
    expect(ticketLimit(presetLimits('beijing-2h-24h-7d-15d'), asked)).toEqual({ unit: 'hours', amount: 24 });
  }
  expect(
    ticketLimit(presetLimits('beijing-2h-24h-7d-15d'), { ...ticket, categoryCode: 'utilities.post' }),
  ).toEqual({ unit: 'calendarDays', amount: 7 });
  // 部门: what is urgent on the day itself; granted more time, it is so many working days more.
  const bureau = presetLimits('bureau-same-3-13');
  const urgent = { ...ticket, urgency: 'urgent' } as const;
  expect(ticketLimit(bureau, urgent)).toEqual({ unit: 'closeOfWorkingDay', amount: 1 });
  expect(ticketLimit(bureau, { ...urgent, extendedBy: 2 })).toEqual({ unit: 'closeOfWorkingDay', amount: 3 });
  for (const preset of PRESETS) {
    const { stages, superviseWorkingDays, extension, reopenWithinDays, archiveAfterDays } = preset;
    // Overdue for more than 5 working days: a circular (bureaus).
    expect(preset.circularAfterWorkingDays).toBe(5);
    // 催办 when the time is over, in writing two working days later (what endangers life in an hour), then 通报.
    expect(preset.urgeAtPercent).toBe(100);
    expect(preset.superviseAfter).toEqual({
      normal: { unit: 'workingDays', amount: 2 },
      urgent: { unit: 'minutes', amount: 60 },
    });
    // Signed for in 2 working hours, urgent in 15 minutes; an emergency has word in 2 hours (RD-19).
    expect(stages.sign).toEqual({
      normal: { unit: 'workingMinutes', amount: 120 },
      urgent: { unit: 'minutes', amount: 15 },
    });
    expect(stages.contact.urgent).toEqual({ unit: 'minutes', amount: 120 });
    // A unit has it in half an hour (JY-09); the visit is on the next working day (JY-09).
    expect(stages.dispatch.normal).toEqual({ unit: 'minutes', amount: 30 });
    expect(stages.visit.normal).toEqual({ unit: 'workingDays', amount: 1 });
    // 上海: what is supervised or verified again has 3 working days.
    expect(superviseWorkingDays).toBe(3);
    // Asked for a working day before the time is over, once (bureaus).
    expect(extension).toMatchObject({ times: 1, askWorkingDaysBefore: 1 });
    expect(archiveAfterDays).toBeGreaterThanOrEqual(reopenWithinDays);
  }
  // Within a working day; the bureaus on the day itself (威海).
  expect(of('jiangsu-3-5').stages.contact.normal).toEqual({ unit: 'workingDays', amount: 1 });
  expect(of('bureau-same-3-13').stages.contact.normal).toEqual({ unit: 'workingDays', amount: 0 });
});

test('the archive never takes what may still be reopened, in limits that a county wrote before there was one', () => {
  const base = presetOf('jiangsu-3-5') ?? expect.fail();
  const stored = (content: StoredLimits) => limitSetOf({ number: 2, validFrom: 0, content }, base);
  expect(stored({ reopenWithinDays: 60 }).archiveAfterDays).toBe(60);
  expect(stored({ reopenWithinDays: 7 }).archiveAfterDays).toBe(30);
  expect(stored({ reopenWithinDays: 60, archiveAfterDays: 90 }).archiveAfterDays).toBe(90);
  expect(limitFaults({ ...base, archiveAfterDays: 14 })).toEqual([
    { field: 'archiveAfterDays', why: 'orderless' },
  ]);
  expect(limitFaults({ ...base, archiveAfterDays: 0 })).toEqual([
    { field: 'archiveAfterDays', why: 'range' },
  ]);
});

test('the order comes before the circular, in limits that a county wrote before units were urged by the program', () => {
  const base = presetOf('jiangsu-3-5') ?? expect.fail();
  const stored = (content: StoredLimits) => limitSetOf({ number: 2, validFrom: 0, content }, base);
  const days = (amount: number) => ({ unit: 'workingDays', amount }) as const;
  expect(stored({})).toMatchObject({ urgeAtPercent: 100, superviseAfter: { normal: days(2) } });
  for (const [circularAfterWorkingDays, amount] of [
    [1, 0],
    [2, 1],
    [5, 2],
    [null, 2],
  ] as const) {
    const set = stored({ circularAfterWorkingDays });
    expect(set.superviseAfter.normal).toEqual(days(amount));
    expect(limitFaults(set)).toEqual([]);
  }
  const { urgent } = base.superviseAfter;
  // What a county says itself is not mended for it, it is refused.
  expect(limitFaults(stored({ superviseAfter: { normal: days(5), urgent } }))).toEqual([
    { field: 'superviseAfter.normal', why: 'orderless' },
  ]);
  expect(limitFaults(stored({ superviseAfter: { normal: days(61), urgent: null } }))).toEqual([
    { field: 'superviseAfter.normal', why: 'range' },
    { field: 'superviseAfter.urgent', why: 'urgentSlower' },
  ]);
  expect(limitFaults({ ...base, urgeAtPercent: 50 as 80 })).toEqual([
    { field: 'urgeAtPercent', why: 'range' },
  ]);
  expect(
    limitFaults(stored({ urgeAtPercent: null, superviseAfter: { normal: null, urgent: null } })),
  ).toEqual([]);
});

test('the urgent lane goes before the category, the nearest category before the type', () => {
  const water = { unit: 'hours', amount: 24 } as const;
  const pipes = { unit: 'hours', amount: 8 } as const;
  const set = {
    ...presetLimits('beijing-2h-24h-7d-15d'),
    categories: [
      { category: 'water', limit: water },
      { category: 'water.pipes', limit: pipes },
    ],
  };
  expect(ticketLimit(set, ticket)).toEqual({ unit: 'calendarDays', amount: 7 });
  expect(ticketLimit(set, { ...ticket, categoryCode: 'water.bills' })).toEqual(water);
  expect(ticketLimit(set, { ...ticket, categoryCode: 'water.pipes.burst' })).toEqual(pipes);
  // Not by its first letters: another category.
  expect(ticketLimit(set, { ...ticket, categoryCode: 'waterways' })).toEqual({
    unit: 'calendarDays',
    amount: 7,
  });
  expect(ticketLimit(set, { ...ticket, urgency: 'urgent' })).toEqual({ unit: 'hours', amount: 2 });
  expect(ticketLimit(set, { ...ticket, extendedBy: 8 })).toEqual({ unit: 'calendarDays', amount: 15 });
});

test('in force is the latest that has begun; what begins later changes nothing before', () => {
  const base = presetOf('jiangsu-3-5');
  if (base === null) throw new Error('no preset');
  const of = (number: number, validFrom: number) => limitSetOf({ number, validFrom, content: {} }, base);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 8 }),
      fc.integer({ min: 0, max: 60 }),
      (starts, at) => {
        const sets = [of(1, 0), ...starts.map((from, nth) => of(nth + 2, from))];
        const found = limitsAt(sets, at);
        expect(found.validFrom).toBeLessThanOrEqual(at);
        const later = sets.filter(
          ({ validFrom, number }) =>
            validFrom <= at &&
            (validFrom > found.validFrom || (validFrom === found.validFrom && number > found.number)),
        );
        expect(later).toEqual([]);
        expect(limitsAt([...sets, of(99, at + 1)], at)).toEqual(found);
        expect(limitsAt([...sets].reverse(), at)).toEqual(found);
      },
    ),
  );
});

test('what a county left out is as in the preset, also what its release did not know', () => {
  const base = presetOf('shanghai-1-3-5-15');
  if (base === null) throw new Error('no preset');
  const set = limitSetOf(
    { number: 4, validFrom: 0, content: { limits: { HELP: { unit: 'workingDays', amount: 4 } } } },
    base,
  );
  expect(set.limits).toEqual({ ...base.limits, HELP: { unit: 'workingDays', amount: 4 } });
  expect(set.stages).toEqual(base.stages);
  expect(set.extension).toEqual(base.extension);
  expect(set.code).toBe('local-4');
});

test('what was chosen from a preset is kept whole: what another release brings under its name changes nothing of it', () => {
  for (const base of PRESETS) {
    const chosen = limitSetOf({ number: 3, validFrom: 7, content: {} }, base);
    // Through the database, and over a preset of which everything is otherwise.
    const kept = JSON.parse(JSON.stringify(keptContent(chosen))) as StoredLimits;
    const later: Preset = {
      ...{ ...base, code: base.code, name: '别的', basis: '别的', urgent: { unit: 'hours', amount: 1 } },
      ...{ categories: [], superviseWorkingDays: 9, circularAfterWorkingDays: null, archiveAfterDays: 99 },
      limits: { ...base.limits, HELP: { unit: 'hours', amount: 1 } },
      stages: { ...base.stages, contact: { normal: null, urgent: null } },
    };
    expect(limitSetOf({ number: 3, validFrom: 7, content: kept }, later)).toEqual(chosen);
  }
});

test('limits that cannot be are named, each where it stands', () => {
  const set = presetLimits();
  expect(
    limitFaults({
      ...set,
      limits: { ...set.limits, HELP: { unit: 'workingDays', amount: 0 } },
      categories: [
        { category: 'water', limit: { unit: 'hours', amount: 24 } },
        { category: 'water', limit: { unit: 'hours', amount: 9000 } },
      ],
      stages: {
        ...set.stages,
        sign: { normal: { unit: 'minutes', amount: 10 }, urgent: { unit: 'minutes', amount: 15 } },
        visit: { normal: { unit: 'workingDays', amount: 1 }, urgent: null },
      },
      urgent: { unit: 'closeOfWorkingDay', amount: 0 },
      circularAfterWorkingDays: 0,
      reopenWithinDays: 0,
    }),
  ).toEqual([
    { field: 'limits.HELP', why: 'range' },
    { field: 'urgent', why: 'range' },
    { field: 'categories.water', why: 'range' },
    { field: 'categories.water', why: 'twice' },
    { field: 'stages.sign.urgent', why: 'urgentSlower' },
    { field: 'stages.visit.urgent', why: 'urgentSlower' },
    { field: 'circularAfterWorkingDays', why: 'range' },
    { field: 'reopenWithinDays', why: 'range' },
  ]);
});

test('what is urgent has no longer than what is not, where both are counted alike', () => {
  const set = presetLimits();
  const urgent = (amount: number) => limitFaults({ ...set, urgent: { unit: 'workingDays', amount } });
  expect(urgent(3)).toEqual([]);
  // Longer than an enquiry has.
  expect(urgent(4)).toEqual([{ field: 'urgent', why: 'urgentSlower' }]);
  expect(limitFaults({ ...set, urgent: { unit: 'hours', amount: 90 } })).toEqual([]);
});

test('a second person is asked for what citizens are promised, and not for the stages', () => {
  const set = presetLimits();
  const day = { unit: 'workingDays', amount: 2 } as const;
  expect(citizenLimitChanges(set, set)).toEqual([]);
  expect(
    citizenLimitChanges(set, { ...set, stages: { ...set.stages, contact: { normal: day, urgent: null } } }),
  ).toEqual([]);
  // Members of what comes out of the database stand in another order.
  expect(
    citizenLimitChanges(set, { ...set, limits: { ...set.limits, HELP: { amount: 5, unit: 'workingDays' } } }),
  ).toEqual([]);
  expect(
    citizenLimitChanges(set, {
      ...set,
      limits: { ...set.limits, HELP: day },
      urgent: { unit: 'hours', amount: 2 },
    }),
  ).toEqual(['limits.HELP', 'urgent']);
});

test('who proposed limits does not approve them, what is decided is decided, and what is in force is kept', () => {
  const at = (
    move: (typeof LIMIT_DECISIONS)[number],
    state: (typeof LIMIT_STATES)[number],
    actor: string,
    now = 5,
    decidedBy: string | null = 'you',
  ) => decideLimitMove(move, { state, validFrom: 10, proposedBy: 'me', decidedBy }, actor, now);
  expect(at('approve', 'proposed', 'me')).toEqual({ refusal: 'limits.ownWork' });
  expect(at('reject', 'proposed', 'me')).toEqual({ refusal: 'limits.ownWork' });
  expect(at('approve', 'proposed', 'you')).toEqual({ to: 'approved' });
  expect(at('reject', 'proposed', 'you')).toEqual({ to: 'rejected' });
  expect(at('withdraw', 'proposed', 'me')).toEqual({ to: 'withdrawn' });
  expect(at('withdraw', 'approved', 'me', 10)).toEqual({ refusal: 'limits.inForce' });
  // Two agreed to it: two take it back.
  expect(at('withdraw', 'approved', 'me', 9)).toEqual({ to: 'withdrawing' });
  expect(at('withdraw', 'withdrawing', 'me', 9, 'me')).toEqual({ refusal: 'limits.ownWork' });
  expect(at('withdraw', 'withdrawing', 'you', 9, 'me')).toEqual({ to: 'withdrawn' });
  expect(at('withdraw', 'withdrawing', 'you', 10, 'me')).toEqual({ refusal: 'limits.inForce' });
  expect(at('keep', 'withdrawing', 'you', 11, 'me')).toEqual({ to: 'approved' });
  // One enacted it, since it changes nothing for citizens.
  expect(at('withdraw', 'approved', 'me', 9, 'me')).toEqual({ to: 'withdrawn' });
  for (const state of ['rejected', 'withdrawn'] as const) {
    for (const move of LIMIT_DECISIONS) {
      expect(at(move, state, 'you')).toEqual({ refusal: 'limits.moveImpossible' });
    }
  }
});
