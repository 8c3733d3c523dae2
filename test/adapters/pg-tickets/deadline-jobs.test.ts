import { afterEach, beforeEach, expect, test } from 'vitest';
import { outboxBooks } from '../../../src/adapters/pg/outbox.ts';
import { restoreJobs } from '../../../src/app/deadlines/sweep-deadlines.ts';
import { ACCEPTED, DeadlineDesk, HOUR } from './deadline-desk.ts';

let desk: DeadlineDesk;
beforeEach(async () => {
  desk = await DeadlineDesk.open();
});
afterEach(() => desk.close());

test('only the coming 24 hours lie on the queue, and what is past goes there at once', async () => {
  const ticket = await desk.open();
  // To be signed for by noon, with two reminders on the way; half of the time is over on Thursday at 09:30, more than a day away.
  expect(await desk.enqueue(ticket.id)).toBe(3);
  desk.now = ACCEPTED + 60 * HOUR;
  expect(await desk.enqueue()).toBe(3);
  expect(await desk.enqueue()).toBe(0);
  const past = await desk.open(ACCEPTED - 30 * 24 * HOUR);
  expect(await desk.enqueue(past.id)).toBe(10);
  expect(desk.queue.jobs.size).toBe(16);
  expect([...desk.queue.jobs.keys()].every((key) => /^dl-[0-9a-f-]{36}-0$/.test(key))).toBe(true);
});

test('an emptied store gets everything back under the same names; an absent one notes nothing as done', async () => {
  await desk.open(ACCEPTED - 30 * 24 * HOUR);
  desk.queue.away = true;
  await expect(desk.relay()).rejects.toThrow('away');
  await expect(desk.enqueue()).rejects.toThrow('away');
  expect(desk.heard).toEqual([]);
  desk.queue.away = false;
  await desk.relay();
  expect(desk.heard).toHaveLength(1);
  const before = [...desk.queue.jobs.keys()].sort();
  expect(before).toHaveLength(10);
  desk.queue.emptied();
  const restore = restoring();
  expect(await restore()).toEqual({ restored: 10 });
  expect([...desk.queue.jobs.keys()].sort()).toEqual(before);
  expect(await restore()).toBe('intact');
});

type Rest = Parameters<typeof restoreJobs>[0]['rest'];
const restoring = (rest: Rest = async () => undefined, stopping = new AbortController().signal) => {
  const { deadlines, queue, enqueue, clock: now } = desk;
  const restore = restoreJobs({ deadlines, queue, enqueue, now, rest });
  return () => restore(stopping);
};

test('after each page it rests for as long as the page took, a second at most: what is due fires meanwhile', async () => {
  await desk.open(ACCEPTED - 30 * 24 * HOUR);
  await desk.enqueue();
  const add = desk.queue.add.bind(desk.queue);
  const rests: number[] = [];
  for (const tookMs of [0, 80, 5_000]) {
    desk.queue.emptied();
    desk.queue.add = async (jobs) => {
      await add(jobs);
      desk.now += tookMs;
    };
    await restoring(async (ms) => {
      // Restored by then: a worker finds it.
      expect(desk.queue.jobs.size).toBe(10);
      rests.push(ms);
    })();
  }
  expect(rests).toEqual([0, 80, 1_000]);
});

test('a worker that is to stop breaks off between two pages, and the next one begins anew', async () => {
  await desk.open(ACCEPTED - 30 * 24 * HOUR);
  await desk.enqueue();
  desk.queue.emptied();
  const stopping = new AbortController();
  const restore = restoring(async (_ms, signal) => {
    stopping.abort(new Error('stopping'));
    signal.throwIfAborted();
  }, stopping.signal);
  await expect(restore()).rejects.toThrow('stopping');
  expect(await restoring()()).toEqual({ restored: 10 });
});

test('a store that is emptied again while it is restored, or whose restorer dies, is restored from the beginning', async () => {
  for (let n = 0; n < 4; n += 1) await desk.open(ACCEPTED - 30 * 24 * HOUR);
  await desk.enqueue();
  const before = [...desk.queue.jobs.keys()].sort();
  expect(before).toHaveLength(40);
  const add = desk.queue.add.bind(desk.queue);
  const restore = restoring();
  desk.queue.emptied();
  desk.queue.add = async (jobs) => {
    await add(jobs.slice(0, 5));
    throw new Error('it died');
  };
  await expect(restore()).rejects.toThrow('it died');
  desk.queue.add = async (jobs) => {
    await add(jobs);
    desk.queue.emptied();
  };
  await restore();
  desk.queue.add = add;
  expect(await restore()).toEqual({ restored: 40 });
  expect([...desk.queue.jobs.keys()].sort()).toEqual(before);
  expect(await restore()).toBe('intact');
});

test('what is due first is put back first, page by page, and by one worker at a time', async () => {
  for (let n = 0; n < 3; n += 1) await desk.open(ACCEPTED - 30 * 24 * HOUR);
  await desk.enqueue();
  const pages: number[][] = [];
  const others: (number | null)[] = [];
  const handed = await desk.deadlines.handAgain(7, async (jobs) => {
    pages.push(jobs.map(({ dueAt }) => dueAt));
    others.push(await desk.deadlines.handAgain(5, async () => undefined));
  });
  expect(handed).toBe(30);
  expect(others).toEqual([null, null, null, null, null]);
  expect(pages.map((page) => page.length)).toEqual([7, 7, 7, 7, 2]);
  expect(pages.flat()).toEqual(pages.flat().toSorted((one, other) => one - other));
});

test('outbox rows that nobody can read are set aside and hold up no others; those of gone deadlines do no harm', async () => {
  await desk.county.db.query(`insert into outbox (topic, key, body) values ('ticketOpened', 'x', '"text"'),
    ('weather', 'y', '{"kind": "ticketOpened", "ticketId": "z"}'), ('ticketOpened', 'n', 'null')`);
  const ticket = await desk.open(ACCEPTED - 30 * 24 * HOUR);
  await desk.county.db.query(`delete from deadlines where clock = 'unit'`);
  await desk.county.db.query(
    `update deadlines set state = 'cancelled', finished_at = now() where level = 50`,
  );
  await desk.relay();
  expect(desk.heard).toMatchObject([{ kind: 'ticketOpened', ticketId: ticket.id }]);
  expect(desk.queue.jobs.size).toBe(5);
  expect(desk.errors).toHaveLength(3);
  const { rows } = await desk.county.db.query<{ failure: string | null }>(
    'select failure from outbox where sent_at is not null order by id',
  );
  expect(rows.map(({ failure }) => failure)).toEqual(['not a notice', 'unknown topic', 'not a notice', null]);
});

test('many relays at once tell each row once', async () => {
  await Promise.all(Array.from({ length: 40 }, () => desk.open()));
  await Promise.all(Array.from({ length: 8 }, () => desk.relay()));
  await desk.relay();
  expect(desk.heard).toHaveLength(40);
  expect(new Set(desk.heard.map(({ ticketId }) => ticketId)).size).toBe(40);
});

test('old outbox rows are removed, unsent ones never', async () => {
  await desk.open();
  await desk.open();
  await desk.relay();
  await desk.open();
  const outbox = outboxBooks(desk.county.db);
  expect(await outbox.prune(Date.now() - HOUR, 100)).toBe(0);
  expect(await outbox.prune(Date.now() + HOUR, 100)).toBe(2);
  expect(await outbox.prune(Date.now() + HOUR, 100)).toBe(0);
  await desk.relay();
  expect(desk.heard).toHaveLength(3);
});
