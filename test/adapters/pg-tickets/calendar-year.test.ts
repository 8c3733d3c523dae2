import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { calendarEditBooks } from '../../../src/adapters/pg/calendar-edits.ts';
import { deadlineBooks } from '../../../src/adapters/pg/deadlines.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { editCalendar } from '../../../src/app/deadlines/edit-calendar.ts';
import { recountDeadlines } from '../../../src/app/deadlines/recount-deadlines.ts';
import { watchCalendar } from '../../../src/app/deadlines/watch-calendar.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { appeal, type County, freshCounty } from './county.ts';

let county: County;
let now: number;
beforeAll(async () => {
  county = await freshCounty();
});
afterAll(() => county.close());

const deps = () => ({
  now: () => now,
  newId: randomUUID,
  database: county.db,
  calendar: calendarBooks(county.db),
  calendarEdits: calendarEditBooks(county.db),
  alarms: alarmBooks(county.db),
  deadlines: deadlineBooks(county.db),
  tickets: ticketBooks(county.db),
});
const alarms = async () =>
  (await deps().alarms.list(undefined, 9)).map(({ kind, subject, times, closedAt }) => ({
    kind,
    subject,
    times,
    open: closedAt === null,
  }));
const day = (local: string) => {
  now = Date.parse(`${local}:00+08:00`);
};

test('from the first of November on the coming year is asked for, once a day, until it is entered; what was counted without it is counted again', async () => {
  const watch = watchCalendar(deps());
  day('2026-10-31T23:59');
  expect(await watch()).toEqual([]);
  expect(await alarms()).toEqual([]);
  day('2026-11-01T00:00');
  expect(await watch()).toEqual([2027]);
  expect(await watch()).toEqual([]);
  const raised = { kind: 'calendar.yearMissing', subject: '2027' };
  expect(await alarms()).toEqual([{ ...raised, times: 1, open: true }]);
  day('2026-11-02T08:00');
  expect(await watch()).toEqual([2027]);
  expect(await alarms()).toEqual([{ ...raised, times: 2, open: true }]);

  day('2026-12-31T10:00');
  const opened = await openTicket(deps())({
    appeal: appeal({ citizenNumber: '13912345678' }),
    callId: null,
    actor: county.agent,
  });
  const marks = async () => (await deps().tickets.detail(opened.id, sightOf(county.lead)))?.deadlines ?? [];
  expect((await marks()).filter(({ provisional }) => !provisional).map(({ kind }) => kind)).toEqual([
    'sign',
    'sign',
    'sign',
  ]);

  const days = [{ day: '2027-01-01', working: false, name: '元旦' }];
  const years = [{ year: 2027, basis: '国办发明电〔2026〕1号' }];
  const edit = { unitCode: null, years, days, removedDays: [], periods: undefined };
  const asked = {
    edit,
    base: 1,
    reason: '国务院办公厅已公布',
    actorId: county.lead.accountId ?? '',
    dryRun: false,
  };
  expect(await editCalendar(deps())(asked)).toMatchObject({ ticketsMoved: 1, openTickets: 1 });
  expect(await recountDeadlines(deps())()).toBe(1);
  expect((await marks()).filter(({ provisional }) => provisional)).toEqual([]);
  expect((await marks()).filter(({ explanation }) => explanation?.note !== undefined)).toEqual([]);
  const contact = (await marks()).find(({ kind }) => kind === 'contact');
  expect(contact?.dueAt).toBe('2027-01-04T10:00:00.000Z');
  expect(await watch()).toEqual([]);
  expect(await alarms()).toEqual([{ ...raised, times: 2, open: false }]);
});
