import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { deadlineBooks } from '../../../src/adapters/pg/deadlines.ts';
import { outboxBooks } from '../../../src/adapters/pg/outbox.ts';
import { supervisionBooks } from '../../../src/adapters/pg/supervision.ts';
import { ticketMoveBooks } from '../../../src/adapters/pg/ticket-moves.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { timeLineBooks } from '../../../src/adapters/pg/time-lines.ts';
import { enqueueDeadlines } from '../../../src/app/deadlines/enqueue-deadlines.ts';
import { fireDeadline } from '../../../src/app/deadlines/fire-deadline.ts';
import { fireDeadlines } from '../../../src/app/deadlines/fire-deadlines.ts';
import { recountDeadlines } from '../../../src/app/deadlines/recount-deadlines.ts';
import { signWhenDue } from '../../../src/app/deadlines/sign-when-due.ts';
import { restoreJobs, sweepDeadlines } from '../../../src/app/deadlines/sweep-deadlines.ts';
import type { TicketNotice } from '../../../src/app/live/notices.ts';
import type { DeadlineBook } from '../../../src/app/ports/deadlines.ts';
import type { DeadlineJob, DeadlineQueue } from '../../../src/app/ports/jobs.ts';
import { issueByRule } from '../../../src/app/supervision/issue-order.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { type OpenedTicket, openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { readTicket } from '../../../src/app/tickets/read-tickets.ts';
import { relayOutbox } from '../../../src/app/tickets/relay-outbox.ts';
import { faultIn } from '../../../src/app/tickets/verify-time-lines.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { chainHash } from '../../../src/runtime/command-verify.ts';
import { appeal, type County, freshCounty } from './county.ts';

const HOUR = 3_600_000;
const ACCEPTED = Date.parse('2026-11-23T10:00:00+08:00');
let county: County;
let deadlines: DeadlineBook;
let now: number;
let heard: TicketNotice[];
const errors: object[] = [];
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: (fields: object) => void errors.push(fields) };

/** A job store of this test's own; `away` makes it refuse, `emptied` lose everything. */
class Store implements DeadlineQueue {
  jobs = new Map<string, DeadlineJob>();
  away = false;
  marked = true;
  async add(jobs: readonly DeadlineJob[]): Promise<void> {
    if (this.away) throw new Error('away');
    for (const job of jobs) this.jobs.set(`dl-${job.deadlineId}-${job.generation}`, job);
  }
  async intact(): Promise<boolean> {
    return this.marked;
  }
  async mark(): Promise<void> {
    this.marked = true;
  }
  emptied(): void {
    this.jobs.clear();
    this.marked = false;
  }
}
let queue: Store;

beforeEach(async () => {
  county = await freshCounty();
  deadlines = deadlineBooks(county.db);
  queue = new Store();
  now = ACCEPTED;
  heard = [];
  errors.length = 0;
});
afterEach(() => county.close());

const clock = () => now;
const open = (accepted = ACCEPTED): Promise<OpenedTicket> =>
  openTicket({
    tickets: ticketBooks(county.db),
    now: () => accepted,
    newId: randomUUID,
  })({ appeal: appeal(), callId: null, actor: county.agent });
const enqueue = (ticketId: string | null = null) =>
  enqueueDeadlines({ deadlines, queue, now: clock })(ticketId);
const acting = { now: clock, newId: randomUUID };
const moving = () => ({
  ...acting,
  database: county.db,
  deadlines,
  ticketMoves: ticketMoveBooks(county.db),
  supervision: supervisionBooks(county.db),
  calendar: calendarBooks(county.db),
});
const fire = (id: string) =>
  fireDeadline({ ...moving(), enqueue, autoSign: signWhenDue(moving()), supervise: issueByRule(moving()) })(
    id,
  );
const sweep = () => sweepDeadlines({ deadlines, enqueue, now: clock })();
const relay = () =>
  relayOutbox({
    outbox: outboxBooks(county.db),
    enqueue,
    notices: { publish: async (notice) => void ('ticketId' in notice && heard.push(notice)) },
    now: clock,
    log,
  })();
const read = (id: string) => readTicket({ tickets: ticketBooks(county.db) })(id, county.lead);

