import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chineseLanguage } from '../../../src/adapters/language/chinese.ts';
import { indexChanges } from '../../../src/app/knowledge/search/index-changes.ts';
import { type Counter, openCounter } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';

// What leaves the house without an account; whom an agent asks when the books are silent; and what it all came to.

let now = Date.parse('2026-09-01T10:00:00+08:00');
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  desk = knowledgeDesk(counter);
});
afterAll(() => counter.close());

/** What the worker does each second. */
async function index(): Promise<void> {
  const { database, searchIndex, calendar } = counter.services;
  const next = indexChanges({
    ...{ database, searchIndex, calendar },
    language: chineseLanguage(),
    now: () => now,
  });
  while ((await next()) > 0);
}
/** What a search knows of the index's words is read at most once a second; an address has 120 requests a minute. */
const READ_ANEW = { interval: 300 } as const;
const numbersFor = async (query: string): Promise<string[]> =>
  (await open(query)).body.entries.map(({ number }: { number: string }) => number);
const open = (path: string, headers: Record<string, string> = {}) =>
  counter.ask(null, 'GET', `/v1/public/knowledge${path}`, undefined, headers);

test('the public reads what is public and told today, its public fields and nothing else', async () => {
  const id = await desk.published({
    ...{
      publicText: '网上办理指南',
      internalText: '转值班长',
      validTo: '2026-09-30',
      otherWays: ['水费怎么交'],
    },
  });
  await desk.published({ isPublic: false, question: '内部口径' });
  const { number } = await desk.read(id);
  const { status, body, headers } = await open('');
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('public, max-age=60');
  expect(body.entries).toEqual([
    {
      ...{ number, question: desk.words().question, otherWays: ['水费怎么交'], text: '网上办理指南' },
      ...{ basis: desk.words().basis, unit: '县自来水公司', categories: ['leak'], areas: [] },
      ...{ validFrom: '2026-01-01', validTo: '2026-09-30', publishedAt: '2026-09-01T02:00:00.000Z' },
    },
  ]);
  await index();
  const asked = `?text=${encodeURIComponent('水费怎么')}&category=water`;
  await expect.poll(() => numbersFor(asked), READ_ANEW).toEqual([number]);
  expect(await numbersFor('?text=%25')).toEqual([]);

  // Who has it already is told so in one line; a new version is another thing.
  const one = await open(`/${number}`);
  const etag = String(one.headers.etag);
  const again = await open(`/${number}`, { 'if-none-match': etag });
  expect([again.status, again.raw]).toEqual([304, '']);
  await desk.revise(id, { publicText: '新的指南', validTo: '2026-09-30' });
  expect((await open(`/${number}`, { 'if-none-match': `W/${etag}` })).status).toBe(304);
  await desk.publish(id, 2);
  expect((await open(`/${number}`, { 'if-none-match': etag })).body).toMatchObject({ text: '新的指南' });

  // The day after its last it is gone, marked or not, from every cache as well; what never was public is unknown.
  now = Date.parse('2026-09-30T23:59:40.500+08:00');
  for (const path of ['', `/${number}`]) {
    const { headers: kept } = await open(path);
    expect(kept['cache-control']).toBe('public, max-age=19');
  }
  now = Date.parse('2026-10-01T00:00:01+08:00');
  expect(await open(`/${number}`)).toMatchObject({ status: 410, body: { code: 'knowledge.gone' } });
  expect((await open('')).body.entries).toEqual([]);
  const { body: all } = await counter.ask(counter.people.lead, 'GET', '/v1/knowledge?isPublic=false');
  expect((await open(`/${all.entries[0].number}`)).body.code).toBe('knowledge.unknown');
  now = Date.parse('2026-09-01T10:00:00+08:00');
});

test('of what an answer rests on the public is given the addresses of pages, and nothing that a browser would run', async () => {
  const basis = ['https://example.cn/a', 'HTTP://example.cn/b', 'javascript:alert(1)', '见公告栏', ''].map(
    (link) => ({ document: '办法', clause: '第2条', link }),
  );
  const id = await desk.published({ question: '依据在哪里看', basis });
  const { number } = await desk.read(id);
  const { body } = await open(`/${number}`);
  expect(body.basis.map(({ link }: { link: string }) => link)).toEqual([
    ...['https://example.cn/a', 'HTTP://example.cn/b', '', '', ''],
  ]);
  const listed = (await open('?limit=100')).body.entries.find(
    (one: { number: string }) => one.number === number,
  );
  expect(listed.basis).toEqual(body.basis);
});

