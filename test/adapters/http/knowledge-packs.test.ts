import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chineseLanguage } from '../../../src/adapters/language/chinese.ts';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { followSurgesRound } from '../../../src/app/knowledge/packs/follow-surges.ts';
import { indexChanges } from '../../../src/app/knowledge/search/index-changes.ts';
import { SearchMemory } from '../../../src/app/knowledge/search/search-memory.ts';
import { type Counter, openCounter } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';

// B2: a surge key with its knowledge pack: told and found first with the key, taken back with it.

let now = Date.now();
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  desk = knowledgeDesk(counter);
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  const { calendar, searchIndex, dispatchCatalogue, packs } = counter.services;
  const memory = {
    searchIndex,
    dispatchCatalogue,
    calendar,
    packs,
    language: chineseLanguage(),
    now: () => now,
  };
  Object.assign(counter.services, { searchMemory: new SearchMemory(memory) });
});
afterAll(() => counter.close());

/** As each of several workers does it. */
const follow = () => followSurgesRound(counter.services)();
const put = (code: string, entries: readonly string[], over: object = {}) =>
  counter.ask(counter.people.operator, 'PUT', `/v1/knowledge-packs/${code}`, {
    ...{ revision: 0, title: '防汛', entries },
    ...over,
  });
const inAnHour = () => new Date(now + 3_600_000).toISOString();
const surge = (over: object = {}, key?: string) =>
  desk.post(
    counter.people.operator,
    '/rules/surge-keys',
    {
      ...{ code: 'flood', key: '7', label: '防汛', queue: 'general', text: '防汛热线请按7' },
      ...{ until: inAnHour(), reason: '防汛应急响应', pack: 'flood' },
      ...over,
    },
    key,
  );
const endSurge = (code = 'flood') =>
  desk.post(counter.people.operator, `/rules/surge-keys/${code}/end`, {
    menu: 'straight-12345',
    reason: '响应解除',
  });
const pinned = async () =>
  (await counter.ask(counter.people.agent, 'GET', '/v1/knowledge-pinned')).body.packs;
const found = async (words: string) => {
  const { database, searchIndex, calendar } = counter.services;
  const index = indexChanges({
    database,
    searchIndex,
    calendar,
    language: chineseLanguage(),
    now: () => now,
  });
  while ((await index()) > 0);
  now += 2000;
  const query = `words=${encodeURIComponent(words)}&kind=entry`;
  return (await counter.ask(counter.people.agent, 'GET', `/v1/knowledge/search?${query}`)).body.hits as {
    id: string;
    reasons: { kind: string; pack?: string }[];
  }[];
};
const packOf = async (code: string) =>
  (await counter.ask(counter.people.operator, 'GET', `/v1/knowledge-packs/${code}`)).body;

let usual: string;
let shelter: string;

test('a pack is made ready beforehand, and says of each entry what would become of it', async () => {
  usual = await desk.published({ question: '下水道堵塞积水找谁', otherWays: [] });
  shelter = await desk.draft({ question: '防汛转移安置点积水时去哪里', otherWays: [] });
  const withdrawn = await desk.published({ question: '旧的防汛口径' });
  await desk.moved(counter.people.reviewer, withdrawn, 'withdraw', 1, '过时');
  const { status, body } = await put('flood', [shelter, usual, withdrawn]);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.entries).toMatchObject([
    { id: shelter, readiness: 'ready', why: null },
    { id: usual, readiness: 'told' },
    { id: withdrawn, readiness: 'notReady', why: 'withdrawn' },
  ]);
  expect((await put('flood', [usual])).body.code).toBe('knowledge.packChanged');
  expect((await put('other', [randomUUID()])).body.code).toBe('knowledge.packEntriesUnknown');
  expect((await surge({ pack: 'no-such' })).body.code).toBe('knowledge.packUnknown');
  expect(await pinned()).toEqual([]);
});

