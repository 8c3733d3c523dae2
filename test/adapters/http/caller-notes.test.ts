import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

// Who asks by number learns whose a masked number is: it is on record, and nobody tries out ten thousand of them.

const NUMBER = '13812345678';
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
  const noted = { number: NUMBER, vulnerable: true, language: null, note: '听力不好，请慢说' };
  expect((await counter.ask(counter.people.agent, 'POST', '/v1/caller-notes', noted)).status).toBe(201);
});
afterAll(() => counter.close());

const seek = (who: Person, number: string) =>
  counter.ask(who, 'GET', `/v1/caller-notes?number=${encodeURIComponent(number)}`);
const searches = async (who: Person) =>
  (
    await counter.db.query<{ subject: string; address: string; whole: string }>(
      `select subject_kind || ' ' || subject_id as subject, address, audit_trail::text as whole
       from audit_trail where action = 'caller.notesSought' and account_id = $1 order by at, id`,
      [who.id],
    )
  ).rows;

test('a search by number is on record, found or not, and the number is not; however it is written it is the same caller', async () => {
  const [first, second] = [await counter.person(['agent']), await counter.person(['lead'])];
  expect((await seek(first, NUMBER)).body.notes).toMatchObject([{ number: '138****5678' }]);
  expect((await seek(second, `+86 ${NUMBER}`)).body.notes).toHaveLength(1);
  expect((await seek(second, '13900000000')).body.notes).toEqual([]);
  const [his] = await searches(first);
  const theirs = await searches(second);
  expect(his?.subject).toMatch(/^caller [0-9a-f]{64}$/);
  expect(his?.address).toBe('127.0.0.1');
  expect(theirs.map(({ subject }) => subject === his?.subject).sort()).toEqual([false, true]);
  for (const { whole } of [his, ...theirs].filter((one) => one !== undefined)) {
    expect(whole).not.toContain(NUMBER.slice(3));
  }
});

test('the list as a whole and what is no number are no search', async () => {
  const person = await counter.person(['supervisor']);
  expect((await counter.ask(person, 'GET', '/v1/caller-notes')).body.notes).toHaveLength(1);
  expect(await seek(person, 'nobody')).toMatchObject({ body: { code: 'caller.numberInvalid' } });
  expect(await searches(person)).toEqual([]);
});

test('nobody tries out numbers: thirty an hour for each account, the list goes on, and others are not held up', async () => {
  const person = await counter.person(['agent']);
  for (let n = 0; n < 30; n += 1) expect((await seek(person, `1381234${1000 + n}`)).status).toBe(200);
  const held = await seek(person, NUMBER);
  expect(held).toMatchObject({ status: 429, body: { code: 'request.tooOften' } });
  expect(Number(held.headers['retry-after'])).toBeGreaterThan(3000);
  expect(await searches(person)).toHaveLength(30);
  expect((await counter.ask(person, 'GET', '/v1/caller-notes')).status).toBe(200);
  expect((await seek(await counter.person(['agent']), NUMBER)).status).toBe(200);
});