async function idOf(ticketId: string, mark: string): Promise<string> {
  const [whose = '', level = ''] = mark.split(' ');
  const { rows } = await county.db.query<{ id: string }>(
    `select id from deadlines where ticket_id = $1 and clock = $2 and (level::text = $3 or kind = $3)`,
    [ticketId, whose, level],
  );
  return rows[0]?.id ?? 'none';
}

test('fifty jobs for one deadline at once: one event, one notice', async () => {
  const ticket = await open();
  const id = await idOf(ticket.id, 'citizen 100');
  now = Date.parse(ticket.citizenDueAt);
  const results = await Promise.all(Array.from({ length: 50 }, () => fire(id)));
  expect(results.filter((result) => result === 'fired')).toHaveLength(1);
  expect(results.filter((result) => result === 'notMine')).toHaveLength(49);
  const after = await read(ticket.id);
  expect(after.timeline.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
    '1 register',
    '2 dispatch',
    '3 deadlineOverdue',
  ]);
  expect(after.overdue).toBe(true);
  await relay();
  expect(heard.map(({ kind }) => kind)).toEqual(['ticketOpened', 'deadlineOverdue']);
  expect(await relay()).toBe('empty');
  expect(heard).toHaveLength(2);
});

test('all marks of one ticket firing at once keep the time line without gap or double', async () => {
  const ticket = await open();
  now = Date.parse(ticket.citizenDueAt) + 1;
  const { rows } = await county.db.query<{ id: string }>(`select id from deadlines where clock <> 'stage'`);
  await Promise.all(rows.map(({ id }) => fire(id)));
  const { timeline } = await read(ticket.id);
  expect(timeline.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // The unit's own clock ran over: the rule supervises it, in the transaction that says so.
  expect(timeline.filter(({ type }) => type === 'supervisionIssued')).toMatchObject([
    { actor: null, body: { trigger: 'overdue', unitCode: 'lighting' } },
  ]);
});

test('only the coming 24 hours lie on the queue, and what is past goes there at once', async () => {
  const ticket = await open();
  // To be signed for by noon; half of the time is over on Thursday at 09:30, more than a day away.
  expect(await enqueue(ticket.id)).toBe(1);
  now = ACCEPTED + 60 * HOUR;
  expect(await enqueue()).toBe(3);
  expect(await enqueue()).toBe(0);
  const past = await open(ACCEPTED - 30 * 24 * HOUR);
  expect(await enqueue(past.id)).toBe(8);
  expect(queue.jobs.size).toBe(12);
  expect([...queue.jobs.keys()].every((key) => /^dl-[0-9a-f-]{36}-0$/.test(key))).toBe(true);
});

test('an emptied store gets everything back under the same names; an absent one notes nothing as done', async () => {
  await open(ACCEPTED - 30 * 24 * HOUR);
  queue.away = true;
  await expect(relay()).rejects.toThrow('away');
  await expect(enqueue()).rejects.toThrow('away');
  expect(heard).toEqual([]);
  queue.away = false;
  await relay();
  expect(heard).toHaveLength(1);
  const before = [...queue.jobs.keys()].sort();
  expect(before).toHaveLength(8);
  queue.emptied();
  const restore = restoreJobs({ deadlines, queue, enqueue });
  expect(await restore()).toEqual({ restored: 8 });
  expect([...queue.jobs.keys()].sort()).toEqual(before);
  expect(await restore()).toBe('intact');
});

test('a job that comes too early (a clock went ahead) puts its deadline back for its time', async () => {
  const ticket = await open();
  const id = await idOf(ticket.id, 'unit 50');
  now = ACCEPTED + 60 * HOUR;
  await enqueue();
  expect(await fire(id)).toBe('putBack');
  expect(queue.jobs.has(`dl-${id}-1`)).toBe(true);
  expect((await read(ticket.id)).timeline).toHaveLength(2);
});

test('a claim that ran out comes back, and its first holder can write nothing any more', async () => {
  const ticket = await open();
  const id = await idOf(ticket.id, 'citizen 100');
  now = Date.parse(ticket.citizenDueAt);
  const dead = await deadlines.claim(id, now + 60_000);
  if (dead === null) throw new Error('not claimed');
  expect(await fire(id)).toBe('notMine');
  now += 59_000;
  expect(await sweep()).toMatchObject({ expiredClaims: 0 });
  now += 2000;
  expect(await sweep()).toMatchObject({ expiredClaims: 1 });
  expect(await fire(id)).toBe('fired');
  const event = {
    id: randomUUID(),
    at: now,
    actorId: null,
    fromState: null,
    toState: null,
    type: 'deadlineOverdue',
    reason: '',
    body: {},
  } as const;
  const outbox = { topic: 'deadlineFired', key: id, body: {}, notBefore: now };
  expect(await county.db.transact((tx) => deadlines.finish(dead, event, outbox, tx))).toBe('lost');
  expect(await deadlines.cancel(dead, now)).toBe('lost');
  await deadlines.putBack(dead);
  expect((await read(ticket.id)).timeline.filter(({ type }) => type === 'deadlineOverdue')).toHaveLength(1);
});

test('a lost job comes back under a new generation a minute after its time, and again if that is lost', async () => {
  const ticket = await open(ACCEPTED - 30 * 24 * HOUR);
  await enqueue(ticket.id);
  const id = await idOf(ticket.id, 'unit 80');
  queue.jobs.clear();
  now += 59_000;
  expect(await sweep()).toMatchObject({ lostJobs: 0, enqueued: 0 });
  now += 2000;
  expect(await sweep()).toMatchObject({ lostJobs: 8, enqueued: 8 });
  expect(queue.jobs.has(`dl-${id}-1`)).toBe(true);
  now += 30_000;
  expect(await sweep()).toMatchObject({ lostJobs: 0 });
  now += 31_000;
  expect(await sweep()).toMatchObject({ lostJobs: 8 });
  expect(queue.jobs.has(`dl-${id}-2`)).toBe(true);
});

test('a ticket that is over cancels its deadlines; a deleted deadline and a strange id are nobody’s', async () => {
  const ticket = await open();
  now = Date.parse(ticket.citizenDueAt);
  await county.db.query(`update tickets set state = 'reportedDone' where id = $1`, [ticket.id]);
  expect(await fire(await idOf(ticket.id, 'unit 100'))).toBe('cancelled');
  expect(await fire(await idOf(ticket.id, 'citizen 80'))).toBe('fired');
  await county.db.query(`update tickets set state = 'closed' where id = $1`, [ticket.id]);
  expect(await fire(await idOf(ticket.id, 'citizen 100'))).toBe('cancelled');
  const gone = await idOf(ticket.id, 'unit 50');
  await county.db.query('delete from deadlines where id = $1', [gone]);
  expect(await fire(gone)).toBe('notMine');
  expect(await fire(randomUUID())).toBe('notMine');
});

test('outbox rows that nobody can read are set aside and hold up no others; those of gone deadlines do no harm', async () => {
  await county.db.query(`insert into outbox (topic, key, body) values ('ticketOpened', 'x', '"text"'),
    ('weather', 'y', '{"kind": "ticketOpened", "ticketId": "z"}'), ('ticketOpened', 'n', 'null')`);
  const ticket = await open(ACCEPTED - 30 * 24 * HOUR);
  await county.db.query(`delete from deadlines where clock = 'unit'`);
  await county.db.query(`update deadlines set state = 'cancelled', finished_at = now() where level = 50`);
  await relay();
  expect(heard).toMatchObject([{ kind: 'ticketOpened', ticketId: ticket.id }]);
  expect(queue.jobs.size).toBe(4);
  expect(errors).toHaveLength(3);
  const { rows } = await county.db.query<{ failure: string | null }>(
    'select failure from outbox where sent_at is not null order by id',
  );
  expect(rows.map(({ failure }) => failure)).toEqual(['not a notice', 'unknown topic', 'not a notice', null]);
});

test('many relays at once tell each row once', async () => {
  await Promise.all(Array.from({ length: 40 }, () => open()));
  await Promise.all(Array.from({ length: 8 }, () => relay()));
  await relay();
  expect(heard).toHaveLength(40);
  expect(new Set(heard.map(({ ticketId }) => ticketId)).size).toBe(40);
});

test('old outbox rows are removed, unsent ones never', async () => {
  await open();
  await open();
  await relay();
  await open();
  const outbox = outboxBooks(county.db);
  expect(await outbox.prune(Date.now() - HOUR, 100)).toBe(0);
  expect(await outbox.prune(Date.now() + HOUR, 100)).toBe(2);
  expect(await outbox.prune(Date.now() + HOUR, 100)).toBe(0);
  await relay();
  expect(heard).toHaveLength(3);
});

test('a provisional deadline is counted again when its year is entered, with a note; what has fired stays', async () => {
  const accepted = Date.parse('2026-12-30T10:00:00+08:00');
  now = accepted;
  const ticket = await open(accepted);
  // Mon to Fri assumed: 31 Dec, 1, 4, 5, 6 January.
  expect(ticket.citizenDueAt).toBe('2027-01-06T10:00:00.000Z');
  const recount = recountDeadlines({
    calendar: calendarBooks(county.db),
    deadlines,
    now: clock,
    newId: randomUUID,
  });
  expect(await recount()).toBe(0);
  now = accepted + 9 * 24 * HOUR;
  expect(await fire(await idOf(ticket.id, 'unit 50'))).toBe('fired');
  now = accepted + HOUR;
  await enqueue();
  await county.db.query(`insert into calendar_years (year, basis) values (2027, '国办发明电〔2026〕1号')`);
  await county.db.query(`insert into calendar_days (day, working, name) values ('2027-01-01', false, '元旦'),
    ('2027-01-09', true, '元旦调休')`);
  expect(await recount()).toBe(1);
  expect(await recount()).toBe(0);
  const after = await read(ticket.id);
  expect(after.citizenDueAt).toBe('2027-01-07T10:00:00.000Z');
  expect(after.deadlines.filter(({ provisional, state }) => provisional && state === 'pending')).toEqual([]);
  expect(
    after.deadlines.filter(({ state }) => state === 'done').map(({ clock: c, level }) => [c, level]),
  ).toEqual([['unit', 50]]);
  expect(after.timeline.at(-1)).toMatchObject({ type: 'deadlineRecounted', actor: null });
  expect(after.deadlines.find(({ kind }) => kind === 'overdue')?.explanation?.missingYears).toEqual([]);
});

test('a ticket that nobody signs for is signed for by the program after two working hours, once, and its contact still waited for', async () => {
  const ticket = await open();
  const id = await idOf(ticket.id, 'stage sign');
  now = ACCEPTED + HOUR;
  expect(await fire(id)).toBe('putBack');
  // Accepted at ten; the morning ends at noon.
  now = Date.parse('2026-11-23T12:00:00+08:00');
  const results = await Promise.all(Array.from({ length: 20 }, () => fire(id)));
  expect(results.filter((result) => result === 'fired')).toHaveLength(1);
  const after = await read(ticket.id);
  expect(after.state).toBe('signedFor');
  expect(after.timeline.at(-1)).toMatchObject({
    seq: 3,
    type: 'signFor',
    actor: null,
    reason: '逾期未签收，系统自动签收',
  });
  now = Date.parse('2026-11-24T18:00:00+08:00');
  expect(await fire(await idOf(ticket.id, 'stage contact'))).toBe('fired');
  expect((await read(ticket.id)).timeline.at(-1)).toMatchObject({
    type: 'stageOverdue',
    body: { stage: 'contact', clock: 'stage', dueAt: '2026-11-24T10:00:00.000Z' },
  });
  await relay();
  expect(heard.map(({ kind, stage }) => `${kind} ${stage ?? ''}`.trim())).toEqual([
    'ticketOpened',
    'ticketMoved',
    'stageOverdue contact',
  ]);
});

test('who signs while the deadline fires is as good: one signature, and the deadline is over', async () => {
  const ticket = await open();
  const id = await idOf(ticket.id, 'stage sign');
  now = ACCEPTED + 30 * HOUR;
  const [, fired] = await Promise.allSettled([
    moveTicket(moving())({
      id: ticket.id,
      move: 'signFor',
      version: 2,
      reason: '',
      details: {},
      actor: county.unit,
    }),
    fire(id),
  ]);
  expect(fired.status).toBe('fulfilled');
  const { timeline, deadlines: marks } = await read(ticket.id);
  expect(timeline.filter(({ type }) => type === 'signFor')).toHaveLength(1);
  expect(['done', 'cancelled', 'pending']).toContain(marks.find(({ kind }) => kind === 'sign')?.state);
  expect(['notMine', 'cancelled']).toContain(await fire(id));
  expect((await read(ticket.id)).timeline.filter(({ type }) => type === 'signFor')).toHaveLength(1);
});

test('an urgent ticket has fifteen minutes to be signed for, at night as well, and two hours to the first contact', async () => {
  const night = Date.parse('2026-09-19T02:00:00+08:00');
  const ticket = await openTicket({
    ...acting,
    now: () => night,
    tickets: ticketBooks(county.db),
  })({
    appeal: appeal({ urgency: 'urgent' }),
    callId: null,
    actor: county.agent,
  });
  const { deadlines: marks, urgency } = await read(ticket.id);
  expect(urgency).toBe('urgent');
  const due = (kind: string) => marks.find((one) => one.kind === kind)?.dueAt;
  expect(due('sign')).toBe('2026-09-18T18:15:00.000Z');
  expect(due('contact')).toBe('2026-09-18T20:00:00.000Z');
});

test('a clock that goes on while a worker still holds a mark of it as ended keeps that mark: the reply was refused meanwhile', async () => {
  const ticket = await open();
  const move = (what: 'signFor' | 'handle' | 'reportDone' | 'refuseReply', actor = county.unit) =>
    moveTicket(moving())({
      id: ticket.id,
      move: what,
      version: null,
      reason: '办理',
      details: what === 'reportDone' ? { reply: '已修复。' } : {},
      actor,
    });
  await move('signFor');
  await move('handle');
  await move('reportDone');
  now = Date.parse(ticket.citizenDueAt);
  const id = await idOf(ticket.id, 'unit 100');
  const held = await deadlines.claim(id, now + 60_000);
  if (held === null) throw new Error('not claimed');
  expect(held.ticket.state).toBe('reportedDone');
  await move('refuseReply', county.lead);
  expect(await deadlines.cancel(held, now)).toBe('lost');
  expect(await fire(id)).toBe('fired');
  expect((await read(ticket.id)).timeline.map(({ type }) => type)).toContain('deadlineOverdue');
});

test('a unit from which a ticket was taken back is not overdue with it, and no order is sent to it', async () => {
  const ticket = await open();
  const move = (what: 'withdraw' | 'resubmit') =>
    moveTicket(moving())({
      id: ticket.id,
      move: what,
      version: null,
      reason: '市民要求',
      details: {},
      actor: county.agent,
    });
  await move('withdraw');
  await move('resubmit');
  now = Date.parse(ticket.citizenDueAt) + HOUR;
  expect(await fire(await idOf(ticket.id, 'unit 100'))).toBe('cancelled');
  expect((await read(ticket.id)).timeline.map(({ type }) => type)).not.toContain('supervisionIssued');
  expect(await fire(await idOf(ticket.id, 'citizen 100'))).toBe('fired');
});

test('a first contact that fell due while the return was decided on is overdue when the unit has it again', async () => {
  const ticket = await open();
  const move = moveTicket(moving());
  const step = (
    what: 'returnTicket' | 'refuseReturn',
    actor: typeof county.lead,
    details: Parameters<typeof move>[0]['details'] = {},
  ) => move({ id: ticket.id, move: what, version: null, reason: '因为', details, actor });
  now = ACCEPTED + HOUR;
  await step('returnTicket', county.unit, { evidence: '属物业', suggestedUnitCode: 'water' });
  const id = await idOf(ticket.id, 'stage contact');
  now = Date.parse('2026-11-24T18:00:00+08:00');
  expect(await fire(id)).toBe('cancelled');
  now += HOUR;
  await step('refuseReturn', county.lead);
  expect(await fire(id)).toBe('fired');
  expect((await read(ticket.id)).timeline.at(-1)).toMatchObject({
    type: 'stageOverdue',
    body: { stage: 'contact', lateMs: HOUR },
  });
});

test('moves and deadlines of one ticket at once: none waits for the other in a circle, and none is lost', async () => {
  const settings = await county.db.query<{ before: number }>(
    'select deadlocks::integer as before from pg_stat_database where datname = current_database()',
  );
  expect(settings.rows).toHaveLength(1);
  for (let round = 0; round < 8; round += 1) {
    now = ACCEPTED;
    const ticket = await open();
    const move = moveTicket(moving());
    const step = (what: 'signFor' | 'returnTicket', details: Parameters<typeof move>[0]['details'] = {}) =>
      move({ id: ticket.id, move: what, version: null, reason: '因为', details, actor: county.unit });
    await step('signFor');
    await step('returnTicket', { evidence: '属物业', suggestedUnitCode: 'water' });
    const { rows } = await county.db.query<{ id: string }>(
      `select id from deadlines where ticket_id = $1 and state = 'pending'`,
      [ticket.id],
    );
    // All clocks have run out; the return is accepted, which starts the unit's anew, while each of them fires.
    now = Date.parse(ticket.citizenDueAt) + 1;
    const accept = move({
      id: ticket.id,
      move: 'acceptReturn',
      version: null,
      reason: '因为',
      details: { unitCode: 'water' },
      actor: county.lead,
    });
    const fired = await Promise.all([...rows.map(({ id }) => fire(id)), accept.then(() => 'moved' as const)]);
    expect(fired).toContain('moved');
    const { timeline, state } = await read(ticket.id);
    expect(state).toBe('dispatched');
    expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, at) => at + 1));
  }
});