test('what begins tomorrow the public cannot read today, nor is told that it once could', async () => {
  const id = await desk.published({ question: '取暖费明年怎么算', validFrom: '2026-09-02' });
  const { number } = await desk.read(id);
  const listed = async () =>
    (await open('?limit=100')).body.entries.some((one: { number: string }) => one.number === number);
  expect(await open(`/${number}`)).toMatchObject({ status: 404, body: { code: 'knowledge.unknown' } });
  expect((await open(`/${number}`)).headers['cache-control']).toBe('no-store');
  expect(await listed()).toBe(false);
  // What is kept of the list is kept no longer than the day on which it was true.
  now = Date.parse('2026-09-01T23:59:50+08:00');
  expect((await open('?limit=100')).headers['cache-control']).toBe('public, max-age=10');
  now = Date.parse('2026-09-02T00:00:00+08:00');
  expect([(await open(`/${number}`)).status, await listed()]).toEqual([200, true]);
  const { lead } = counter.people;
  const gone = await desk.moved(lead, id, 'withdraw', 1, '文件暂缓执行');
  expect(gone.status, JSON.stringify(gone.body)).toBe(200);
  const withdrawn = await open(`/${number}`);
  expect(withdrawn).toMatchObject({ status: 410, body: { code: 'knowledge.gone' } });
  expect(withdrawn.headers['cache-control']).toBe('no-store');
  expect(await listed()).toBe(false);
  now = Date.parse('2026-09-01T10:00:00+08:00');
});

test('the public finds by its own words what is public and told today, and never what is for colleagues', async () => {
  now = Date.parse('2026-10-05T10:00:00+08:00');
  const told = await desk.published({ question: '怎样申请电动车上牌', otherWays: ['小电驴上牌照'] });
  const inner = await desk.published({ question: '电动车上牌内部口径', isPublic: false });
  const over = await desk.published({ question: '电动车上牌旧办法', validTo: '2026-10-06' });
  await index();
  const numberOf = async (id: string): Promise<string> => (await desk.read(id)).number;
  const found = async () => {
    const { status, body, headers } = await open(`?words=${encodeURIComponent('小电驴上牌')}`);
    expect([status, body.next, headers['cache-control']]).toEqual([200, null, 'public, max-age=60']);
    return body.entries.map(({ number }: { number: string }) => number);
  };
  await expect.poll(found, READ_ANEW).toContain(await numberOf(told));
  const first = await found();
  expect(first[0]).toBe(await numberOf(told));
  expect(first).toContain(await numberOf(over));
  expect(first).not.toContain(await numberOf(inner));
  // `text` is another name for the same search, kept as it is.
  const texts = await open(`?text=${encodeURIComponent('小电驴上牌')}`);
  expect(texts.body.entries.map(({ number }: { number: string }) => number)).toEqual(first);
  const known = { 'if-none-match': String(texts.headers.etag) };
  expect((await open(`?text=${encodeURIComponent('小电驴上牌')}`, known)).status).toBe(304);
  now = Date.parse('2026-10-07T00:00:01+08:00');
  expect(await found()).not.toContain(await numberOf(over));
  expect((await open('?words=%20')).status).toBe(400);
  now = Date.parse('2026-09-01T10:00:00+08:00');
});

test('what lies in several kinds of matter is found and listed in each of them', async () => {
  now = Date.parse('2026-10-05T10:00:00+08:00');
  await counter.db.query(
    `insert into categories (code, parent_code, name) values ('roads', null, '道路'), ('roads.lamp', 'roads', '路灯')`,
  );
  const id = await desk.published({ question: '路灯杆下漏水归谁管', categories: ['leak', 'roads.lamp'] });
  await index();
  const { number } = await desk.read(id);
  for (const category of ['leak', 'water', 'roads', 'roads.lamp']) {
    const query = `?limit=100&category=${category}`;
    expect(await numbersFor(query), category).toContain(number);
    const words = encodeURIComponent('灯杆漏水');
    await expect.poll(() => numbersFor(`${query}&words=${words}`), READ_ANEW).toContain(number);
  }
  now = Date.parse('2026-09-01T10:00:00+08:00');
});

test('one address cannot ask for everything at once', async () => {
  const ask = () =>
    counter.ask(null, 'GET', '/v1/public/knowledge', undefined, { 'x-forwarded-for': '198.51.100.7' });
  const statuses = new Set<number>();
  let last = await ask();
  for (let asked = 1; asked <= 120; asked += 1) {
    statuses.add(last.status);
    last = await ask();
  }
  expect([...statuses]).toEqual([200]);
  expect(last).toMatchObject({ status: 429, body: { code: 'request.tooOften' } });
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  expect((await open('')).status).toBe(200);
  now += 60_000;
  expect((await ask()).status).toBe(200);
});