test('with the key its entries are told and found first, agents have a notice that they must read; what cannot be is named', async () => {
  const key = randomUUID();
  const order = { until: inAnHour() };
  const { status, body } = await surge(order, key);
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body).toMatchObject({
    state: 'published',
    pack: { surge: 'flood', begunAt: expect.any(String), leftOut: [{ why: 'withdrawn' }] },
  });
  // The same order again is the same key, with the same pack.
  expect((await surge(order, key)).body.id).toBe(body.id);
  expect(await desk.read(shelter)).toMatchObject({ current: { number: 1, state: 'emergency' } });
  const [pack] = await pinned();
  expect(pack.entries.map(({ id }: { id: string }) => id)).toEqual([shelter, usual]);
  const [first] = await found('积水');
  expect(first?.reasons).toContainEqual({ kind: 'pinned', pack: 'flood' });
  const { holdingNotices = [] } = await configurationBooks(counter.db).load();
  expect(holdingNotices).toMatchObject([{ title: '应急知识包：防汛' }]);
  // Published at once as ever: its owner has a ticket for the second look.
  const { body: review } = await counter.ask(
    counter.people.unit,
    'GET',
    '/v1/tickets?categoryCode=knowledge.review',
  );
  expect(review.tickets).toHaveLength(1);
});

test('while the key is open a new entry of the pack is told at once', async () => {
  const road = await desk.draft({ question: '防汛封闭了哪些道路' });
  const { revision } = await packOf('flood');
  expect((await put('flood', [shelter, usual, road], { revision })).status).toBe(200);
  expect(await desk.read(road)).toMatchObject({ current: { number: 1, state: 'emergency' } });
});

test('with the end of the key all of it is taken back, and what was told anyhow stays', async () => {
  expect((await endSurge()).status).toBe(200);
  expect(await pinned()).toEqual([]);
  expect(await desk.read(shelter)).toMatchObject({ current: null, latest: { state: 'withdrawn' } });
  expect(await desk.read(usual)).toMatchObject({ current: { number: 1 } });
  expect((await configurationBooks(counter.db).load()).holdingNotices).toEqual([]);
  const hits = await found('积水');
  expect(hits.map(({ id }) => id)).not.toContain(shelter);
  expect(hits.flatMap(({ reasons }) => reasons.map(({ kind }) => kind))).not.toContain('pinned');
  const callId = await counter.call(counter.people.agent.id);
  expect((await desk.quote(callId, shelter)).body.code).toBe('knowledge.withdrawn');
  expect((await packOf('flood')).uses).toMatchObject([{ ending: 'released', endedAt: expect.any(String) }]);
});

test('the next flood has the same words anew; a key whose time is over takes them back by itself, once', async () => {
  const { body } = await surge();
  expect(body.pack.leftOut).toEqual([]);
  expect(await desk.read(shelter)).toMatchObject({ current: { number: 2, state: 'emergency' } });
  // Whoever writes another meanwhile has decided: that stays.
  const road = (await packOf('flood')).entries.at(-1);
  await desk.revise(road.id, { question: '防汛期间长期封闭的道路' });
  await desk.publish(road.id, 3);
  now += 3_600_000;
  const ended = await Promise.all([follow(), follow()]);
  expect(ended[0] + ended[1]).toBe(1);
  expect(await desk.read(shelter)).toMatchObject({ current: null, latest: { state: 'withdrawn' } });
  expect(await desk.read(road.id)).toMatchObject({ current: { number: 3 } });
  expect((await packOf('flood')).uses[0]).toMatchObject({ ending: 'over' });
  expect(await follow()).toBe(0);
});

test('a rollback of the rules takes the pack back with the key; a key with another pack has that one', async () => {
  const other = await desk.draft({ question: '台风停课了吗' });
  expect((await put('typhoon', [other], { title: '台风', push: 'none' })).status).toBe(200);
  const until = inAnHour();
  await surge({ code: 'storm', key: '8', text: '台风请按8', until });
  const replaced = await surge({ code: 'storm', key: '8', text: '台风停课请按8', until, pack: 'typhoon' });
  expect(replaced.status, JSON.stringify(replaced.body)).toBe(201);
  expect(await desk.read(shelter)).toMatchObject({ current: null });
  expect(await pinned()).toMatchObject([{ code: 'typhoon', surge: 'storm' }]);
  const { body: rolled } = await desk.post(counter.people.operator, '/rules/roll-back', {
    to: '1',
    reason: '撤回全部应急按键',
  });
  expect(rolled.state, JSON.stringify(rolled)).toBe('published');
  expect(await follow()).toBe(1);
  expect(await pinned()).toEqual([]);
  expect(await desk.read(other)).toMatchObject({ current: null, latest: { state: 'withdrawn' } });
});

