import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { ticketAlarmBooks } from '../../../src/adapters/pg/ticket-alarms.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { fireDeadlines } from '../../../src/app/deadlines/fire-deadlines.ts';
import { recountDeadlines } from '../../../src/app/deadlines/recount-deadlines.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { settleTicketAlarms } from '../../../src/app/tickets/settle-alarms.ts';
import { FAULTED } from '../../support/reviewed.ts';
import { appeal } from './county.ts';
import { ACCEPTED, DeadlineDesk, HOUR } from './deadline-desk.ts';

let desk: DeadlineDesk;
beforeEach(async () => {
  desk = await DeadlineDesk.open();
});
afterEach(() => desk.close());

test('a provisional deadline is counted again when its year is entered, with a note; what has fired stays', async () => {
  const accepted = Date.parse('2026-12-30T10:00:00+08:00');
  desk.now = accepted;
  const ticket = await desk.open(accepted);
  // Mon to Fri assumed: 31 Dec, 1, 4, 5, 6 January.
  expect(ticket.citizenDueAt).toBe('2027-01-06T10:00:00.000Z');
  const recount = recountDeadlines({
    calendar: calendarBooks(desk.county.db),
    deadlines: desk.deadlines,
    now: desk.clock,
    newId: randomUUID,
  });
  expect(await recount()).toBe(0);
  desk.now = accepted + 9 * 24 * HOUR;
  expect(await desk.fire(await desk.idOf(ticket.id, 'unit 50'))).toBe('fired');
  desk.now = accepted + HOUR;
  await desk.enqueue();
  await desk.county.db.query(
    `insert into calendar_years (year, basis) values (2027, '国办发明电〔2026〕1号')`,
  );
  await desk.county.db.query(`insert into calendar_days (day, working, name) values ('2027-01-01', false, '元旦'),
    ('2027-01-09', true, '元旦调休')`);
  expect(await recount()).toBe(1);
  expect(await recount()).toBe(0);
  const after = await desk.read(ticket.id);
  expect(after.citizenDueAt).toBe('2027-01-07T10:00:00.000Z');
  expect(after.deadlines.filter(({ provisional, state }) => provisional && state === 'pending')).toEqual([]);
  expect(
    after.deadlines.filter(({ state }) => state === 'done').map(({ clock: c, level }) => [c, level]),
  ).toEqual([['unit', 50]]);
  expect(after.timeline.at(-1)).toMatchObject({ type: 'deadlineRecounted', actor: null });
  expect(after.deadlines.find(({ kind }) => kind === 'overdue')?.explanation?.missingYears).toEqual([]);
});

test('a ticket that nobody signs for is signed for by the program after two working hours, once, and its contact still waited for', async () => {
  const ticket = await desk.open();
  const id = await desk.idOf(ticket.id, 'stage sign');
  desk.now = ACCEPTED + HOUR;
  expect(await desk.fire(id)).toBe('putBack');
  // Accepted at ten; the morning ends at noon.
  desk.now = Date.parse('2026-11-23T12:00:00+08:00');
  const results = await Promise.all(Array.from({ length: 20 }, () => desk.fire(id)));
  expect(results.filter((result) => result === 'fired')).toHaveLength(1);
  const after = await desk.read(ticket.id);
  expect(after.state).toBe('signedFor');
  expect(after.timeline.at(-1)).toMatchObject({
    seq: 3,
    type: 'signFor',
    actor: null,
    reason: '逾期未签收，系统自动签收',
  });
  desk.now = Date.parse('2026-11-24T18:00:00+08:00');
  expect(await desk.fire(await desk.idOf(ticket.id, 'stage contact'))).toBe('fired');
  expect((await desk.read(ticket.id)).timeline.at(-1)).toMatchObject({
    type: 'stageOverdue',
    body: { stage: 'contact', clock: 'stage', dueAt: '2026-11-24T10:00:00.000Z' },
  });
  await desk.relay();
  expect(desk.heard.map(({ kind, stage }) => `${kind} ${stage ?? ''}`.trim())).toEqual([
    'ticketOpened',
    'ticketMoved',
    'stageOverdue contact',
  ]);
});

