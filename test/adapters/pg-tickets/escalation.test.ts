import { afterEach, beforeEach, expect, test } from 'vitest';
import { bulkBooks } from '../../../src/adapters/pg/bulk.ts';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { supervisionBooks } from '../../../src/adapters/pg/supervision.ts';
import { supervisionFactBooks } from '../../../src/adapters/pg/supervision-facts.ts';
import { ticketNoticeBooks } from '../../../src/adapters/pg/ticket-notices.ts';
import { fireDeadlines } from '../../../src/app/deadlines/fire-deadlines.ts';
import { tellTicketSteps } from '../../../src/app/messages/tell-ticket-steps.ts';
import type { Database } from '../../../src/app/ports/transaction.ts';
import { circulateOverdue } from '../../../src/app/supervision/circulate-overdue.ts';
import { escalateTicket, pressedDue, pressedNext } from '../../../src/app/supervision/escalate-overdue.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { urgeInside } from '../../../src/app/tickets/urge-ticket.ts';
import type { StoredLimits } from '../../../src/domain/deadlines/limit-set.ts';
import type { TicketMove } from '../../../src/domain/tickets/transitions.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { DeadlineDesk } from './deadline-desk.ts';

let desk: DeadlineDesk;
beforeEach(async () => {
  desk = await DeadlineDesk.open();
});
afterEach(() => desk.close());

/** As the sweep finds what is due, and a job does it; so many steps were taken. */
const escalate = async (): Promise<number> => {
  const due = (await pressedDue(desk.moving())(desk.now)).map(({ ticketId }) => ticketId);
  let taken = 0;
  for (const ticketId of due) if (await escalateTicket(desk.moving())(ticketId)) taken += 1;
  return taken;
};
const orders = async (ticketId: string) =>
  (await supervisionBooks(desk.county.db).list({ ticketId }, sightOf(desk.county.lead), { limit: 10 }))
    .orders;
const lines = async (ticketId: string, ...types: string[]) =>
  (await desk.read(ticketId)).timeline.filter(({ type }) => types.includes(type));
const move = (id: string, what: TicketMove, reason = '已到现场') =>
  moveTicket(desk.moving())({ id, move: what, version: null, reason, details: {}, actor: desk.county.unit });
const limits = (content: StoredLimits) =>
  desk.county.db.query(
    `insert into limit_sets (preset, content, valid_from, state, reason, proposed_at, decided_at)
     values ('jiangsu-3-5', $1::jsonb, '2026-11-01Z', 'approved', 'x', now(), now())`,
    [JSON.stringify(content)],
  );
async function overdue(): Promise<{ readonly id: string; readonly number: string; readonly dueAt: number }> {
  const { id, number } = await desk.open();
  const due = (await desk.read(id)).unitDueAt ?? expect.fail('no clock of the unit');
  desk.now = Date.parse(due);
  return { id, number, dueAt: desk.now };
}

test('a unit is urged when its time is over, supervised after two working days without progress, told of after five', async () => {
  const { id, dueAt } = await overdue();
  expect(new Date(dueAt).toISOString()).toBe('2026-11-30T10:00:00.000Z');
  expect(await desk.fire(await desk.idOf(id, 'unit 100'))).toBe('fired');
  expect(await lines(id, 'deadlineOverdue', 'urged', 'supervisionIssued')).toMatchObject([
    { type: 'deadlineOverdue' },
    { type: 'urged', actor: null, body: { auto: true, over: true, unitCode: 'lighting' } },
  ]);
  expect(await escalate()).toBe(0);
  desk.now = Date.parse('2026-12-02T18:00:00+08:00');
  expect(await escalate()).toBe(0);
  desk.now += 1;
  // Several workers at once, and once more afterwards: one order.
  await Promise.all([escalate(), escalate(), escalate()]);
  expect(await escalate()).toBe(0);
  expect(await orders(id)).toMatchObject([{ trigger: 'overdue', instrument: 'written', issuedBy: null }]);
  expect(await lines(id, 'urged')).toHaveLength(1);
  // Closed by a supervisor, it does not come again for the same lateness; the circular comes all the same.
  await desk.county.db.query(`update supervision_orders set state = 'closed'`);
  desk.now = Date.parse('2026-12-07T18:00:01+08:00');
  expect(await escalate()).toBe(0);
  expect(await circulateOverdue(desk.moving())(id)).toBe(true);
  expect((await orders(id)).map(({ trigger }) => trigger)).toEqual(['longOverdue', 'overdue']);
});

