import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deadlineBooks } from '../../../src/adapters/pg/deadlines.ts';
import { roundRecord } from '../../../src/adapters/pg/round-failures.ts';
import { fireOnRecord } from '../../../src/app/deadlines/fire-deadline.ts';
import { DatabaseAway } from '../../../src/app/ports/transaction.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const board = async () => (await counter.ask(counter.people.operator, 'GET', '/v1/jobs')).body;
const failures = async () =>
  (await counter.ask(counter.people.operator, 'GET', '/v1/jobs/failures')).body.failures;
const again = (who: Person, kind: string, id: string) =>
  counter.ask(who, 'POST', `/v1/jobs/failures/${kind}/${id}/run`, { reason: '数据已更正，重新执行' });

test('what failed stands on the board with its reason, is run again for a reason, and that is on record', async () => {
  const { body: ticket } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    ...{ type: 'HELP', categoryCode: 'leak', content: '门前水管爆裂，来电13912345678', unitCode: 'water' },
  });
  const { rows } = await counter.db.query<{ id: string }>(
    `select id from deadlines where ticket_id = $1 and clock = 'unit' and level = 100`,
    [ticket.id],
  );
  const id = rows[0]?.id ?? '';
  const deadlines = deadlineBooks(counter.db);
  const failing = (error: Error) =>
    fireOnRecord({ deadlines, now: Date.now, fire: () => Promise.reject(error) })(id);
  await expect(failing(new DatabaseAway('gone'))).rejects.toThrow('gone');
  expect(await failures()).toEqual([]);
  await expect(failing(new Error('the unit has no supervisor'))).rejects.toThrow('no supervisor');
  await expect(failing(new Error('the unit has no supervisor'))).rejects.toThrow('no supervisor');
  await counter.db.query(`update outbox set sent_at = now(), failure = 'unknown topic' where key = $1`, [
    ticket.id,
  ]);
  const before = await board();
  expect(before).toMatchObject({
    store: null,
    deadlines: { failing: 1, due: 0 },
    outbox: { setAside: 1, waiting: 0 },
  });
  expect(before.deadlines.ahead).toBeGreaterThan(5);
  const failed = await failures();
  expect(failed).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ...{ kind: 'deadline', id, why: 'the unit has no supervisor', times: 2, ticketId: ticket.id },
        what: `${ticket.number} unit overdue 100`,
        mark: { ticket: ticket.number, clock: 'unit', kind: 'overdue', level: 100 },
      }),
      expect.objectContaining({ kind: 'outbox', why: 'unknown topic', mark: null }),
    ]),
  );
  expect((await again(counter.people.lead, 'deadline', id)).status).toBe(403);
  expect((await again(counter.people.operator, 'deadline', id)).status).toBe(204);
  expect(await again(counter.people.operator, 'deadline', id)).toMatchObject({
    status: 404,
    body: { code: 'jobs.noFailure' },
  });
  const row = failed.find(({ kind }: { kind: string }) => kind === 'outbox');
  expect((await again(counter.people.operator, 'outbox', row.id)).status).toBe(204);
  expect(await failures()).toEqual([]);
  expect(await board()).toMatchObject({
    deadlines: { failing: 0 },
    outbox: { setAside: 0, waiting: 1 },
  });
  const trail = await counter.services.audit.ofSubject('job', `deadline ${id}`);
  expect(trail).toMatchObject([
    { action: 'job.runAgain', accountId: counter.people.operator.id, reason: '数据已更正，重新执行' },
  ]);
  expect(await deadlines.claim(id, Date.now() + 1000)).toMatchObject({ id });
});

test('rounds that fail stand on the board with their latest error, all workers together, until they work', async () => {
  const [here, there] = [roundRecord(counter.db, randomUUID()), roundRecord(counter.db, randomUUID())];
  const atMs = Date.now();
  const failed = { round: 'dueNotices', sinceMs: atMs - 60_000, atMs, failures: 7 };
  await here.failed({ ...failed, why: 'no such column, told 13912345678', failures: 6, atMs: atMs - 5_000 });
  await here.failed({ ...failed, why: 'no such table, told 13912345678' });
  await there.failed({ ...failed, why: 'timeout', sinceMs: atMs - 20_000, atMs: atMs - 1_000, failures: 2 });
  // Of a worker that was killed an hour ago.
  await there.failed({ ...failed, round: 'prompts', why: 'gone', atMs: atMs - 3_600_000 });
  expect((await board()).rounds).toEqual([
    {
      name: 'dueNotices',
      why: 'no such table, told 139****78',
      since: new Date(atMs - 60_000).toISOString(),
      lastAt: new Date(atMs).toISOString(),
      times: 9,
      workers: 2,
    },
  ]);
  await here.works('dueNotices');
  expect((await board()).rounds).toMatchObject([{ name: 'dueNotices', why: 'timeout', workers: 1 }]);
  await there.prune(atMs - 60_000);
  await there.forget();
  expect((await board()).rounds).toEqual([]);
  expect((await counter.db.query('select from round_failures')).rows).toEqual([]);
});
