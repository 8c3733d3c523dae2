import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failingRounds } from '../../../src/adapters/pg/round-failures.ts';
import { ticketMoveBooks } from '../../../src/adapters/pg/ticket-moves.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { SYSTEM } from '../../../src/domain/tickets/ticket.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { run } from '../../../src/roles/worker.ts';
import type { WorkerTimes } from '../../../src/roles/worker-times.ts';
import { freshRedis, type TestRedis } from '../../support/services.ts';
import { appeal, type County, freshCounty } from '../pg-tickets/county.ts';
import { prompts } from './prompt-settings.ts';

// What the worker does by itself about units that stall, as a whole worker, and what becomes of the rest when one round fails.

const NO_MESSAGES = { folder: '/nowhere', webhook: null, visitPage: null };
const FAST: WorkerTimes = { claimMs: 2000, sweepEveryMs: 200, jobLostAfterMs: 2000 };
const DAY = 86_400_000;
const PATIENCE = { timeout: 60_000, interval: 100 };

let county: County;
let redis: TestRedis;
let undo: (() => Promise<unknown>)[];
const said: { readonly message: string; readonly round: unknown }[] = [];
const say = (fields: object, message: string): void => {
  said.push({ message, round: 'round' in fields ? fields.round : null });
};
const log = { debug: () => undefined, info: say, warn: say, error: say };

beforeEach(async () => {
  said.length = 0;
  [county, redis] = await Promise.all([freshCounty(), freshRedis()]);
  undo = [() => county.close(), () => redis.stop()];
});
afterEach(async () => {
  for (const step of undo.reverse()) await step();
});

async function work(): Promise<void> {
  const worker = await run(
    { databaseUrl: county.url, redisUrl: redis.url, messages: NO_MESSAGES, ...prompts() },
    log,
    FAST,
  );
  undo.push(() => worker.stop());
}

/** A ticket with which its unit has been late for so many days, as a worker of before left it: nobody was urged. */
async function late(days = 1): Promise<string> {
  const accepted = Date.now() - (days + 20) * DAY;
  const opening = { tickets: ticketBooks(county.db), now: () => accepted, newId: randomUUID };
  const { id } = await openTicket(opening)({
    ...{ appeal: appeal({ citizenNumber: '13912345678' }), callId: null, actor: county.agent },
  });
  await county.db.query(`update deadlines set state = 'done', finished_at = due_at where ticket_id = $1`, [
    id,
  ]);
  await county.db.query(
    `update deadlines set due_at = $2 where ticket_id = $1 and clock = 'unit' and kind = 'overdue'`,
    [id, new Date(Date.now() - days * DAY)],
  );
  return id;
}
const note = (ticketId: string, at: number) =>
  county.db.transact(async (tx) => {
    const books = ticketMoveBooks(county.db);
    await books.lock(ticketId, sightOf(SYSTEM), tx);
    const body = { unitCode: 'lighting', auto: true, over: true };
    await books.note(ticketId, { id: randomUUID(), at, actorId: null, type: 'urged', reason: '', body }, tx);
  });

/** Minutes of which one unit took a task away that it has not reported in its time. */
async function lateTask(ticketId: string, nth = 1): Promise<string> {
  const [meeting, task] = [randomUUID(), randomUUID()];
  await county.db.query(
    `insert into meetings (id, number, state, held_at, minutes, outcomes, written_at, author, writers, confirmed_at, confirmed_by)
     values ($1::uuid, $4, 'confirmed', now(), '{"topic": "路灯归属", "participants": [], "decisions": [], "tasks": []}', '[]', now(),
       $2, array[$2::uuid], now(), $3)`,
    [meeting, county.agent.accountId, county.lead.accountId, `HY-${nth}`],
  );
  await county.db.query(
    `insert into meeting_tasks (id, meeting_id, nth, unit_code, task, state, ticket_ids, due_at, explanation)
     values ($1, $2, 1, 'water', '三日内更换', 'open', array[$3::uuid], now() - interval '1 hour', '{}')`,
    [task, meeting, ticketId],
  );
  return task;
}

/** A circular that its unit has not read, and is to be asked for again by now. */
async function unreadCircular(nth = 1): Promise<string> {
  const [circular, document] = [randomUUID(), randomUUID()];
  await county.db.query(
    `insert into documents (id, kind, year, sequence, number, subject, circular, issued_at, issued_by)
     values ($1::uuid, 'circular', 2026, $3, $4, $4, '{}', now(), $2)`,
    [document, county.lead.accountId, nth, `如东热线通〔2026〕${nth}号`],
  );
  await county.db.query(
    `insert into circulars (id, state, from_day, to_day, kinds, units, text, figures, counted_at, written_at, author, writers,
       signatory, sent_at, document_id)
     values ($1, 'sent', '2026-10-01', '2026-10-31', '{overdue}', '{lighting}', '{}', '[]', now(), now(), $2,
       array[$2::uuid], $3, now() - interval '3 days', $4)`,
    [circular, county.agent.accountId, county.lead.accountId, document],
  );
  await county.db.query(
    `insert into circular_recipients (circular_id, unit_code, told, remind_at) values ($1, 'lighting', 'noContact', now())`,
    [circular],
  );
  return circular;
}