test('what comes next is known with the urge and goes by the outbox; a job that comes too early finds the moment of now', async () => {
  const { id } = await overdue();
  await desk.relay();
  expect(desk.matters).toEqual([]);
  await desk.fire(await desk.idOf(id, 'unit 100'));
  await desk.relay();
  expect(desk.matters).toEqual([{ kind: 'pressed', id }]);
  const first = Date.parse('2026-12-02T18:00:00+08:00') + 1;
  expect(await pressedNext(desk.moving())(id)).toBe(first);
  expect(await pressedDue(desk.moving())(first - 1)).toEqual([]);
  expect(await pressedDue(desk.moving())(first)).toEqual([{ ticketId: id, dueAt: first }]);
  // The unit does something: the job of before finds nothing due and hands the new moment on.
  desk.now = Date.parse('2026-12-02T10:00:00+08:00');
  await move(id, 'signFor');
  await move(id, 'handle');
  desk.now = first;
  expect(await escalateTicket(desk.moving())(id)).toBe(false);
  desk.matters.length = 0;
  await desk.relay();
  expect(desk.matters).toEqual([{ kind: 'pressed', id }]);
  desk.now = Date.parse('2026-12-04T18:00:00+08:00') + 1;
  expect(await pressedNext(desk.moving())(id)).toBe(desk.now);
  expect(await escalateTicket(desk.moving())(id)).toBe(true);
  const [order] = await orders(id);
  desk.matters.length = 0;
  await desk.relay();
  expect(desk.matters).toEqual([{ kind: 'order', id: order?.id }]);
  expect(await pressedNext(desk.moving())(id)).toBeNull();
});

test('a worker that dies before its transaction is over leaves nothing, and whoever comes next takes the step once', async () => {
  const { id } = await overdue();
  // Fired by a release that urged nobody: the round finds it.
  await desk.county.db.query(`update deadlines set state = 'done', finished_at = $2 where id = $1::uuid`, [
    await desk.idOf(id, 'unit 100'),
    new Date(desk.now),
  ]);
  const moving = desk.moving();
  const dying: Database = {
    transact: (work) =>
      moving.database.transact(async (tx) => {
        await work(tx);
        throw new Error('killed');
      }),
  };
  expect(await pressedDue(moving)(desk.now)).toEqual([{ ticketId: id, dueAt: desk.now }]);
  await expect(escalateTicket({ ...moving, database: dying })(id)).rejects.toThrow('killed');
  expect(await lines(id, 'urged')).toEqual([]);
  expect((await Promise.all([escalate(), escalate()])).reduce((sum, n) => sum + n)).toBe(1);
  expect(await lines(id, 'urged')).toHaveLength(1);
});

test('what the unit does gives it time again, and what it reports ends it', async () => {
  const { id } = await overdue();
  await move(id, 'signFor');
  await desk.fire(await desk.idOf(id, 'unit 100'));
  desk.now = Date.parse('2026-12-02T10:00:00+08:00');
  await move(id, 'contact');
  desk.now = Date.parse('2026-12-03T10:00:00+08:00');
  expect(await escalate()).toBe(0);
  const reported = await overdue();
  await desk.fire(await desk.idOf(reported.id, 'unit 100'));
  await desk.county.db.query(`update tickets set state = 'reportedDone' where id = $1`, [reported.id]);
  desk.now = Date.parse('2026-12-04T18:00:01+08:00');
  expect(await escalate()).toBe(1);
  expect(await orders(id)).toHaveLength(1);
  expect(await orders(reported.id)).toEqual([]);
});

test('to have called the citizen gives time once: a call every second day holds no order back', async () => {
  const { id } = await overdue();
  await move(id, 'signFor');
  await desk.fire(await desk.idOf(id, 'unit 100'));
  const called = async (at: string) => {
    desk.now = Date.parse(at);
    await desk.county.db.query(
      `with t as (update tickets set version = version + 1 where id = $1 returning id, version)
       insert into ticket_events (id, ticket_id, seq, at, actor, type, body)
       select gen_random_uuid(), t.id, t.version, $2, $3::uuid, 'citizenCalled',
         '{"unitCode": "lighting", "talkMs": 60000}' from t`,
      [id, new Date(desk.now), desk.county.unit.accountId],
    );
  };
  await called('2026-12-02T10:00:00+08:00');
  desk.now = Date.parse('2026-12-03T10:00:00+08:00');
  expect(await escalate()).toBe(0);
  await called('2026-12-04T09:00:00+08:00');
  desk.now = Date.parse('2026-12-04T18:00:01+08:00');
  expect(await escalate()).toBe(1);
  expect(await orders(id)).toMatchObject([{ trigger: 'overdue' }]);
});

