import { afterAll, beforeAll, expect, test } from 'vitest';
import { chineseLanguage } from '../../../src/adapters/language/chinese.ts';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { indexChanges } from '../../../src/app/knowledge/search/index-changes.ts';
import { SearchMemory } from '../../../src/app/knowledge/search/search-memory.ts';
import { type Counter, openCounter, type Person } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';
import { knowledgeUpkeep } from './knowledge-upkeep.ts';

// An entry on its last evening and after midnight: refused everywhere by the day alone, before anybody has marked anything.

let now = Date.parse('2026-09-10T21:30:00+08:00');
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  desk = knowledgeDesk(counter);
  const { calendar, searchIndex, dispatchCatalogue, packs } = counter.services;
  const memory = { searchIndex, dispatchCatalogue, calendar, packs, now: () => now };
  Object.assign(counter.services, {
    searchMemory: new SearchMemory({ ...memory, language: chineseLanguage() }),
  });
});
afterAll(() => counter.close());

const get = async (who: Person | null, path: string) => counter.ask(who, 'GET', `/v1${path}`);
const QUESTION = '汛期泵站几点停水检修';
const VALID_TO = '2026-09-10';

/** Whom it is told to at this moment. */
async function told(id: string, number: string) {
  const { agent, lead } = counter.people;
  const words = encodeURIComponent('泵站停水');
  const ids = (entries: readonly { id: string }[]) => entries.some((one) => one.id === id);
  const found = await get(agent, `/knowledge/search?words=${words}`);
  const typed = await get(agent, `/knowledge/search?words=${words}&typing=true`);
  const listed = await get(agent, '/knowledge?standing=true&limit=200');
  const open = await get(null, '/public/knowledge?limit=100');
  const one = await get(null, `/public/knowledge/${number}`);
  const pinned = await get(agent, '/knowledge-pinned');
  const exported = await get(lead, '/exports/entries?format=csv');
  return {
    search: ids(found.body.hits),
    asYouType: ids(typed.body.hits),
    listed: ids(listed.body.entries),
    read: (await desk.read(id)).current !== null,
    publicList: open.body.entries.some((entry: { number: string }) => entry.number === number),
    public: one.status,
    pinned: pinned.body.packs.some(({ entries }: { entries: { id: string }[] }) => ids(entries)),
    exported: exported.raw.includes(QUESTION),
  };
}