test('before the program signs the unit is nudged twice, and nothing is signed by that', async () => {
  const ticket = await desk.open();
  const marks = (await desk.read(ticket.id)).deadlines.filter(({ kind }) => kind === 'sign');
  expect(marks.map(({ level, dueAt }) => [level, dueAt])).toEqual([
    [50, '2026-11-23T03:00:00.000Z'],
    [80, '2026-11-23T03:36:00.000Z'],
    [100, '2026-11-23T04:00:00.000Z'],
  ]);
  const { rows } = await desk.county.db.query<{ id: string }>(
    `select id from deadlines where ticket_id = $1 and kind = 'sign' and level < 100 order by level`,
    [ticket.id],
  );
  for (const [n, { id }] of rows.entries()) {
    desk.now = Date.parse(marks[n]?.dueAt ?? '');
    expect(await desk.fire(id)).toBe('fired');
    expect(await desk.fire(id)).toBe('notMine');
  }
  const { state, timeline } = await desk.read(ticket.id);
  expect(state).toBe('dispatched');
  expect(timeline.slice(-2).map(({ type, body }) => [type, body.stage, body.level])).toEqual([
    ['stageWarning', 'sign', 50],
    ['stageWarning', 'sign', 80],
  ]);
});

test('a return that nobody adjudicates in time is on record, and an alarm calls the lead once', async () => {
  const ticket = await desk.open();
  desk.now = ACCEPTED + HOUR;
  const move = moveTicket(desk.moving());
  const details = { evidence: '该路灯属物业', suggestedUnitCode: 'water' };
  await move({
    ...{ id: ticket.id, move: 'returnTicket', version: null, reason: '不属本单位', details },
    actor: desk.county.unit,
  });
  const id = await desk.idOf(ticket.id, 'stage adjudicate');
  desk.now = Date.parse('2026-11-24T18:00:00+08:00');
  expect(await desk.fire(id)).toBe('fired');
  expect(await desk.fire(id)).toBe('notMine');
  expect((await desk.read(ticket.id)).timeline.at(-1)).toMatchObject({
    type: 'stageOverdue',
    body: { stage: 'adjudicate', dueAt: '2026-11-24T10:00:00.000Z' },
  });
  const alarms = await alarmBooks(desk.county.db).list(true, 10);
  expect(alarms.filter(({ subject }) => subject === ticket.id)).toMatchObject([
    { kind: 'ticket.adjudicationLate', times: 1 },
  ]);
  // It stands while the return does, and goes by itself when somebody decides.
  const settle = settleTicketAlarms({
    ...{ ticketAlarms: ticketAlarmBooks(desk.county.db), alarms: alarmBooks(desk.county.db) },
    now: desk.clock,
  });
  expect(await settle()).toBe(0);
  await move({
    ...{ id: ticket.id, move: 'refuseReturn', version: null, reason: '属该单位', details: {} },
    actor: desk.county.lead,
  });
  expect((await Promise.all([settle(), settle()])).reduce((sum, n) => sum + n, 0)).toBe(1);
  const [gone] = await alarmBooks(desk.county.db).list(false, 10);
  expect(gone).toMatchObject({
    subject: ticket.id,
    closedBy: null,
    closingReason: '退单已裁定或已另行处理',
    closingReasonEn: 'The return is decided, or overtaken',
  });
});

test('who begins to work without calling is late with the call; once it is made, from handling too, he is not', async () => {
  const [late, called, done] = [await desk.open(), await desk.open(), await desk.open()];
  const move = moveTicket(desk.moving());
  const step = (id: string, what: 'signFor' | 'handle' | 'contact' | 'reportDone', details = {}) =>
    move({
      id,
      move: what,
      version: null,
      reason: '10:40 用单位座机致电，市民确认地点',
      details,
      actor: desk.county.unit,
    });
  for (const { id } of [late, called, done]) {
    await step(id, 'signFor');
    await step(id, 'handle');
  }
  await step(called.id, 'contact');
  expect((await desk.read(called.id)).state).toBe('handling');
  await step(done.id, 'reportDone', { reply: '已修复。' });
  desk.now = Date.parse('2026-11-24T18:00:00+08:00');
  const fire = async (id: string) => desk.fire(await desk.idOf(id, 'stage contact'));
  expect([await fire(late.id), await fire(called.id), await fire(done.id)]).toEqual([
    ...['fired', 'cancelled', 'fired'],
  ]);
  expect((await desk.read(late.id)).timeline.at(-1)).toMatchObject({
    type: 'stageOverdue',
    body: { stage: 'contact', lateMs: 0 },
  });
  // Many at once, as the worker fires them.
  const batch = [await desk.open(), await desk.open()];
  for (const { id } of batch) {
    await step(id, 'signFor');
    await step(id, 'handle');
  }
  await step(batch[1]?.id ?? '', 'contact');
  const ids = await Promise.all(batch.map(({ id }) => desk.idOf(id, 'stage contact')));
  const outcomes = await fireDeadlines(desk.moving())(ids);
  expect(ids.map((id) => outcomes.get(id))).toEqual(['fired', 'cancelled']);
});

