import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { timeLineBooks } from '../../../src/adapters/pg/time-lines.ts';
import { fireDeadlines } from '../../../src/app/deadlines/fire-deadlines.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { faultIn } from '../../../src/app/tickets/verify-time-lines.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { chainHash } from '../../../src/runtime/command-verify.ts';
import { appeal } from './county.ts';
import { ACCEPTED, DeadlineDesk, HOUR } from './deadline-desk.ts';

let desk: DeadlineDesk;
beforeEach(async () => {
  desk = await DeadlineDesk.open();
});
afterEach(() => desk.close());

test('fifty jobs for one deadline at once: one event, one notice', async () => {
  const ticket = await desk.open();
  const id = await desk.idOf(ticket.id, 'citizen 100');
  desk.now = Date.parse(ticket.citizenDueAt);
  const results = await Promise.all(Array.from({ length: 50 }, () => desk.fire(id)));
  expect(results.filter((result) => result === 'fired')).toHaveLength(1);
  expect(results.filter((result) => result === 'notMine')).toHaveLength(49);
  const after = await desk.read(ticket.id);
  expect(after.timeline.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
    '1 register',
    '2 dispatch',
    '3 deadlineOverdue',
  ]);
  expect(after.overdue).toBe(true);
  await desk.relay();
  expect(desk.heard.map(({ kind }) => kind)).toEqual(['ticketOpened', 'deadlineOverdue']);
  expect(await desk.relay()).toBe('empty');
  expect(desk.heard).toHaveLength(2);
});