test('what takes too long for somebody without an account is ended in PostgreSQL itself, and he is told when to ask again', async () => {
  await counter.db.transact(async (tx) => {
    const held = counter.db.on(tx);
    await held.query('lock table knowledge_versions, ticket_adoptions in access exclusive mode');
    const paths = ['', `?text=${encodeURIComponent('电动车')}`, '/ZS-none'].map((path) => `knowledge${path}`);
    const asked = [...paths, 'suggestions/adopted'].map((path) =>
      counter.ask(null, 'GET', `/v1/public/${path}`),
    );
    for (const { status, body, headers } of await Promise.all(asked)) {
      expect([status, body.code, headers['retry-after']]).toEqual([503, 'database.slow', '5']);
    }
    const { rows } = await held.query(
      `select query from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(rows).toEqual([]);
  });
  expect((await open('')).status).toBe(200);
});

const expert = {
  unitCode: 'water',
  name: '陈工',
  post: '营业所',
  number: '051384123456',
  categories: ['water'],
};

test('experts by kind of matter, kept by their unit; one key consults, and what they say becomes a draft', async () => {
  const { unit, operator, agent } = counter.people;
  const made = await desk.post(unit, '/experts', expert);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const other = await desk.post(operator, '/experts', { ...expert, name: '李工', categories: ['leak'] });
  expect((await desk.post(unit, '/experts', { ...expert, unitCode: 'power' })).body.code).toBe(
    'knowledge.otherUnit',
  );
  expect((await desk.post(operator, '/experts', { ...expert, categories: ['moon'] })).body).toMatchObject({
    code: 'knowledge.nameUnknown',
    data: { categories: ['moon'] },
  });
  const { body: found } = await counter.ask(agent, 'GET', '/v1/experts?category=leak');
  // Named for it first, then for what it lies in.
  expect(found.experts.map(({ name }: { name: string }) => name)).toEqual(['李工', '陈工']);

  // And among those whom an agent can call out of a talk, each with the telephone and whether he is there.
  const { experts } = (await counter.ask(agent, 'GET', '/v1/directory')).body;
  expect(experts).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({
        ...{ expert: made.body.id, name: '陈工', number: '051384123456', unitName: '县自来水公司' },
        ...{ post: '营业所', duty: 'unknown', until: null, next: null },
      }),
    ]),
  );

  const { id } = made.body;
  const consulted = await desk.post(agent, `/experts/${id}/consultation`, {}, 'key-of-one-press');
  expect(consulted.status, JSON.stringify(consulted.body)).toBe(200);
  expect(counter.control.asked.at(-1)).toEqual({
    ...{ kind: 'talk', agentId: agent.id, key: 'key-of-one-press' },
    wish: { kind: 'consult', target: { kind: 'number', number: '051384123456', expert: id }, note: {} },
  });
  const callId = await counter.call(agent.id);
  const said = { callId, question: '水表停走怎么收费', answer: '按前三个月平均。', category: 'leak' };
  const noted = await desk.post(agent, `/experts/${id}/answers`, said);
  expect(noted.body).toMatchObject({ known: false, entryNumber: expect.stringMatching(/^ZS/) });
  expect((await desk.post(agent, `/experts/${id}/answers`, said)).body).toEqual({
    ...noted.body,
    known: true,
  });
  const { body: drafts } = await counter.ask(unit, 'GET', '/v1/knowledge?unit=water&state=draft');
  expect(drafts.entries.at(-1)).toMatchObject({
    origin: 'expert',
    current: null,
    latest: { question: said.question },
  });
  const stranger = await counter.person(['agent']);
  expect((await desk.post(stranger, `/experts/${id}/answers`, said)).body.code).toBe('call.notYours');

  const change = (revision: number, more: object) =>
    counter.ask(unit, 'PUT', `/v1/experts/${id}`, { ...expert, ...more, revision });
  expect((await change(1, { hours: '工作日随时' })).body).toMatchObject({
    code: 'knowledge.hoursUnreadable',
    data: { right: expect.stringContaining('workdays') },
  });
  expect((await change(1, { hours: '全天' })).body).toMatchObject({ revision: 2, hours: '全天' });
  // Who can be rung now comes before who is named for it more closely.
  const { body: onDuty } = await counter.ask(agent, 'GET', '/v1/experts?category=leak');
  expect(onDuty.experts).toMatchObject([
    { name: '陈工', duty: 'open', until: null },
    { name: '李工', duty: 'unknown', next: null },
  ]);
  expect((await change(1, {})).body.code).toBe('knowledge.changedMeanwhile');
  expect((await counter.ask(operator, 'DELETE', `/v1/experts/${other.body.id}`)).status).toBe(204);
  expect((await counter.ask(operator, 'DELETE', `/v1/experts/${other.body.id}`)).body.code).toBe(
    'knowledge.expertUnknown',
  );
});

test('F-2 on a generated day: 41,084 answered, 32,340 on the spot, with entry and version or without, 8,744 tickets: 78.72 %', async () => {
  const entryId = await desk.published({ question: '有人问的' });
  const unused = await desk.published({ question: '没人问的' });
  const { agent, lead } = counter.people;
  // Written as the product writes them: a call, its answer, its outcome; four answers in five with an entry.
  await counter.db.query(
    `with c as (
       insert into calls (id, arrived_at, trunk, dialled, caller_number, line, talk_started_at, agent_id, ended_at, result)
       select gen_random_uuid(), t, 'carrier', '12345', '13' || lpad(n::text, 9, '0'), '12345', t, $1, t, 'answeredByAgent'
       from generate_series(1, 41084) n, lateral (select timestamptz '2026-08-20 00:00+08' + n * interval '2 seconds' as t) s
       returning id, arrived_at, caller_number
     ), n as (select *, row_number() over (order by caller_number) as nth from c)
     , q as (
       insert into knowledge_quotes (id, call_id, entry_id, version, at, agent_id, message)
       select gen_random_uuid(), id, $2, 1, arrived_at, $1, 'notAsked' from n where nth <= 25872 returning id, call_id
     )
     , t as (
       insert into tickets (id, number, call_id, type, category_code, title, content, state, accepted_at)
       select gen_random_uuid(), 'F2-' || nth, id, 'HELP', 'leak', 'x', 'x', 'registered', arrived_at from n
       where nth > 32340 returning id, call_id
     )
     insert into call_outcomes (call_id, outcome, type, category, ticket_id, closed_by, closed_at, quote_id)
     select n.id, case when nth <= 32340 then 'answeredOnSpot' else 'ticket' end, 'ENQUIRY', 'leak', t.id, $1, arrived_at, q.id
     from n left join q on q.call_id = n.id left join t on t.call_id = n.id`,
    [agent.id, entryId],
  );
  for (const hits of [0, 0, 2]) {
    await counter.services.searchLog.note({
      ...{ id: randomUUID(), at: Date.parse('2026-08-20T09:00:00+08:00'), accountId: agent.id, callId: null },
      ...{ line: '12345', words: '残疾证咋办', hits, best: null },
    });
  }
  const { body } = await counter.ask(
    lead,
    'GET',
    '/v1/reports/knowledge?from=2026-08-20&to=2026-08-20&limit=5',
  );
  expect(body).toMatchObject({
    ...{ answered: 41_084, onSpot: 32_340, tickets: 8_744, invalid: 0, open: 0, onSpotRate: 78.72 },
    ...{
      withEntry: 25_872,
      withPlace: 0,
      withoutEntry: 6_468,
      quotes: 25_872,
      searches: 3,
      searchesInVain: 2,
    },
    mostAsked: [{ id: entryId, version: 1, times: 25_872, ownerUnit: 'water' }],
    inVain: [{ words: '残疾证咋办', times: 2 }],
  });
  expect(body.onSpot + body.tickets).toBe(body.answered);
  expect(body.neverUsed.map(({ id }: { id: string }) => id)).not.toContain(entryId);
  const { body: longer } = await counter.ask(
    lead,
    'GET',
    '/v1/reports/knowledge?from=2026-08-20&to=2026-09-01',
  );
  expect(longer.neverUsed.map(({ id }: { id: string }) => id)).toContain(unused);
  const { body: totals } = await counter.ask(lead, 'GET', '/v1/totals?from=2026-08-20&to=2026-08-20');
  expect(totals.total).toMatchObject({ answered: 41_084, onSpot: 32_340, tickets: 8_744 });
  // Each of those who heard it is found when it was wrong.
  await desk.moved(counter.people.unit, entryId, 'withdraw', 1, '文件已废止');
  const made = await desk.post(lead, `/knowledge/${entryId}/corrections`, {
    versions: [1],
    reason: '文件已废止',
  });
  expect(made.body).toMatchObject({ citizens: 25_872, calls: 25_872 });
}, 60_000);