test('a pack is put away while no key has it open, and its code can be used anew', async () => {
  const { operator, agent } = counter.people;
  const entry = await desk.published({ question: '雪天公交停不停' });
  expect((await put('snow', [entry], { title: '雨雪' })).body).toMatchObject({ revision: 1 });
  const remove = (revision: number, who = operator) =>
    counter.ask(who, 'DELETE', `/v1/knowledge-packs/snow?revision=${revision}`);
  const ordered = await surge({ code: 'snow', key: '6', label: '雨雪', pack: 'snow' });
  expect(ordered.status, JSON.stringify(ordered.body)).toBe(201);
  await follow();
  expect((await remove(1)).body).toMatchObject({ code: 'knowledge.packInUse', data: { surge: 'snow' } });
  expect((await endSurge('snow')).status).toBe(200);
  await follow();
  expect((await remove(2)).body.code).toBe('knowledge.packChanged');
  expect((await remove(1, agent)).status).toBe(403);
  expect((await remove(1)).status).toBe(204);
  expect((await counter.ask(agent, 'GET', '/v1/knowledge-packs/snow')).body.code).toBe(
    'knowledge.packUnknown',
  );
  expect((await remove(2)).body.code).toBe('knowledge.packUnknown');
  const list = await counter.ask(agent, 'GET', '/v1/knowledge-packs');
  expect(list.body.packs.map(({ code }: { code: string }) => code)).not.toContain('snow');
  expect((await surge({ code: 'snow', key: '6', label: '雨雪', pack: 'snow' })).body.code).toBe(
    'knowledge.packUnknown',
  );
  // Of what it was used for nothing is lost.
  const again = await put('snow', [entry], { title: '雨雪冰冻' });
  expect(again.body).toMatchObject({ title: '雨雪冰冻', revision: 3 });
  expect(again.body.uses).toHaveLength(1);
});

test('a pack that is put away while a key opens with it waits for the key, and stays', async () => {
  const { operator } = counter.people;
  const { packs } = counter.services;
  const entry = await desk.published({ question: '大风天渡轮停不停航' });
  expect((await put('gale', [entry], { title: '大风' })).status).toBe(200);
  const { removing } = await counter.db.transact(async (tx) => {
    await packs.hold('gale', tx);
    const removing = counter.ask(operator, 'DELETE', '/v1/knowledge-packs/gale?revision=1');
    await expect
      .poll(
        async () =>
          (
            await counter.db.query(
              `select from pg_locks where locktype = 'advisory' and not granted
                 and database = (select oid from pg_database where datname = current_database())`,
            )
          ).rowCount,
        { timeout: 20_000 },
      )
      .toBe(1);
    const ordered = { id: randomUUID(), pack: 'gale', surge: 'gale', until: now + 3_600_000 };
    await packs.addUse({ ...ordered, orderedBy: operator.id }, now, tx);
    return { removing };
  });
  expect((await removing).body).toMatchObject({ code: 'knowledge.packInUse', data: { surge: 'gale' } });
});

test('of a key that opens and a pack that is put away in the same moment one comes first, and the other hears of it', async () => {
  const entry = await desk.published({ question: '寒潮天供暖热线是多少' });
  const outcomes: string[] = [];
  for (const n of [1, 2, 3, 4]) {
    const code = `cold-${n}`;
    expect((await put(code, [entry], { title: '寒潮', push: 'none' })).status).toBe(200);
    const [opened, removed] = await Promise.all([
      surge({ code, key: '5', label: '寒潮', pack: code }),
      counter.ask(counter.people.operator, 'DELETE', `/v1/knowledge-packs/${code}?revision=1`),
    ]);
    outcomes.push(`${opened.status} ${removed.status}`);
    if (opened.status === 201) {
      expect(removed.body.code).toBe('knowledge.packInUse');
      expect((await packOf(code)).code).toBe(code);
      expect((await endSurge(code)).status).toBe(200);
    } else {
      expect(opened.body.code).toBe('knowledge.packUnknown');
      expect(removed.status).toBe(204);
    }
  }
  expect(outcomes).toHaveLength(4);
});