test('nobody can be called: no first contact is asked for, and what an earlier release asked for ends', async () => {
  const deps = { tickets: ticketBooks(desk.county.db), now: desk.clock, newId: randomUUID };
  const { agent } = desk.county;
  for (const over of [{ citizenNumber: '' }, { citizenNumber: '13912345678', anonymous: true }]) {
    const { id } = await openTicket(deps)({ appeal: appeal(over), callId: null, actor: agent });
    expect((await desk.read(id)).deadlines.map(({ kind }) => kind)).not.toContain('contact');
  }
  const ticket = await desk.open();
  await desk.county.db.query(`update tickets set citizen_number = '' where id = $1`, [ticket.id]);
  desk.now = Date.parse('2026-11-24T18:00:00+08:00');
  expect(await desk.fire(await desk.idOf(ticket.id, 'stage contact'))).toBe('cancelled');
});

test('who signs while the deadline fires is as good: one signature, and the deadline is over', async () => {
  const ticket = await desk.open();
  const id = await desk.idOf(ticket.id, 'stage sign');
  desk.now = ACCEPTED + 30 * HOUR;
  const [, fired] = await Promise.allSettled([
    moveTicket(desk.moving())({
      id: ticket.id,
      move: 'signFor',
      version: 2,
      reason: '',
      details: {},
      actor: desk.county.unit,
    }),
    desk.fire(id),
  ]);
  expect(fired.status).toBe('fulfilled');
  const { timeline, deadlines: marks } = await desk.read(ticket.id);
  expect(timeline.filter(({ type }) => type === 'signFor')).toHaveLength(1);
  expect(['done', 'cancelled', 'pending']).toContain(marks.find(({ kind }) => kind === 'sign')?.state);
  expect(['notMine', 'cancelled']).toContain(await desk.fire(id));
  expect((await desk.read(ticket.id)).timeline.filter(({ type }) => type === 'signFor')).toHaveLength(1);
});

test('an urgent ticket has fifteen minutes to be signed for, at night as well, and two hours to the first contact', async () => {
  const night = Date.parse('2026-09-19T02:00:00+08:00');
  const ticket = await openTicket({
    ...desk.acting,
    now: () => night,
    tickets: ticketBooks(desk.county.db),
  })({
    appeal: appeal({ urgency: 'urgent', citizenNumber: '13912345678' }),
    callId: null,
    actor: desk.county.agent,
  });
  const { deadlines: marks, urgency } = await desk.read(ticket.id);
  expect(urgency).toBe('urgent');
  const due = (kind: string) => marks.findLast((one) => one.kind === kind)?.dueAt;
  expect(due('sign')).toBe('2026-09-18T18:15:00.000Z');
  expect(due('contact')).toBe('2026-09-18T20:00:00.000Z');
});

test('a clock that goes on while a worker still holds a mark of it as ended keeps that mark: the reply was refused meanwhile', async () => {
  const ticket = await desk.open();
  const move = (what: 'signFor' | 'handle' | 'reportDone' | 'refuseReply', actor = desk.county.unit) =>
    moveTicket(desk.moving())({
      id: ticket.id,
      move: what,
      version: null,
      reason: '办理',
      details:
        what === 'reportDone' ? { reply: '已修复。' } : what === 'refuseReply' ? { checklist: FAULTED } : {},
      actor,
    });
  await move('signFor');
  await move('handle');
  await move('reportDone');
  desk.now = Date.parse(ticket.citizenDueAt);
  const id = await desk.idOf(ticket.id, 'unit 100');
  const held = await desk.deadlines.claim(id, desk.now + 60_000);
  if (held === null) throw new Error('not claimed');
  expect(held.ticket.state).toBe('reportedDone');
  await move('refuseReply', desk.county.lead);
  expect(await desk.deadlines.cancel(held, desk.now)).toBe('lost');
  expect(await desk.fire(id)).toBe('fired');
  expect((await desk.read(ticket.id)).timeline.map(({ type }) => type)).toContain('deadlineOverdue');
});

