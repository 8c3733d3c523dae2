import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const opened = async (over: object = {}): Promise<string> => {
  const { body, status, raw } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    ...{ type: 'SUGGESTION', categoryCode: 'leak', content: '建议更换老旧水管', unitCode: 'water' },
    ...over,
  });
  expect(status, raw).toBe(201);
  return body.id;
};
const say = (who: Person, id: string, body: object, key: string = randomUUID()) =>
  counter.ask(who, 'POST', `/v1/tickets/${id}/adoption`, body, { 'idempotency-key': key });
const report = async (who: Person, path: string) => counter.ask(who, 'GET', `/v1/reports/${path}`);
const YEAR = 'adoptions?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z';

test('what became of a suggestion is on its time line and in the rate; the hotline’s word holds, a replay says nothing twice', async () => {
  const { unit, supervisor, leader } = counter.people;
  const [one, two] = [await opened(), await opened()];
  await opened();
  await opened({ type: 'COMPLAINT' });
  const adopted = { outcome: 'adopted', words: '列入今年改造计划', publication: '县政府网站' };
  const key = randomUUID();
  expect((await say(unit, one, adopted, key)).body).toEqual({ side: 'unit' });
  await counter.db.query('delete from idempotency_keys where key = $1', [key]);
  expect((await say(unit, one, adopted, key)).body).toEqual({ side: 'unit' });
  expect((await say(unit, two, adopted)).status).toBe(201);
  expect((await say(supervisor, two, { outcome: 'notAdopted', words: '经费未落实' })).body).toEqual({
    side: 'hotline',
  });
  // Later, and yet the hotline's word stands before it.
  await say(unit, two, { outcome: 'partly', words: '先换主管' });
  const { body } = await counter.ask(supervisor, 'GET', `/v1/tickets/${one}`);
  expect(body.timeline.filter(({ type }: { type: string }) => type === 'adoptionSaid')).toMatchObject([
    { reason: '采纳：列入今年改造计划', body: { outcome: 'adopted', publication: '县政府网站' } },
  ]);
  const found = await report(leader, YEAR);
  expect(found.body).toMatchObject({
    total: { suggestions: 3, adopted: 1, partly: 0, notAdopted: 1, published: 1, rate: 33.33 },
    units: [{ unitCode: 'water', suggestions: 3 }],
  });
  expect((await report(counter.people.agent, YEAR)).status).toBe(403);
  expect((await report(leader, YEAR.replace('2100', '2020'))).body.code).toBe('period.invalid');
});

test('everybody reads what was taken up, in the hotline’s words, with the rate; said anew without a summary it is off the list', async () => {
  const { unit, supervisor } = counter.people;
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
  const list = (query = '', headers: Record<string, string> = {}) =>
    counter.ask(null, 'GET', `/v1/public/suggestions/adopted${query}`, undefined, headers);
  const before = (await list()).body;
  expect(before).toMatchObject({ year, suggestions: [], next: null });
  const citizen = { citizenName: '张三丰', citizenNumber: '13912345678' };
  const [one, two] = [await opened(citizen), await opened(citizen)];
  const secret = await opened({ ...citizen, confidential: true });
  const said = {
    ...{ outcome: 'adopted', words: '年内更换主管三公里', publication: 'https://example.gov.cn/1' },
    summary: '建议更换老旧水管',
  };
  // A unit does not publish by itself.
  expect((await say(unit, one, said)).status).toBe(201);
  expect((await list()).body.suggestions).toEqual([]);
  expect((await say(supervisor, one, { ...said, summary: '张三丰建议更换水管' })).body.code).toBe(
    'adoption.personal',
  );
  expect((await say(supervisor, secret, said)).body.code).toBe('adoption.secret');
  expect((await say(supervisor, two, { ...said, outcome: 'notAdopted' })).body.code).toBe(
    'adoption.notTakenUp',
  );
  await say(supervisor, one, said);
  await say(supervisor, two, { ...said, outcome: 'partly', publication: '' });
  const found = await list();
  expect(found.body.suggestions).toMatchObject([
    { outcome: 'partly', publication: '' },
    {
      ...{ outcome: 'adopted', unit: '县自来水公司', category: '漏水', summary: '建议更换老旧水管' },
      ...{ measure: '年内更换主管三公里', publication: 'https://example.gov.cn/1' },
    },
  ]);
  expect(found.raw).not.toMatch(/张三丰|13912345678|[A-Z]{2}\d{8}-\d+/);
  const { total } = found.body;
  expect(total.suggestions).toBe(before.total.suggestions + 3);
  expect(total.rate).toBe(Math.round(((total.adopted + total.partly) / total.suggestions) * 10_000) / 100);
  expect((await list('', { 'if-none-match': String(found.headers.etag) })).status).toBe(304);
  const first = await list('?limit=1');
  expect(first.body.suggestions).toEqual(found.body.suggestions.slice(0, 1));
  expect((await list(`?limit=1&after=${first.body.next}`)).body.suggestions).toEqual(
    found.body.suggestions.slice(1),
  );
  expect((await list(`?year=${year - 1}`)).body).toMatchObject({
    total: { suggestions: 0, rate: null },
    suggestions: [],
  });
  await say(supervisor, two, { outcome: 'partly', words: '先换主管' });
  await say(unit, two, said);
  expect((await list()).body.suggestions.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'adopted',
  ]);
});