const urges = async (ticketId: string): Promise<number> => {
  const { rows } = await county.db.query<{ n: number }>(
    `select count(*)::integer as n from ticket_events where ticket_id = $1 and type = 'urged'`,
    [ticketId],
  );
  return rows[0]?.n ?? 0;
};
const orders = async (ticketId: string): Promise<readonly string[]> => {
  const { rows } = await county.db.query<{ what: string }>(
    `select trigger || ' ' || unit_code as what from supervision_orders where ticket_id = $1 order by trigger`,
    [ticketId],
  );
  return rows.map(({ what }) => what);
};
const reminders = async (circular: string): Promise<number> => {
  const { rows } = await county.db.query<{ n: number }>(
    'select reminders as n from circular_recipients where circular_id = $1',
    [circular],
  );
  return rows[0]?.n ?? 0;
};

test('two workers: the late unit is urged, the urged one supervised, the late task too, who is late for long told of in a circular, the circular asked for again, each once', async () => {
  await county.db.query(
    `insert into limit_sets (preset, content, valid_from, state, reason, proposed_at, decided_at)
     values ('jiangsu-3-5', $1::jsonb, now() - interval '90 days', 'approved', 'x', now(), now())`,
    [
      JSON.stringify({
        superviseAfter: { normal: { unit: 'minutes', amount: 30 }, urgent: { unit: 'minutes', amount: 5 } },
      }),
    ],
  );
  const [fresh, pressed, tasked] = [await late(), await late(), await late()];
  await note(pressed, Date.now() - DAY + 1000);
  await note(tasked, Date.now() - 60_000);
  await lateTask(tasked);
  const long = await late(40);
  const circular = await unreadCircular();
  await Promise.all([work(), work()]);
  await expect.poll(() => urges(fresh), PATIENCE).toBe(1);
  await expect.poll(() => orders(pressed), PATIENCE).toEqual(['overdue lighting']);
  await expect.poll(() => orders(tasked), PATIENCE).toEqual(['meetingTask water']);
  await expect.poll(() => orders(long), PATIENCE).toContain('longOverdue lighting');
  await expect.poll(() => reminders(circular), PATIENCE).toBe(1);
  // Each of them has come by again when it has done what is new: nothing was done twice.
  const stopping = undo.splice(2).reverse();
  for (const stop of stopping) await stop();
  await work();
  await expect.poll(() => said.filter(({ message }) => message === 'worker is up').length, PATIENCE).toBe(3);
  const again = await late();
  await lateTask(again, 2);
  const unread = await unreadCircular(2);
  await expect.poll(() => urges(again), PATIENCE).toBe(1);
  await expect.poll(() => orders(again), PATIENCE).toEqual(['meetingTask water']);
  await expect.poll(() => reminders(unread), PATIENCE).toBe(1);
  expect(await Promise.all([fresh, pressed, tasked].map(urges))).toEqual([1, 1, 1]);
  expect(await orders(fresh)).toEqual([]);
  expect(await orders(pressed)).toEqual(['overdue lighting']);
  expect(await orders(tasked)).toEqual(['meetingTask water']);
  expect((await orders(long)).filter((what) => what === 'longOverdue lighting')).toHaveLength(1);
  expect(await reminders(circular)).toBe(1);
}, 180_000);

test('a round that fails says so once and holds up none of the others; what it owed is done when it works again', async () => {
  const ticketId = await late();
  await lateTask(ticketId);
  await county.db.query('alter table meeting_tasks rename to meeting_tasks_away');
  await work();
  const failures = () =>
    said.filter(
      ({ message, round }) =>
        message === 'a round failed, it will be tried again' && round === 'meetingTasks',
    );
  await expect.poll(failures, PATIENCE).toHaveLength(1);
  // Whoever looks at the board sees which, and why.
  const onBoard = async () =>
    (await failingRounds(county.db, Date.now())).filter(({ name }) => name === 'meetingTasks');
  await expect
    .poll(onBoard, PATIENCE)
    .toMatchObject([{ name: 'meetingTasks', workers: 1, why: expect.stringContaining('meeting_tasks') }]);
  await expect.poll(() => urges(ticketId), PATIENCE).toBe(1);
  await county.db.query('alter table meeting_tasks_away rename to meeting_tasks');
  await expect.poll(() => orders(ticketId), PATIENCE).toEqual(['meetingTask water']);
  await expect
    .poll(
      () => said.some(({ message, round }) => message === 'a round works again' && round === 'meetingTasks'),
      PATIENCE,
    )
    .toBe(true);
  expect(failures()).toHaveLength(1);
  await expect.poll(onBoard, PATIENCE).toEqual([]);
}, 180_000);