test('a unit from which a ticket was taken back is not overdue with it, and no order is sent to it', async () => {
  const ticket = await desk.open();
  const move = (what: 'withdraw' | 'resubmit') =>
    moveTicket(desk.moving())({
      id: ticket.id,
      move: what,
      version: null,
      reason: '市民要求',
      details: {},
      actor: desk.county.agent,
    });
  await move('withdraw');
  await move('resubmit');
  desk.now = Date.parse(ticket.citizenDueAt) + HOUR;
  expect(await desk.fire(await desk.idOf(ticket.id, 'unit 100'))).toBe('cancelled');
  expect((await desk.read(ticket.id)).timeline.map(({ type }) => type)).not.toContain('supervisionIssued');
  expect(await desk.fire(await desk.idOf(ticket.id, 'citizen 100'))).toBe('fired');
});

test('a first contact that fell due while the return was decided on is overdue when the unit has it again', async () => {
  const ticket = await desk.open();
  const move = moveTicket(desk.moving());
  const step = (
    what: 'returnTicket' | 'refuseReturn',
    actor: typeof desk.county.lead,
    details: Parameters<typeof move>[0]['details'] = {},
  ) => move({ id: ticket.id, move: what, version: null, reason: '因为', details, actor });
  desk.now = ACCEPTED + HOUR;
  await step('returnTicket', desk.county.unit, { evidence: '属物业', suggestedUnitCode: 'water' });
  const id = await desk.idOf(ticket.id, 'stage contact');
  desk.now = Date.parse('2026-11-24T18:00:00+08:00');
  expect(await desk.fire(id)).toBe('cancelled');
  desk.now += HOUR;
  await step('refuseReturn', desk.county.lead);
  expect(await desk.fire(id)).toBe('fired');
  expect((await desk.read(ticket.id)).timeline.at(-1)).toMatchObject({
    type: 'stageOverdue',
    body: { stage: 'contact', lateMs: HOUR },
  });
});

test('moves and deadlines of one ticket at once: none waits for the other in a circle, and none is lost', async () => {
  const settings = await desk.county.db.query<{ before: number }>(
    'select deadlocks::integer as before from pg_stat_database where datname = current_database()',
  );
  expect(settings.rows).toHaveLength(1);
  for (let round = 0; round < 8; round += 1) {
    desk.now = ACCEPTED;
    const ticket = await desk.open();
    const move = moveTicket(desk.moving());
    const step = (what: 'signFor' | 'returnTicket', details: Parameters<typeof move>[0]['details'] = {}) =>
      move({ id: ticket.id, move: what, version: null, reason: '因为', details, actor: desk.county.unit });
    await step('signFor');
    await step('returnTicket', { evidence: '属物业', suggestedUnitCode: 'water' });
    const { rows } = await desk.county.db.query<{ id: string }>(
      `select id from deadlines where ticket_id = $1 and state = 'pending'`,
      [ticket.id],
    );
    // All clocks have run out; the return is accepted, which starts the unit's anew, while each of them fires.
    desk.now = Date.parse(ticket.citizenDueAt) + 1;
    const accept = move({
      id: ticket.id,
      move: 'acceptReturn',
      version: null,
      reason: '因为',
      details: { unitCode: 'water' },
      actor: desk.county.lead,
    });
    const fired = await Promise.all([
      ...rows.map(({ id }) => desk.fire(id)),
      accept.then(() => 'moved' as const),
    ]);
    expect(fired).toContain('moved');
    const { timeline, state } = await desk.read(ticket.id);
    expect(state).toBe('dispatched');
    expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, at) => at + 1));
  }
});