test('H24: a long-term item is open like any other in the totals, and named', async () => {
  const { unit, lead, leader } = counter.people;
  const before = (await report(leader, 'open-tickets')).body.total;
  const id = await opened();
  const move = async (who: Person, what: string, details: object = {}) => {
    const { body } = await counter.ask(who, 'GET', `/v1/tickets/${id}/moves`);
    const asked = { move: what, version: body.version, reason: '因为', details };
    expect((await counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, asked)).status).toBe(200);
  };
  await move(unit, 'signFor');
  await move(unit, 'handle');
  const reviewOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await move(lead, 'shelve', { plan: '随道路改造更换', reviewOn });
  const after = (await report(leader, 'open-tickets')).body;
  expect(after.total).toEqual({ ...before, open: before.open + 1, longTerm: before.longTerm + 1 });
  expect(after.units.find(({ unitCode }: { unitCode: string }) => unitCode === 'water')).toMatchObject({
    longTerm: 1,
    states: expect.arrayContaining([{ state: 'longTerm', tickets: 1 }]),
  });
  await counter.db.query(
    `insert into ticket_events (id, ticket_id, seq, at, type, reason, body) select gen_random_uuid(), id, version + 1,
       now(), 'reviewPlan', '', '{"reviewOn": "2020-01-01"}' from tickets where id = $1`,
    [id],
  );
  expect((await report(leader, 'open-tickets')).body.total).toMatchObject({ planLate: 1 });
});

test('a leader reads matters without a number in them, and opens none', async () => {
  const { leader } = counter.people;
  const id = await opened({ citizenNumber: '13912345678', content: '请回电13912345678' });
  const read = await counter.ask(leader, 'GET', `/v1/tickets/${id}`);
  expect(read.status).toBe(200);
  expect(read.raw).not.toContain('13912345678');
  expect((await counter.ask(leader, 'POST', `/v1/tickets/${id}/reveal`, { reason: '了解情况' })).status).toBe(
    403,
  );
  const secret = await opened({ confidential: true });
  expect((await counter.ask(leader, 'GET', `/v1/tickets/${secret}`)).status).toBe(404);
  const given = await counter.ask(leader, 'POST', '/v1/instructions', {
    ...{ level: 'own', leader: '县长 王某', words: '请水务部门限期解决', ticketIds: [id] },
    dueAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  expect(given.status, given.raw).toBe(201);
  const taken = await counter.ask(leader, 'POST', `/v1/instructions/${given.body.id}/moves`, {
    move: 'takeUp',
    words: '已承接',
  });
  expect(taken.body.code).toBe('instruction.moveForbidden');
});

test('appeals are told by the areas that their places name, each once; what cannot be told stands by itself', async () => {
  const { operator, leader, agent } = counter.people;
  const { version } = (await counter.ask(agent, 'GET', '/v1/dispatch/catalogue')).body;
  const areas = [
    { code: 'juegang', name: '掘港街道' },
    { code: 'juegang.yudang', name: '余荡村' },
    { code: 'matang', name: '马塘镇' },
  ];
  const edited = await counter.ask(operator, 'POST', '/v1/dispatch/catalogue', {
    version,
    reason: '建目录',
    areas,
  });
  expect(edited.status, edited.raw).toBe(200);
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const read = async () => (await report(leader, `areas?from=${today}&to=${today}`)).body;
  const before = await read();
  for (const place of ['掘港街道余荡村三组', '马塘镇', '掘港街道与马塘镇交界', '某处'])
    await opened({ place });
  const after = await read();
  expect(after.total.tickets).toBe(before.total.tickets + 4);
  expect(after.several.tickets).toBe(before.several.tickets + 1);
  expect(after.none.tickets).toBe(before.none.tickets + 1);
  expect(after.areas).toMatchObject([
    { code: 'juegang.yudang', name: '余荡村', tickets: 1, open: 1, overdue: 0, reworked: 0 },
    { code: 'matang', name: '马塘镇', tickets: 1 },
  ]);
  expect((await report(leader, `areas?from=2020-01-01&to=${today}`)).body.code).toBe('period.tooLong');
  expect((await report(counter.people.unit, `areas?from=${today}&to=${today}`)).status).toBe(403);
});
