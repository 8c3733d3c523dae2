import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { decideFiring } from '../../../src/domain/tickets/deadline-firing.ts';
import {
  APPEAL_LENGTHS,
  type Appeal,
  decideOpening,
  ticketNumber,
  tidyAppeal,
} from '../../../src/domain/tickets/opening.ts';
import { type Actor, ROLES, TICKET_TYPE_NAMES, TICKET_TYPES } from '../../../src/domain/tickets/ticket.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { presetLimits } from '../deadlines/usual-limits.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const AGENT: Actor = { accountId: 'a', roles: ['agent'], unitCode: null };
const APPEAL: Appeal = {
  type: 'HELP',
  categoryCode: 'urban',
  title: '',
  content: '路灯不亮',
  place: '',
  confidential: false,
  urgency: 'normal',
  citizenName: '',
  citizenNumber: '',
  unitCode: 'lighting',
};
const NOW = Date.parse('2026-11-23T10:00:00+08:00');

function open(appeal: Partial<Appeal>, actor = AGENT, now = NOW) {
  return decideOpening({
    appeal: { ...APPEAL, ...appeal },
    actor,
    now,
    id: 'id',
    number: 'n',
    call: null,
    limits: presetLimits(),
    calendars: { centre: calendar, unit: calendar },
  });
}

test('three working days for an enquiry, five for everything else; both clocks from their own start', () => {
  for (const type of TICKET_TYPES) {
    const decided = open({ type });
    if (!('opening' in decided)) throw new Error('refused');
    const ends = decided.opening.marks.filter(({ kind }) => kind === 'overdue');
    const day = type === 'ENQUIRY' ? '26' : '30';
    expect(
      ends.map(({ clock, startsAt, dueAt }) => [clock, startsAt, new Date(dueAt).toISOString()]),
    ).toEqual([
      ['citizen', NOW, `2026-11-${day}T10:00:00.000Z`],
      ['unit', NOW, `2026-11-${day}T10:00:00.000Z`],
    ]);
    expect(TICKET_TYPE_NAMES[type]).toMatch(/^[一-龥]{2}$/);
  }
});

test('who may not register a ticket is refused', () => {
  for (const role of ROLES) {
    const allowed = ['agent', 'lead', 'operator', 'system'].includes(role);
    const decided = open({}, { accountId: 'x', roles: [role], unitCode: null });
    expect('opening' in decided).toBe(allowed);
  }
});

test('a missing calendar stands on the time line; a known one does not', () => {
  const known = open({});
  const unknown = open({}, AGENT, Date.parse('2026-12-31T10:00:00+08:00'));
  expect('opening' in known && known.opening.events.map(({ type }) => type)).toEqual([
    'register',
    'dispatch',
  ]);
  expect('opening' in unknown && unknown.opening.events.at(-1)).toMatchObject({
    type: 'calendarMissing',
    body: { years: [2027] },
  });
});

test('the number carries the local day, not that of UTC', () => {
  expect(ticketNumber('RD', Date.parse('2026-11-22T16:00:00Z'), 'Asia/Shanghai', 123)).toBe(
    'RD20261123-000123',
  );
  expect(ticketNumber('RD', Date.parse('2026-11-22T15:59:59Z'), 'Asia/Shanghai', 1_234_567)).toBe(
    'RD20261122-1234567',
  );
});

test.each(Object.entries(APPEAL_LENGTHS))(
  '%s holds %i characters and no more, counted as people count',
  (field, max) => {
    expect(tidyAppeal({ ...APPEAL, [field]: '😀'.repeat(max) })).toMatchObject({
      appeal: { [field]: '😀'.repeat(max) },
    });
    expect(tidyAppeal({ ...APPEAL, [field]: '😀'.repeat(max + 1) })).toEqual({
      fault: { code: 'ticket.textTooLong', data: { field, length: max + 1, max } },
    });
  },
);

/** Controls and halves of pairs among them; the library's own unit of any code point takes seconds to be made. */
const ANY_CHARACTER = fc
  .oneof(
    fc.integer({ max: 0xff, min: 0 }),
    fc.integer({ max: 0xffff, min: 0 }),
    fc.integer({ max: 0x10ffff, min: 0 }),
  )
  .map((code) => String.fromCodePoint(code));

test('whatever text comes in, what is kept has no control characters and no half pairs, and is stable', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: ANY_CHARACTER, maxLength: 200 }),
      fc.string({ unit: ANY_CHARACTER, maxLength: 50 }),
      (content, title) => {
        const tidy = tidyAppeal({ ...APPEAL, content: `${content}\u0000\ud800`, title });
        if ('fault' in tidy) {
          expect(tidy.fault.code).toMatch(/^ticket\.text/);
          return;
        }
        const { appeal } = tidy;
        expect(appeal.content).toMatch(/^[^\p{Cs}]+$/u);
        expect(appeal.content.replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
        expect(appeal.title).not.toContain('\n');
        expect(appeal.title).not.toBe('');
        expect(tidyAppeal(appeal)).toEqual({ appeal });
      },
    ),
  );
});

test('the citizen clock runs until the hotline closes the ticket, the unit clock until its own word', () => {
  const fires = (clock: 'citizen' | 'unit'): string[] =>
    TICKET_STATES.filter(
      (state) =>
        decideFiring({ clock, kind: 'overdue', level: 100, dueAt: 10 }, { state }, 10).kind === 'fire',
    );
  expect(fires('citizen')).toEqual(
    TICKET_STATES.filter((state) => !['withdrawn', 'closed', 'archived'].includes(state)),
  );
  // A dispute of what was closed is no lateness yet; one of what was open leaves his time running.
  const disputed = (disputedFrom: 'closed' | 'returnVisit') =>
    decideFiring(
      { clock: 'citizen', kind: 'overdue', level: 100, dueAt: 10 },
      { state: 'disputed', disputedFrom },
      10,
    ).kind;
  expect([disputed('closed'), disputed('returnVisit')]).toEqual(['cancel', 'fire']);
  // Registered anew after it was withdrawn it is with nobody.
  expect(fires('unit')).toEqual(['dispatched', 'signedFor', 'returned', 'inContact', 'handling', 'longTerm']);
  expect(
    decideFiring({ clock: 'unit', kind: 'overdue', level: 100, dueAt: 10 }, { state: 'handling' }, 9),
  ).toEqual({
    kind: 'wait',
  });
  expect(
    decideFiring({ clock: 'unit', kind: 'overdue', level: 100, dueAt: 10 }, { state: 'handling' }, 25),
  ).toEqual({
    kind: 'fire',
    lateMs: 15,
  });
  expect(
    decideFiring({ clock: 'unit', kind: 'overdue', level: 100, dueAt: 10 }, { state: 'closed' }, 9),
  ).toMatchObject({
    kind: 'cancel',
  });
});

test('a unit sees its own tickets, whatever else its people may do; confidential ones are for those who must', () => {
  const sight = (roles: Actor['roles'], unitCode: string | null) =>
    sightOf({ accountId: 'x', roles, unitCode });
  expect(sight(['agent'], null)).toMatchObject({ scope: 'all', confidential: 'own' });
  expect(sight(['lead'], null)).toMatchObject({ scope: 'all', confidential: 'all' });
  expect(sight(['unit'], 'lighting')).toMatchObject({ scope: 'unit', unitCode: 'lighting' });
  expect(sight(['unit', 'operator'], 'lighting')).toMatchObject({ scope: 'unit' });
  expect(sight(['admin'], null)).toMatchObject({ scope: 'none' });
});
