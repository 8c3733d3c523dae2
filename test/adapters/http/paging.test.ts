import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

// Lists that are read page by page: each row once, in one order, whatever comes or goes meanwhile.

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const LISTS = [
  ['forced-moves', 'forcedMoves'],
  ['extensions', 'extensions'],
  ['instructions', 'instructions'],
  ['incidents', 'incidents'],
  ['threads', 'threads'],
  ['visit-samples', 'samples'],
  ['surveys', 'surveys'],
  ['exclusions', 'exclusions'],
  ['supervision', 'orders'],
  ['callbacks', 'callbacks'],
  ['messages', 'messages'],
  ['voice-messages', 'messages'],
] as const;

test.each(LISTS)(
  '%s: a page, where the next begins, and a clear word about a cursor that is none',
  async (path, name) => {
    const { lead } = counter.people;
    const page = await counter.ask(lead, 'GET', `/v1/${path}?limit=1`);
    expect(page, page.raw).toMatchObject({ status: 200, body: { [name]: [], next: null } });
    const strange = await counter.ask(lead, 'GET', `/v1/${path}?after=abc`);
    expect(strange).toMatchObject({ status: 400, body: { code: 'page.invalid' } });
  },
);

/** All pages of one row each; `between` happens after the first. */
async function pages(who: Person, path: string, name: string, between = async () => undefined as unknown) {
  const seen: { id: string; number: string }[] = [];
  for (let after = ''; ; ) {
    const { body } = await counter.ask(who, 'GET', `/v1/${path}?limit=1${after}`);
    seen.push(...body[name]);
    if (seen.length === 1) await between();
    if (body.next === null) return seen.map(({ number }) => number);
    after = `&after=${body.next}`;
  }
}

test('rows of one instant come each once, and one that goes meanwhile takes no other with it', async () => {
  const at = '2026-11-25T10:00:00.123456Z';
  const [first] = await Promise.all(
    ['SJ1', 'SJ2', 'SJ3', 'SJ4'].map(async (number) => {
      const id = randomUUID();
      await counter.db.query(
        `insert into incidents (id, number, title, category_code, area, state, opened_at)
         values ($1, $2, '停水', 'leak', '余荡村', 'open', $3)`,
        [id, number, at],
      );
      return id;
    }),
  );
  const all = await pages(counter.people.lead, 'incidents', 'incidents');
  expect(all.toSorted()).toEqual(['SJ1', 'SJ2', 'SJ3', 'SJ4']);
  const without = await pages(counter.people.lead, 'incidents', 'incidents', () =>
    counter.db.query('delete from incidents where id <> $1 and number = $2', [first, all[0]]),
  );
  expect(without).toEqual(all);
});

test('complex threads come first, by when they became so; the others after them, the newest first', async () => {
  for (const [number, openedAt, complexAt] of [
    ['T1', '2026-01-01', null],
    ['T2', '2026-02-01', '2026-09-01'],
    ['T3', '2026-03-01', null],
    ['T4', '2014-09-01', '2026-10-01'],
  ] as const) {
    await counter.db.query(
      `insert into threads (id, number, opened_at, complex_at, complex_reasons, reviewed_at)
       values ($1, $2, $3, $4, case when $4::timestamptz is null then '{}' else array['transfers'] end, now())`,
      [randomUUID(), number, openedAt, complexAt],
    );
  }
  expect(await pages(counter.people.lead, 'threads', 'threads')).toEqual(['T4', 'T2', 'T3', 'T1']);
  const { body } = await counter.ask(counter.people.lead, 'GET', '/v1/threads?complex=false');
  expect(body.threads.map(({ number }: { number: string }) => number)).toEqual(['T3', 'T1']);
});