test('all marks of one ticket firing at once keep the time line without gap or double', async () => {
  const ticket = await desk.open();
  desk.now = Date.parse(ticket.citizenDueAt) + 1;
  const { rows } = await desk.county.db.query<{ id: string }>(
    `select id from deadlines where clock <> 'stage'`,
  );
  await Promise.all(rows.map(({ id }) => desk.fire(id)));
  const { timeline } = await desk.read(ticket.id);
  expect(timeline.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // The unit's own clock ran over: it is urged, in the transaction that says so, and not supervised yet.
  expect(timeline.filter(({ type }) => type === 'urged')).toMatchObject([
    { actor: null, body: { auto: true, over: true, unitCode: 'lighting' } },
  ]);
  expect(timeline.map(({ type }) => type)).not.toContain('supervisionIssued');
});

test('a job that comes too early (a clock went ahead) puts its deadline back for its time', async () => {
  const ticket = await desk.open();
  const id = await desk.idOf(ticket.id, 'unit 50');
  desk.now = ACCEPTED + 60 * HOUR;
  await desk.enqueue();
  expect(await desk.fire(id)).toBe('putBack');
  expect(desk.queue.jobs.has(`dl-${id}-1`)).toBe(true);
  expect((await desk.read(ticket.id)).timeline).toHaveLength(2);
});

test('a claim that ran out comes back, and its first holder can write nothing any more', async () => {
  const ticket = await desk.open();
  const id = await desk.idOf(ticket.id, 'citizen 100');
  desk.now = Date.parse(ticket.citizenDueAt);
  const dead = await desk.deadlines.claim(id, desk.now + 60_000);
  if (dead === null) throw new Error('not claimed');
  expect(await desk.fire(id)).toBe('notMine');
  desk.now += 59_000;
  expect(await desk.sweep()).toMatchObject({ expiredClaims: 0 });
  desk.now += 2000;
  expect(await desk.sweep()).toMatchObject({ expiredClaims: 1 });
  expect(await desk.fire(id)).toBe('fired');
  const event = {
    id: randomUUID(),
    at: desk.now,
    actorId: null,
    fromState: null,
    toState: null,
    type: 'deadlineOverdue',
    reason: '',
    body: {},
  } as const;
  const outbox = { topic: 'deadlineFired', key: id, body: {}, notBefore: desk.now };
  expect(await desk.county.db.transact((tx) => desk.deadlines.finish(dead, event, outbox, tx))).toBe('lost');
  expect(await desk.deadlines.cancel(dead, desk.now)).toBe('lost');
  await desk.deadlines.putBack(dead);
  expect((await desk.read(ticket.id)).timeline.filter(({ type }) => type === 'deadlineOverdue')).toHaveLength(
    1,
  );
});

test('a lost job comes back under a new generation a minute after its time, and again if that is lost', async () => {
  const ticket = await desk.open(ACCEPTED - 30 * 24 * HOUR);
  await desk.enqueue(ticket.id);
  const id = await desk.idOf(ticket.id, 'unit 80');
  desk.queue.jobs.clear();
  desk.now += 59_000;
  expect(await desk.sweep()).toMatchObject({ lostJobs: 0, enqueued: 0 });
  desk.now += 2000;
  expect(await desk.sweep()).toMatchObject({ lostJobs: 10, enqueued: 10 });
  expect(desk.queue.jobs.has(`dl-${id}-1`)).toBe(true);
  desk.now += 30_000;
  expect(await desk.sweep()).toMatchObject({ lostJobs: 0 });
  // Ten minutes late and still on its way: the worker has much to do, and none of it twice.
  desk.now += 600_000;
  expect(await desk.sweep()).toMatchObject({ lostJobs: 0, enqueued: 0 });
  desk.queue.jobs.clear();
  expect(await desk.sweep()).toMatchObject({ lostJobs: 10 });
  expect(desk.queue.jobs.has(`dl-${id}-2`)).toBe(true);
});

test('a ticket that is over cancels its deadlines; a deleted deadline and a strange id are nobody’s', async () => {
  const ticket = await desk.open();
  desk.now = Date.parse(ticket.citizenDueAt);
  await desk.county.db.query(`update tickets set state = 'reportedDone' where id = $1`, [ticket.id]);
  expect(await desk.fire(await desk.idOf(ticket.id, 'unit 100'))).toBe('cancelled');
  expect(await desk.fire(await desk.idOf(ticket.id, 'citizen 80'))).toBe('fired');
  await desk.county.db.query(`update tickets set state = 'closed' where id = $1`, [ticket.id]);
  expect(await desk.fire(await desk.idOf(ticket.id, 'citizen 100'))).toBe('cancelled');
  const gone = await desk.idOf(ticket.id, 'unit 50');
  await desk.county.db.query('delete from deadlines where id = $1', [gone]);
  expect(await desk.fire(gone)).toBe('notMine');
  expect(await desk.fire(randomUUID())).toBe('notMine');
});

test('what fires at night stands on the time line at its hour and is told in the morning; what is urgent at once', async () => {
  const night = Date.parse('2026-11-27T02:00:00+08:00');
  const told = async () => {
    await desk.relay();
    return desk.heard.splice(0).map(({ kind, atMs }) => `${kind} ${new Date(atMs).toISOString()}`);
  };
  const fireAt = async (urgency: 'normal' | 'urgent') => {
    desk.now = ACCEPTED;
    const ticket = await openTicket({ ...desk.acting, tickets: ticketBooks(desk.county.db) })({
      appeal: appeal({ urgency }),
      callId: null,
      actor: desk.county.agent,
    });
    await told();
    desk.now = night;
    expect(await desk.fire(await desk.idOf(ticket.id, 'citizen 50'))).toBe('fired');
    expect((await desk.read(ticket.id)).timeline.at(-1)).toMatchObject({
      type: 'deadlineWarning',
      at: '2026-11-26T18:00:00.000Z',
    });
    return await told();
  };
  expect(await fireAt('urgent')).toEqual(['deadlineWarning 2026-11-26T18:00:00.000Z']);
  expect(await fireAt('normal')).toEqual([]);
  desk.now = Date.parse('2026-11-27T07:59:59+08:00');
  expect(await told()).toEqual([]);
  desk.now = Date.parse('2026-11-27T08:00:00+08:00');
  expect(await told()).toEqual(['deadlineWarning 2026-11-26T18:00:00.000Z']);
  expect(await told()).toEqual([]);
});

test('a batch fires what is due, ends what is over, and leaves alone what is held, early or wants more than a line', async () => {
  const tickets = await Promise.all([desk.open(), desk.open(), desk.open()]);
  const [due, over, held] = tickets;
  if (due === undefined || over === undefined || held === undefined) throw new Error('three were opened');
  await moveTicket(desk.moving())({
    id: over.id,
    move: 'withdraw',
    version: null,
    reason: '市民来电撤回',
    details: {},
    actor: desk.county.agent,
  });
  desk.now = Date.parse(due.citizenDueAt);
  const marks = [
    'citizen 50',
    'citizen 80',
    'citizen 100',
    'unit 80',
    'unit 100',
    'stage sign',
    'stage contact',
  ];
  const idsOf = async (ticketId: string) =>
    new Map(await Promise.all(marks.map(async (mark) => [mark, await desk.idOf(ticketId, mark)] as const)));
  const [dueIds, overIds, heldIds] = [await idsOf(due.id), await idsOf(over.id), await idsOf(held.id)];
  const batch = fireDeadlines(desk.moving());
  const fired = await desk.county.db.transact(async (tx) => {
    await desk.county.db.on(tx).query('select from tickets where id = $1 for update', [held.id]);
    return await batch([...dueIds.values(), ...overIds.values(), ...heldIds.values()]);
  });
  const outcome = (ids: Map<string, string>) =>
    marks.map((mark) => fired.get(ids.get(mark) ?? '') ?? 'alone');
  expect(outcome(dueIds)).toEqual(['fired', 'fired', 'fired', 'fired', 'alone', 'alone', 'fired']);
  expect(outcome(overIds)).toEqual(marks.map(() => 'cancelled'));
  expect(outcome(heldIds)).toEqual(marks.map(() => 'alone'));
  const { timeline } = await desk.read(due.id);
  expect(timeline.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  // Again, and by two at once: nothing is left for a second line.
  const again = await Promise.all([batch([...dueIds.values()]), batch([...dueIds.values()])]);
  expect(again.map(({ size }) => size)).toEqual([0, 0]);
  expect(
    faultIn(
      (await timeLineBooks(desk.county.db).proofOf(due.id, sightOf(desk.county.lead))) ?? never(),
      chainHash,
    ),
  ).toBeNull();
});

const never = (): never => {
  throw new Error('no proof');
};
