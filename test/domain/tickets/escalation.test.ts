import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { callsSomebody } from '../../../src/domain/tickets/deadline-firing.ts';
import { comingStep, escalationStep, type PressedTicket } from '../../../src/domain/tickets/escalation.ts';
import { CIRCULATED_STATES } from '../../../src/domain/tickets/supervision.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';
import { URGE_PAUSE_MS } from '../../../src/domain/tickets/urging.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [2026], days: [], periods: null });
const at = (local: string) => Date.parse(`${local}+08:00`);
const MINUTE = 60_000;
const RULES = {
  urgeAtPercent: 100,
  superviseAfter: {
    normal: { unit: 'workingDays', amount: 2 },
    urgent: { unit: 'minutes', amount: 60 },
  },
} as const;
/** Over on a Thursday evening. */
const DUE = at('2026-11-26T18:00:00');
const TICKET: PressedTicket = {
  ...{
    ticketId: 't',
    state: 'handling',
    urgency: 'normal',
    unitCode: 'lighting',
    acceptedAt: 0,
    daySeconds: null,
  },
  ...{ dueAt: DUE, warnedAt: at('2026-11-25T15:00:00'), urgedAt: [], progressAt: null, ordered: false },
};
const stepOf = (
  over: Partial<PressedTicket>,
  now: number,
  rules: Parameters<typeof escalationStep>[1] = RULES,
) => escalationStep({ ...TICKET, ...over }, rules, calendar, now);

test('urged when its time is over, ordered two working days after that when nothing was done, once', () => {
  expect(stepOf({}, DUE - 1)).toBeNull();
  expect(stepOf({}, DUE)).toBe('urge');
  const urged = { urgedAt: [DUE] };
  expect(stepOf(urged, DUE + MINUTE)).toBeNull();
  // Friday and Monday: to the close of the second.
  expect(stepOf(urged, at('2026-11-30T18:00:00'))).toBeNull();
  expect(stepOf(urged, at('2026-11-30T18:00:00') + 1)).toBe('order');
  expect(stepOf({ ...urged, ordered: true }, at('2027-03-01T09:00:00'))).toBeNull();
});

test('the next step is known ahead, and is due from that instant on and not before', () => {
  const ordered = at('2026-11-30T18:00:00') + 1;
  expect(comingStep(TICKET, RULES, calendar)).toEqual({ step: 'urge', at: DUE });
  expect(comingStep({ ...TICKET, urgedAt: [DUE] }, RULES, calendar)).toEqual({ step: 'order', at: ordered });
  expect(comingStep({ ...TICKET, urgedAt: [DUE], state: 'reportedDone' }, RULES, calendar)).toBeNull();
  const byHand = { urgeAtPercent: null, superviseAfter: { normal: null, urgent: null } };
  expect(comingStep(TICKET, byHand, calendar)).toBeNull();
});

test('what the unit does gives it time again; an order is never the first word, however late the worker comes', () => {
  const progressAt = at('2026-11-27T11:00:00');
  const worked = { urgedAt: [DUE], progressAt };
  expect(stepOf(worked, at('2026-11-30T18:00:01'))).toBeNull();
  // Friday does not count: Monday and Tuesday.
  expect(stepOf(worked, at('2026-12-01T18:00:01'))).toBe('order');
  const aWeekLater = at('2026-12-03T10:00:00');
  expect(stepOf({}, aWeekLater)).toBe('urge');
  expect(stepOf({ urgedAt: [aWeekLater] }, aWeekLater + MINUTE)).toBeNull();
  expect(stepOf({ urgedAt: [aWeekLater] }, at('2026-12-07T18:00:01'))).toBe('order');
});

test('a person who urged it shortly before has urged it; one who did days ago has not', () => {
  expect(stepOf({ urgedAt: [DUE - URGE_PAUSE_MS + 1] }, DUE)).toBeNull();
  expect(stepOf({ urgedAt: [DUE - URGE_PAUSE_MS] }, DUE)).toBe('urge');
  // The order's time runs from the end of the unit's, not from the urge before it.
  expect(stepOf({ urgedAt: [DUE - MINUTE] }, at('2026-11-30T18:00:01'))).toBe('order');
});

