import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEYLESS } from '../../../src/adapters/http/keyless.ts';
import { type Counter, openCounter } from './counter.ts';

// A request whose answer got lost is sent again: whatever creates or acts is done once, and answered as it was.

let counter: Counter;
/** The operationId of each POST, and whether its description offers the key. */
let posts: { readonly operation: string; readonly takesKey: boolean }[];
beforeAll(async () => {
  counter = await openCounter();
  interface Post {
    readonly operationId: string;
    readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  }
  const { paths } = (await counter.ask(null, 'GET', '/openapi.json')).body;
  posts = Object.values(paths as Record<string, { post?: Post }>).flatMap(({ post }) =>
    post === undefined
      ? []
      : [
          {
            operation: post.operationId,
            takesKey: (post.parameters ?? []).some(
              (one) => one.in === 'header' && one.name === 'idempotency-key',
            ),
          },
        ],
  );
});
afterAll(() => counter.close());

test('every POST takes an Idempotency-Key, or stands in the table with the reason why it needs none', () => {
  const keyless: string[] = Object.values(KEYLESS).flat();
  expect(posts.length).toBeGreaterThan(150);
  expect(
    posts
      .filter((one) => !one.takesKey)
      .map(({ operation }) => operation)
      .toSorted(),
  ).toEqual(keyless.toSorted());
});

const raised = async (): Promise<string> => {
  const id = randomUUID();
  await counter.db.query(
    `insert into alarms (id, key, kind, detail, raised_at, last_at) values ($1::uuid, $1::uuid::text, 'incident.surge', '突发', now(), now())`,
    [id],
  );
  return id;
};
const close = async (id: string, reason: string, key?: string) => {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return counter.ask(counter.people.lead, 'POST', `/v1/alarms/${id}/close`, { reason }, headers);
};

test('an act is carried out once under its key: the same answer again, another request refused', async () => {
  const [id, key] = [await raised(), randomUUID()];
  const first = await close(id, '已现场核实', key);
  expect(first, first.raw).toMatchObject({
    status: 200,
    body: { alarm: { id, closingReason: '已现场核实' } },
  });
  const again = await close(id, '已现场核实', key);
  expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
  expect(again.raw).toBe(first.raw);
  expect(await close(id, '另一个理由', key)).toMatchObject({
    status: 422,
    body: { code: 'idempotency.otherRequest' },
  });
  // Without the key it is another act, and there is nothing to close any more.
  expect(await close(id, '已现场核实')).toMatchObject({ status: 404, body: { code: 'alarm.unknown' } });
});

test('a refused act frees its key: the corrected one may use it', async () => {
  const key = randomUUID();
  expect((await close(randomUUID(), '已现场核实', key)).body.code).toBe('alarm.unknown');
  expect((await close(await raised(), '已现场核实', key)).status).toBe(200);
});

test('an act without words in its answer is answered without words again', async () => {
  const { lead } = counter.people;
  const note = { number: '13800001111', vulnerable: true, note: '独居老人' };
  const { body } = await counter.ask(lead, 'POST', '/v1/caller-notes', note);
  const key = randomUUID();
  const remove = (headers: Record<string, string>) =>
    counter.ask(lead, 'POST', `/v1/caller-notes/${body.id}/remove`, { reason: '登记有误' }, headers);
  for (const replayed of [undefined, 'true']) {
    const removed = await remove({ 'idempotency-key': key });
    expect({ status: removed.status, raw: removed.raw }).toEqual({ status: 204, raw: '' });
    expect(removed.headers['idempotency-replayed']).toBe(replayed);
  }
  expect((await remove({})).status).toBe(404);
});

test('of two that act at once under one key one does, and the other is told so or answered alike', async () => {
  const [id, key] = [await raised(), randomUUID()];
  const both = await Promise.all([close(id, '已现场核实', key), close(id, '已现场核实', key)]);
  expect(both.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  for (const { status, body } of both.filter((one) => one.status !== 200))
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'idempotency.underWay' });
});
