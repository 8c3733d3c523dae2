import { afterEach, beforeEach, expect, test } from 'vitest';
import { ageingTicketBooks } from '../../../src/adapters/pg/ageing-tickets.ts';
import { circularBooks } from '../../../src/adapters/pg/circulars.ts';
import { dueOversight } from '../../../src/app/oversight/due-oversight.ts';
import { enqueueMatter } from '../../../src/app/oversight/enqueue-oversight.ts';
import { matterRow, type OversightJob } from '../../../src/app/ports/oversight-jobs.ts';
import { DatabaseAway } from '../../../src/app/ports/transaction.ts';
import { DeadlineDesk } from './deadline-desk.ts';

// One ticket that the rules fail on holds back nobody else's: neither in the sweep of supervision nor on the way by the outbox.

let desk: DeadlineDesk;
beforeEach(async () => {
  desk = await DeadlineDesk.open();
});
afterEach(() => desk.close());

/** Both late for long; the first was accepted before any limits were in force, so that no rule can be found for it. */
async function brokenAndSound(): Promise<{ readonly broken: string; readonly sound: string }> {
  const [{ id: broken }, { id: sound }] = [await desk.open(), await desk.open()];
  await desk.county.db.query(`update deadlines set state = 'done', finished_at = due_at`);
  await desk.county.db.query(`update tickets set accepted_at = '1969-01-01Z' where id = $1::uuid`, [broken]);
  await desk.county.db.query('update outbox set sent_at = now()');
  desk.now = Date.parse('2026-12-21T10:00:00+08:00');
  desk.errors.length = 0;
  return { broken, sound };
}
const due = () =>
  dueOversight({
    ...desk.moving(),
    circulars: circularBooks(desk.county.db),
    ageing: ageingTicketBooks(desk.county.db),
  })(desk.now);

test('a ticket that no rule can be found for is told of in the log, and what is due of the others is found all the same', async () => {
  const { broken, sound } = await brokenAndSound();
  expect((await due()).map(({ kind, id }) => [kind, id])).toEqual([
    ['pressed', sound],
    ['longOverdue', sound],
  ]);
  expect(desk.errors).toMatchObject([{ what: { ticketId: broken } }, { what: { ticketId: broken } }]);
  // Mended, it is found by the next sweep.
  await desk.county.db.query(`update tickets set accepted_at = '2026-11-23Z' where id = $1::uuid`, [broken]);
  expect((await due()).map(({ id }) => id)).toContain(broken);
});

test('a matter that no rule can be found for is set aside by the relay and said on the board; those behind it go out', async () => {
  const { broken, sound } = await brokenAndSound();
  for (const id of [broken, sound]) {
    const { topic, key, body } = matterRow({ kind: 'pressed', id });
    await desk.county.db.query('insert into outbox (topic, key, body) values ($1, $2, $3::jsonb)', [
      ...[topic, key, JSON.stringify(body)],
    ]);
  }
  const jobs: OversightJob[] = [];
  let isAway = true;
  const queue = {
    add: async (more: readonly OversightJob[]) => {
      if (isAway) throw new Error('the queue is away');
      jobs.push(...more);
    },
  };
  const enqueue = enqueueMatter({ ...desk.moving(), queue });
  const unsent = async () =>
    (await desk.county.db.query<{ key: string }>('select key from outbox where sent_at is null')).rows.map(
      ({ key }) => key,
    );
  // That the books or the queue are away is the fault of no row: each waits.
  const booksAway = () => Promise.reject(new DatabaseAway('away'));
  const withoutBooks = enqueueMatter({
    ...{ ...desk.moving(), queue },
    supervision: { pressedOne: booksAway, running: booksAway },
  });
  await expect(desk.relay(withoutBooks)).rejects.toThrow('away');
  expect(await unsent()).toEqual([broken, sound]);
  await expect(desk.relay(enqueue)).rejects.toThrow('the queue is away');
  expect(await unsent()).toEqual([sound]);
  isAway = false;
  await desk.relay(enqueue);
  expect(await unsent()).toEqual([]);
  expect(jobs).toMatchObject([{ kind: 'pressed', id: sound }]);
  expect(desk.errors).toMatchObject([{ topic: 'oversightMatter', key: broken, err: expect.any(Error) }]);
  const { rows } = await desk.county.db.query('select key, failure from outbox where failure is not null');
  expect(rows).toEqual([{ key: broken, failure: 'undecided: no limits were in force' }]);
});