test('what fires at night stands on the time line at its hour and is told in the morning; what is urgent at once', async () => {
  const night = Date.parse('2026-11-27T02:00:00+08:00');
  const told = async () => {
    await relay();
    return heard.splice(0).map(({ kind, atMs }) => `${kind} ${new Date(atMs).toISOString()}`);
  };
  const fireAt = async (urgency: 'normal' | 'urgent') => {
    now = ACCEPTED;
    const ticket = await openTicket({ ...acting, tickets: ticketBooks(county.db) })({
      appeal: appeal({ urgency }),
      callId: null,
      actor: county.agent,
    });
    await told();
    now = night;
    expect(await fire(await idOf(ticket.id, 'citizen 50'))).toBe('fired');
    expect((await read(ticket.id)).timeline.at(-1)).toMatchObject({
      type: 'deadlineWarning',
      at: '2026-11-26T18:00:00.000Z',
    });
    return await told();
  };
  expect(await fireAt('urgent')).toEqual(['deadlineWarning 2026-11-26T18:00:00.000Z']);
  expect(await fireAt('normal')).toEqual([]);
  now = Date.parse('2026-11-27T07:59:59+08:00');
  expect(await told()).toEqual([]);
  now = Date.parse('2026-11-27T08:00:00+08:00');
  expect(await told()).toEqual(['deadlineWarning 2026-11-26T18:00:00.000Z']);
  expect(await told()).toEqual([]);
});