test('a person’s urge shortly before is the urge; the program’s holds back a person for its pause, and both are told apart', async () => {
  const { id, dueAt } = await overdue();
  const { lead, db } = desk.county;
  const urge = (words: string) =>
    db.transact((tx) => urgeInside({ ...desk.moving(), bulk: bulkBooks(db) })(id, words, lead, tx));
  desk.now = dueAt - 60_000;
  await urge('市民来电催促');
  desk.now = dueAt;
  await desk.fire(await desk.idOf(id, 'unit 100'));
  expect(await lines(id, 'urged')).toHaveLength(1);
  const other = await overdue();
  desk.now = other.dueAt;
  await desk.fire(await desk.idOf(other.id, 'unit 100'));
  desk.now += 60_000;
  await expect(
    db.transact((tx) => urgeInside({ ...desk.moving(), bulk: bulkBooks(db) })(other.id, '催', lead, tx)),
  ).rejects.toMatchObject({ code: 'urge.lately' });
  await db.query(
    `insert into ticket_events (id, ticket_id, seq, at, type, body)
     select gen_random_uuid(), $1, version + 1, $2, 'citizenUrged', '{"unitCode": "lighting"}' from tickets where id = $1`,
    [id, new Date(desk.now)],
  );
  const facts = supervisionFactBooks(db);
  const days = { from: '2026-11-30', to: '2026-12-01' };
  expect(await facts.urges(days, null)).toEqual([
    {
      unit: { code: 'lighting', name: '路灯管理所' },
      ...{ byHotline: 1, automatic: 1, byCitizen: 1, tickets: 2, supervised: 0 },
    },
  ]);
  expect(await facts.urges(days, 'water')).toEqual([]);
});

test('where the limits say so a unit is urged at 80 %, alone and in a batch alike, and before a return is judged never', async () => {
  await limits({ urgeAtPercent: 80 });
  const { id } = await desk.open();
  const mark = await desk.idOf(id, 'unit 80');
  const warned = (await desk.read(id)).deadlines.find(({ clock, level }) => clock === 'unit' && level === 80);
  desk.now = Date.parse(warned?.dueAt ?? '');
  // A batch leaves it to whoever fires it alone.
  expect((await fireDeadlines(desk.moving())([mark])).has(mark)).toBe(false);
  await desk.county.db.query(`update tickets set state = 'returned' where id = $1`, [id]);
  expect(await desk.fire(mark)).toBe('fired');
  expect(await escalate()).toBe(0);
  expect(await lines(id, 'urged')).toEqual([]);
  await desk.county.db.query(`update tickets set state = 'signedFor' where id = $1`, [id]);
  expect(await escalate()).toBe(1);
  expect(await lines(id, 'urged')).toMatchObject([{ body: { auto: true, over: false } }]);
  expect(await escalate()).toBe(0);
});

test('the unit reads one message of it, in the hours of notice; what is urgent at once', async () => {
  await desk.county.db.query(
    `insert into unit_phones (id, unit_code, number, label, notices, added_at, added_by)
     values (gen_random_uuid(), 'lighting', '13700000001', '值班', true, now(), $1)`,
    [desk.county.lead.accountId],
  );
  const { id } = await desk.open();
  const tell = () => {
    const db = desk.county.db;
    const books = { messages: messageBooks(db), ticketNotices: ticketNoticeBooks(db) };
    return tellTicketSteps({ ...desk.moving(), ...books, settleMs: 0 })();
  };
  await tell();
  await desk.county.db.query('truncate citizen_messages');
  for (const [urgency, kind, notBefore] of [
    ['normal', 'unitWork', '2026-12-01T00:00:00.000Z'],
    ['urgent', 'unitUrgent', '2026-11-30T14:00:00.000Z'],
  ] as const) {
    const ticket = urgency === 'normal' ? id : (await desk.open()).id;
    await desk.county.db.query('update tickets set urgency = $2 where id = $1', [ticket, urgency]);
    desk.now = Date.parse('2026-11-30T10:05:00+08:00');
    await tell();
    await desk.county.db.query('truncate citizen_messages');
    // A worker that was away comes late in the evening.
    desk.now = Date.parse('2026-11-30T22:00:00+08:00');
    await desk.fire(await desk.idOf(ticket, 'unit 100'));
    await tell();
    const { rows } = await desk.county.db.query<{ kind: string; text: string; at: Date }>(
      `select kind, text, not_before as at from citizen_messages where subject_id = $1`,
      [ticket],
    );
    expect(rows.map((row) => [row.kind, row.at.toISOString()])).toEqual([[kind, notBefore]]);
    expect(rows[0]?.text).toContain('已超期，现予催办，请立即办理');
    const notices = await ticketNoticeBooks(desk.county.db).ofTicket(ticket, sightOf(desk.county.lead));
    expect(notices?.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['superseded', 'queued']));
    await desk.county.db.query('truncate citizen_messages');
  }
});