test('where the rule says so it is urged before its time is over, and ordered only after that', () => {
  const rules = { ...RULES, urgeAtPercent: 80 } as const;
  const warnedAt = TICKET.warnedAt ?? expect.fail();
  expect(stepOf({}, warnedAt - 1, rules)).toBeNull();
  expect(stepOf({}, warnedAt, rules)).toBe('urge');
  const urged = { urgedAt: [warnedAt] };
  expect(stepOf(urged, DUE, rules)).toBeNull();
  expect(stepOf(urged, at('2026-11-30T18:00:01'), rules)).toBe('order');
  // A limit so short that it has no such mark.
  expect(stepOf({ warnedAt: null }, DUE - 1, rules)).toBeNull();
  expect(stepOf({ warnedAt: null }, DUE, rules)).toBe('urge');
});

test('what is urgent is ordered within the hour; a county may leave either to its people', () => {
  const urgent = { urgency: 'urgent', urgedAt: [DUE] } as const;
  expect(stepOf(urgent, DUE + 60 * MINUTE)).toBeNull();
  expect(stepOf(urgent, DUE + 60 * MINUTE + 1)).toBe('order');
  const byHand = { ...RULES, urgeAtPercent: null };
  expect(stepOf({}, DUE, byHand)).toBeNull();
  expect(stepOf({}, at('2026-11-30T18:00:01'), byHand)).toBe('order');
  const never = { ...RULES, superviseAfter: { normal: null, urgent: null } };
  expect(stepOf({}, DUE, never)).toBe('urge');
  expect(stepOf({ urgedAt: [DUE] }, at('2027-11-30T18:00:01'), never)).toBeNull();
});

test('only a unit that has the work in hand: not while a return is judged, on the books, reported, or with nobody', () => {
  for (const state of TICKET_STATES) {
    const has = CIRCULATED_STATES.some((one) => one === state);
    expect(stepOf({ state }, DUE), state).toBe(has ? 'urge' : null);
  }
  expect(stepOf({ unitCode: null }, DUE)).toBeNull();
});

test('a unit whose steps are taken as they come is urged once and ordered once, never before it was urged', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(80, 100, null),
      fc.constantFrom('normal', 'urgent'),
      fc.array(fc.integer({ min: 0, max: 20 * 24 * 60 }), { maxLength: 40 }),
      fc.array(fc.integer({ min: 0, max: 20 * 24 * 60 }), { maxLength: 4 }),
      (urgeAtPercent, urgency, looks, works) => {
        let ticket: PressedTicket = { ...TICKET, urgency };
        const taken: string[] = [];
        const start = TICKET.warnedAt ?? 0;
        for (const look of [...looks].sort((one, other) => one - other)) {
          const now = start + look * MINUTE;
          const worked = works.map((work) => start + work * MINUTE).filter((work) => work <= now);
          ticket = { ...ticket, progressAt: worked.length === 0 ? null : Math.max(...worked) };
          const step = escalationStep(ticket, { ...RULES, urgeAtPercent }, calendar, now);
          if (step === null) continue;
          taken.push(step);
          if (step === 'urge') ticket = { ...ticket, urgedAt: [...ticket.urgedAt, now] };
          else {
            expect(now).toBeGreaterThan(DUE);
            ticket = { ...ticket, ordered: true };
          }
        }
        const whole = urgeAtPercent === null ? ['order'] : ['urge', 'order'];
        expect(taken).toEqual(whole.slice(0, taken.length));
      },
    ),
  );
});

test('a mark that fires brings an urge where the limits say so, and nothing else of the unit’s clock does', () => {
  const unit = (level: number) =>
    ({ clock: 'unit', kind: level === 100 ? 'overdue' : 'warning', level }) as const;
  for (const urgeAtPercent of [80, 100, null] as const) {
    expect([50, 80, 100].filter((level) => callsSomebody(unit(level), { urgeAtPercent }) === 'urge')).toEqual(
      urgeAtPercent === null ? [] : [urgeAtPercent],
    );
    const citizen = { clock: 'citizen', kind: 'overdue', level: 100 } as const;
    expect(callsSomebody(citizen, { urgeAtPercent })).toBeNull();
    for (const kind of ['adjudicate', 'recheck'] as const) {
      const lies = { clock: 'stage', kind, level: 100 } as const;
      expect(callsSomebody(lies, { urgeAtPercent })).toBe('alarm');
      expect(callsSomebody({ ...lies, level: 80 }, { urgeAtPercent })).toBeNull();
    }
  }
});
