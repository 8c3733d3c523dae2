import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const OVERDUE = { list: 'listTickets', name: '超期投诉', query: { type: 'COMPLAINT', overdue: true } };
const save = (who: Person, body: object, key: string = randomUUID()) =>
  counter.ask(who, 'POST', '/v1/filters', body, { 'idempotency-key': key });
const names = async (who: Person, query = ''): Promise<string[]> =>
  (await counter.ask(who, 'GET', `/v1/filters${query}`)).body.filters.map(
    ({ name, own }: { name: string; own: boolean }) => `${own ? '' : '*'}${name}`,
  );

test('a filter is its owner’s; shared with a role it is everybody’s of that role who may read the list', async () => {
  const { agent, lead, dispatcher, admin } = counter.people;
  const own = await save(agent, OVERDUE);
  expect(own).toMatchObject({ status: 201, body: { ...OVERDUE, sharedWith: [] } });
  expect(await names(agent)).toEqual(['超期投诉']);
  expect(await names(dispatcher)).toEqual([]);
  expect((await save(agent, { ...OVERDUE, name: '共享', sharedWith: ['agent'] })).body.code).toBe(
    'filter.shareForbidden',
  );
  await save(lead, { ...OVERDUE, name: '班组待办', sharedWith: ['agent', 'dispatcher', 'admin'] });
  expect(await names(agent)).toEqual(['*班组待办', '超期投诉']);
  expect(await names(dispatcher)).toEqual(['*班组待办']);
  // Shared with who may not read tickets at all: it would lead him to a refusal.
  expect(await names(admin)).toEqual([]);
  expect(await names(agent, '?list=listCalls')).toEqual([]);
  // What it says is what the list takes.
  const { body } = await counter.ask(agent, 'GET', '/v1/tickets?type=COMPLAINT&overdue=true');
  expect(body.tickets).toEqual([]);
});

test('a filter is changed and removed by its owner; who shares tidies up what is shared, and nothing else', async () => {
  const { reviewer, returnVisitor, supervisor } = counter.people;
  const kept = (await save(reviewer, { ...OVERDUE, name: '一' })).body;
  const change = (who: Person, id: string, body: object) =>
    counter.ask(who, 'PUT', `/v1/filters/${id}`, body);
  const remove = (who: Person, id: string) => counter.ask(who, 'DELETE', `/v1/filters/${id}`);
  expect((await change(returnVisitor, kept.id, OVERDUE)).body.code).toBe('filter.unknown');
  expect((await change(supervisor, kept.id, OVERDUE)).body.code).toBe('filter.unknown');
  expect((await change(reviewer, kept.id, { ...OVERDUE, query: { overdue: false } })).body).toMatchObject({
    id: kept.id,
    name: '超期投诉',
    query: { overdue: false },
  });
  const shared = (await save(supervisor, { ...OVERDUE, sharedWith: ['reviewer'] })).body;
  expect((await remove(reviewer, shared.id)).body.code).toBe('filter.unknown');
  expect((await remove(counter.people.operator, shared.id)).status).toBe(204);
  expect((await remove(reviewer, kept.id)).status).toBe(204);
  expect((await remove(reviewer, kept.id)).body.code).toBe('filter.unknown');
});

test('what is no filter of the list is told when it is saved, field by field; a name stands once; nobody is kept under a name', async () => {
  const { dispatcher } = counter.people;
  const refused = async (over: object) => (await save(dispatcher, { ...OVERDUE, ...over })).body;
  expect(await refused({ list: 'listNowhere' })).toMatchObject({ code: 'filter.listUnknown' });
  expect(await refused({ query: { overdue: 'perhaps', colour: 'red' } })).toMatchObject({
    code: 'filter.queryInvalid',
    data: {
      faults: expect.arrayContaining([
        expect.objectContaining({ field: 'query.overdue' }),
        expect.objectContaining({ field: 'query.colour' }),
      ]),
    },
  });
  expect((await refused({ query: { after: 'x' } })).code).toBe('filter.queryInvalid');
  expect((await refused({ query: { text: '张某 13912345678' } })).code).toBe('filter.personal');
  const key = randomUUID();
  const first = await save(dispatcher, { ...OVERDUE, name: ' 今日 ' }, key);
  expect(first.body.name).toBe('今日');
  expect((await save(dispatcher, { ...OVERDUE, name: ' 今日 ' }, key)).raw).toBe(first.raw);
  expect((await refused({ name: '今日' })).code).toBe('filter.nameTaken');
  for (let index = 1; index < 50; index += 1) await save(dispatcher, { ...OVERDUE, name: `第${index}` });
  expect((await refused({ name: '第五十一' })).code).toBe('filter.tooMany');
});