test('what is over is refused everywhere from midnight on: found, listed, read, pinned, quoted, written, pushed, published by nobody', async () => {
  const { agent, lead, operator, reviewer, unit } = counter.people;
  const id = await desk.published({ question: QUESTION, otherWays: [], validTo: VALID_TO });
  const { number } = await desk.read(id);
  const { database, searchIndex, calendar } = counter.services;
  const index = indexChanges({
    ...{ database, searchIndex, calendar, language: chineseLanguage(), now: () => now },
  });
  while ((await index()) > 0);
  const pack = { revision: 0, title: '汛期', push: 'none', entries: [id] };
  expect((await counter.ask(operator, 'PUT', '/v1/knowledge-packs/flood', pack)).status).toBe(200);
  const order = {
    ...{
      code: 'flood',
      key: '7',
      label: '防汛',
      queue: 'general',
      text: '防汛请按7',
      reason: '防汛应急响应',
    },
    ...{ until: '2026-09-12T00:00:00Z', pack: 'flood' },
  };
  const ordered = await desk.post(operator, '/rules/surge-keys', order);
  expect(ordered.status, JSON.stringify(ordered.body)).toBe(201);
  const news = { title: '停水口径', text: '今晚停水。', critical: true, entry: { id, version: 1 } };
  expect((await desk.post(lead, '/knowledge-notices', news)).status).toBe(201);
  const [silent, written] = [
    await counter.call(agent.id, { ended: false }),
    await counter.call(agent.id, { ended: false }),
  ];
  expect((await desk.quote(silent, id)).status).toBe(201);
  // Nobody is written to at this hour: it waits for the morning.
  expect((await desk.quote(written, id, { message: true })).body.message).toBe('queued');
  // A version that waits to be published, and a draft, for days that are over then.
  const approved = await desk.draft({ validTo: VALID_TO });
  await desk.moved(unit, approved, 'submit');
  await desk.moved(reviewer, approved, 'approve');
  const draft = await desk.draft({ validTo: VALID_TO });
  const emergency = await desk.draft({ validTo: VALID_TO });
  await desk.moved(lead, emergency, 'publishAtOnce');
  const mended = await desk.published({ validTo: VALID_TO });
  await desk.revise(mended, { validTo: VALID_TO, answer: '改了，到窗口办。' });
  await desk.publish(mended, 2);
  now += 2000;
  expect(await told(id, number)).toEqual({
    ...{ search: true, asYouType: true, listed: true, read: true },
    ...{ publicList: true, public: 200, pinned: true, exported: true },
  });

  now = Date.parse('2026-09-11T00:00:00+08:00');
  expect(await told(id, number)).toEqual({
    ...{ search: false, asYouType: false, listed: false, read: false },
    ...{ publicList: false, public: 410, pinned: false, exported: false },
  });
  const late = await counter.call(agent.id, { ended: false });
  const expired = { status: 409, body: { code: 'knowledge.expired', data: { validTo: VALID_TO } } };
  expect(await desk.quote(late, id)).toMatchObject(expired);
  expect(await desk.quote(late, id, { message: true })).toMatchObject(expired);
  // What he heard before midnight is not written to him after it.
  expect(await desk.quote(silent, id, { message: true })).toMatchObject(expired);
  expect(await desk.post(lead, '/knowledge-notices', news)).toMatchObject(expired);
  expect(await desk.moved(reviewer, approved, 'publish')).toMatchObject(expired);
  expect(await desk.moved(lead, draft, 'publishAtOnce')).toMatchObject(expired);
  expect(await desk.moved(reviewer, emergency, 'confirm')).toMatchObject(expired);
  expect(await desk.moved(unit, id, 'recheck')).toMatchObject(expired);
  expect((await desk.moved(unit, draft, 'submit')).body.code).toBe('knowledge.unfit');
  const right = { versions: [1], rightVersion: 2, reason: '答复有误，按新文件为准' };
  expect((await desk.post(lead, `/knowledge/${mended}/corrections`, right)).body.code).toBe(
    'knowledge.expired',
  );
  const ready = await get(operator, '/knowledge-packs/flood');
  expect(ready.body.entries).toMatchObject([{ id, readiness: 'notReady', why: 'expired' }]);

  // A key that opens with it now leaves it out and says so.
  await desk.post(operator, '/rules/surge-keys/flood/end', { menu: 'straight-12345', reason: '响应解除' });
  const again = await desk.post(operator, '/rules/surge-keys', { ...order, code: 'flood-2' });
  expect(again.body.pack, JSON.stringify(again.body)).toMatchObject({
    leftOut: [{ number, why: 'expired' }],
  });

  // The worker comes to it: nothing that waits is sent or held up for it, and its owner is asked, once.
  const kept = await Promise.all([knowledgeUpkeep(counter).keep(), knowledgeUpkeep(counter).keep()]);
  expect(kept.reduce((sum, one) => sum + one.ticketsOpened, 0)).toBe(1);
  const { rows } = await counter.db.query<{ state: string; failure: string }>(
    'select state, failure from citizen_messages where subject_id = $1',
    [id],
  );
  expect(rows).toEqual([{ state: 'cancelled', failure: 'expired' }]);
  expect((await configurationBooks(counter.db).load()).holdingNotices).toEqual([]);
  expect(await desk.read(id)).toMatchObject({ current: null, latest: { state: 'expired' } });
  expect(await told(id, number)).toMatchObject({ search: false, public: 410, listed: false });
});

test('what was told before it was over stays with the calls in which it was told', async () => {
  const { agent, lead } = counter.people;
  now = Date.parse('2026-09-11T10:00:00+08:00');
  const id = await desk.published({ validTo: '2026-09-11' });
  const callId = await counter.call(agent.id, { ended: false });
  const { body } = await desk.quote(callId, id);
  now = Date.parse('2026-09-12T00:00:00+08:00');
  await knowledgeUpkeep(counter).keep();
  // Pressed again it is the answer that was given.
  expect((await desk.quote(callId, id)).body).toMatchObject({ id: body.id, outcome: 'answeredOnSpot' });
  const quotes = await get(lead, `/calls/${callId}/quotes`);
  expect(quotes.body.quotes).toMatchObject([{ id: body.id, entryId: id, version: 1, retractedAt: null }]);
  expect((await get(lead, `/knowledge/${id}/versions/${1}`)).body.version.state).toBe('expired');
  expect((await desk.post(agent, `/knowledge/${id}/doubts`, { version: 1, kind: 'outOfDate' })).status).toBe(
    201,
  );
});
