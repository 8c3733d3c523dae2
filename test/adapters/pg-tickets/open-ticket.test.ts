import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { outcomeBooks } from '../../../src/adapters/pg/tickets-outcomes.ts';
import type { AppError } from '../../../src/app/errors.ts';
import type { TicketBook } from '../../../src/app/ports/tickets.ts';
import { closeCall } from '../../../src/app/tickets/close-call.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { readTicket } from '../../../src/app/tickets/read-tickets.ts';
import { appeal, type County, freshCounty } from './county.ts';

let county: County;
let tickets: TicketBook;
let now = Date.parse('2026-09-18T10:00:00+08:00');

beforeAll(async () => {
  county = await freshCounty();
  tickets = ticketBooks(county.db);
});
afterAll(() => county.close());

const open = (
  over: Partial<Parameters<typeof appeal>[0]> = {},
  callId: string | null = null,
  book = tickets,
) =>
  openTicket({ tickets: book, now: () => now, newId: randomUUID })({
    appeal: appeal(over),
    callId,
    actor: county.agent,
  });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('should have been refused'),
    ({ code, data }: AppError) => ({ code, data }),
  );
const count = async (table: string): Promise<number> =>
  (await county.db.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? -1;
const everything = () =>
  Promise.all(['tickets', 'ticket_events', 'deadlines', 'outbox', 'call_outcomes'].map(count));

test('a ticket from a call comes with time line, both clocks, outbox row and the outcome of the call', async () => {
  // F-14: accepted on the Friday before a make-up Sunday (2026-09-20 works for National Day).
  const callId = await county.call();
  const opened = await open({}, callId);
  expect(opened).toMatchObject({
    state: 'dispatched',
    acceptedAt: '2026-09-18T02:00:00.000Z',
    // 19 Sat off, 20 Sun works (1), 21 (2), 22 (3), 23 (4), 24 (5); 18:00 in China.
    citizenDueAt: '2026-09-24T10:00:00.000Z',
    unitDueAt: '2026-09-24T10:00:00.000Z',
    missingCalendarYears: [],
  });
  expect(opened.number).toMatch(/^RD20260918-\d{6}$/);
  const read = await readTicket({ tickets })(opened.id, county.agent);
  expect(read).toMatchObject({
    number: opened.number,
    title: '青园路三盏路灯不亮，晚上看不清路。',
    citizenName: '王**',
    citizenNumber: '139****5678',
    unit: { code: 'lighting', name: '路灯管理所' },
    category: { code: 'urban.lighting', name: '路灯照明' },
    line: '12345',
    overdue: false,
    createdBy: { displayName: '职员0' },
  });
  expect(read.timeline.map(({ seq, type, fromState, toState }) => [seq, type, fromState, toState])).toEqual([
    [1, 'register', null, 'registered'],
    [2, 'dispatch', 'registered', 'dispatched'],
  ]);
  expect(read.deadlines.map(({ clock, level, kind }) => `${clock} ${kind} ${level}`)).toEqual([
    'citizen warning 50',
    'citizen warning 80',
    'citizen overdue 100',
    'stage sign 50',
    'stage sign 80',
    'stage sign 100',
    'stage contact 100',
    'unit warning 50',
    'unit warning 80',
    'unit overdue 100',
  ]);
  expect(read.deadlines[2]?.explanation?.days.map(({ date, kind, count: n }) => [date, kind, n])).toEqual([
    ['2026-09-18', 'workday', null],
    ['2026-09-19', 'weekend', null],
    ['2026-09-20', 'makeupWorkday', 1],
    ['2026-09-21', 'workday', 2],
    ['2026-09-22', 'workday', 3],
    ['2026-09-23', 'workday', 4],
    ['2026-09-24', 'workday', 5],
  ]);
  const { rows } = await county.db.query(
    `select outcome, type, category, ticket_id, closed_by from call_outcomes where call_id = $1`,
    [callId],
  );
  expect(rows).toEqual([
    {
      outcome: 'ticket',
      type: 'COMPLAINT',
      category: 'urban.lighting',
      ticket_id: opened.id,
      closed_by: county.agent.accountId,
    },
  ]);
});

test('without a unit the ticket is registered and only the citizen clock runs; an enquiry has three days', async () => {
  const opened = await open({ type: 'ENQUIRY', unitCode: null });
  expect(opened).toMatchObject({
    state: 'registered',
    unitDueAt: null,
    citizenDueAt: '2026-09-22T10:00:00.000Z',
  });
});

test('a number that the clerk typed wins over that of the call', async () => {
  const opened = await open({ citizenNumber: '0513-84512345' }, await county.call());
  const { rows } = await county.db.query('select citizen_number from tickets where id = $1', [opened.id]);
  expect(rows).toEqual([{ citizen_number: '0513-84512345' }]);
});

test('what nobody knows is refused by name and leaves nothing behind', async () => {
  const before = await everything();
  const unanswered = await county.call({ answered: false, endedAt: now });
  const unknown = randomUUID();
  expect(await refusal(open({ unitCode: 'moon' }))).toEqual({
    code: 'ticket.unitUnknown',
    data: { unit: 'moon' },
  });
  expect(await refusal(open({ categoryCode: 'x' }))).toEqual({
    code: 'ticket.categoryUnknown',
    data: { category: 'x' },
  });
  expect(await refusal(open({}, unknown))).toEqual({ code: 'call.unknown', data: { callId: unknown } });
  expect(await refusal(open({}, unanswered))).toEqual({
    code: 'call.notAnswered',
    data: { callId: unanswered },
  });
  expect(await refusal(open({ content: '灯'.repeat(10_001) }))).toEqual({
    code: 'ticket.textTooLong',
    data: { field: 'content', length: 10_001, max: 10_000 },
  });
  expect(await refusal(open({ content: ' \u0000\r\n ' }))).toEqual({
    code: 'ticket.textMissing',
    data: { field: 'content' },
  });
  expect(await refusal(open({ type: 'RUMOUR' as 'HELP' }))).toMatchObject({ code: 'ticket.typeUnknown' });
  expect(await everything()).toEqual(before);
});

test('a very long text, quotes, emoji and control characters come back as they were, but for the controls', async () => {
  const text = `"'; drop table tickets; -- \\ 😀\u0000\u0007\r\n第二行${'灯'.repeat(9900)}`;
  const opened = await open({ content: text });
  const read = await readTicket({ tickets })(opened.id, county.agent);
  expect(read.content).toBe(`"'; drop table tickets; -- \\ 😀\n第二行${'灯'.repeat(9900)}`);
  expect(read.title).toBe(`"'; drop table tickets; -- \\ 😀`);
});

test('of many clerks who open a ticket or close one call at the same moment, exactly one does', async () => {
  const callId = await county.call();
  const [before] = await everything();
  const close = closeCall({ outcomes: outcomeBooks(county.db), now: () => now });
  const tries = await Promise.allSettled([
    ...Array.from({ length: 10 }, () => open({}, callId)),
    ...Array.from({ length: 5 }, () =>
      close({
        callId,
        actor: county.agent,
        outcome: { kind: 'answeredOnSpot', type: 'ENQUIRY', categoryCode: 'urban' },
      }),
    ),
  ]);
  const won = tries.filter(({ status }) => status === 'fulfilled');
  const codes = tries.flatMap((one) => (one.status === 'rejected' ? [(one.reason as AppError).code] : []));
  expect(won).toHaveLength(1);
  expect(codes).toEqual(Array.from({ length: 14 }, () => 'call.outcomeExists'));
  const { rows } = await county.db.query<{ outcome: string }>(
    'select outcome from call_outcomes where call_id = $1',
    [callId],
  );
  expect(rows).toHaveLength(1);
  const [after = 0] = await everything();
  expect(after - (before ?? 0)).toBe(rows[0]?.outcome === 'ticket' ? 1 : 0);
});

test('two clerks who both saw the call without an outcome: the second writes nothing', async () => {
  const callId = await county.call();
  // Both have looked before either writes.
  let looked = 0;
  let bothLooked = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    bothLooked = resolve;
  });
  const book: TicketBook = {
    ...tickets,
    async openingFacts(asked) {
      const facts = await tickets.openingFacts(asked);
      looked += 1;
      if (looked === 2) bothLooked();
      await gate;
      return facts;
    },
  };
  const before = await everything();
  const tries = await Promise.allSettled([open({}, callId, book), open({}, callId, book)]);
  expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const lost = tries.find((one) => one.status === 'rejected');
  expect(lost?.reason).toMatchObject({ code: 'call.outcomeExists', data: { callId } });
  const after = await everything();
  expect(after.map((n, index) => n - (before[index] ?? 0))).toEqual([1, 2, 10, 1, 1]);
});

test('a limit that reaches into a year without a calendar is provisional, says so, and is no refusal', async () => {
  now = Date.parse('2026-12-30T10:00:00+08:00');
  const opened = await open();
  expect(opened.missingCalendarYears).toEqual([2027]);
  const read = await readTicket({ tickets })(opened.id, county.agent);
  const ofClocks = read.deadlines.filter(({ clock }) => clock !== 'stage');
  expect(ofClocks.every(({ provisional }) => provisional)).toBe(true);
  expect(read.timeline.at(-1)).toMatchObject({
    type: 'calendarMissing',
    actor: null,
    body: { years: [2027] },
  });
});

test('numbers go on without end and never repeat', async () => {
  await county.db.query(`select setval('ticket_number', 999999)`);
  const opened = await open();
  expect(opened.number).toBe('RD20261230-1000000');
  const many = await Promise.all(Array.from({ length: 30 }, () => open()));
  expect(new Set(many.map(({ number }) => number)).size).toBe(30);
});