test('a batch fires what is due, ends what is over, and leaves alone what is held, early or wants more than a line', async () => {
  const tickets = await Promise.all([open(), open(), open()]);
  const [due, over, held] = tickets;
  if (due === undefined || over === undefined || held === undefined) throw new Error('three were opened');
  await moveTicket(moving())({
    id: over.id,
    move: 'withdraw',
    version: null,
    reason: '市民来电撤回',
    details: {},
    actor: county.agent,
  });
  now = Date.parse(due.citizenDueAt);
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
    new Map(await Promise.all(marks.map(async (mark) => [mark, await idOf(ticketId, mark)] as const)));
  const [dueIds, overIds, heldIds] = [await idsOf(due.id), await idsOf(over.id), await idsOf(held.id)];
  const batch = fireDeadlines(moving());
  const fired = await county.db.transact(async (tx) => {
    await county.db.on(tx).query('select from tickets where id = $1 for update', [held.id]);
    return await batch([...dueIds.values(), ...overIds.values(), ...heldIds.values()]);
  });
  const outcome = (ids: Map<string, string>) =>
    marks.map((mark) => fired.get(ids.get(mark) ?? '') ?? 'alone');
  expect(outcome(dueIds)).toEqual(['fired', 'fired', 'fired', 'fired', 'alone', 'alone', 'fired']);
  expect(outcome(overIds)).toEqual(marks.map(() => 'cancelled'));
  expect(outcome(heldIds)).toEqual(marks.map(() => 'alone'));
  const { timeline } = await read(due.id);
  expect(timeline.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  // Again, and by two at once: nothing is left for a second line.
  const again = await Promise.all([batch([...dueIds.values()]), batch([...dueIds.values()])]);
  expect(again.map(({ size }) => size)).toEqual([0, 0]);
  expect(
    faultIn((await timeLineBooks(county.db).proofOf(due.id, sightOf(county.lead))) ?? never(), chainHash),
  ).toBeNull();
});

const never = (): never => {
  throw new Error('no proof');
};
