import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { chineseLanguage } from '../../../src/adapters/language/chinese.ts';
import { indexChanges } from '../../../src/app/knowledge/search/index-changes.ts';
import { learnQuotes } from '../../../src/app/knowledge/search/learn-quotes.ts';
import { SearchMemory } from '../../../src/app/knowledge/search/search-memory.ts';
import { localDateOf } from '../../../src/domain/deadlines/local-time.ts';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
let index: () => Promise<number>;
/** Runs ahead of the machine's: what the process read a second ago it reads again. */
let aheadMs = 0;
const now = (): number => Date.now() + aheadMs;

beforeAll(async () => {
  counter = await openCounter({ now });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  const { database, searchIndex, dispatchCatalogue, calendar } = counter.services;
  const memory = { searchIndex, dispatchCatalogue, calendar, language: chineseLanguage(), now };
  Object.assign(counter.services, { searchMemory: new SearchMemory(memory) });
  index = indexChanges({ database, searchIndex, calendar, language: chineseLanguage(), now });
});
afterAll(() => counter.close());

interface Told {
  readonly question: string;
  readonly ways?: readonly string[];
  readonly answer?: string;
  readonly unit?: string;
  readonly lines?: readonly string[];
  readonly areas?: readonly string[];
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly categories?: readonly string[];
}

/** An entry that is told, straight into the books. */
async function told({
  question,
  ways = [],
  answer = '请带身份证到窗口办理。',
  unit = 'centre',
  ...more
}: Told): Promise<string> {
  const id = randomUUID();
  await counter.db.query(
    `insert into knowledge_entries (id, number, owner_unit, origin, created_at) values ($1, $2, $3, 'written', now())`,
    [id, `T-${id.slice(0, 8)}`, unit],
  );
  await counter.db.query(
    `insert into knowledge_versions (entry_id, number, question, other_ways, answer, message, public_text, internal_text,
       is_public, basis, categories, areas, lines, valid_from, valid_to, attachments, written_at, state, state_since, published_at)
     values ($1, 1, $2, $3, $4, '', '', '', true, '[]', $8, $5, $6, $9, $7, '[]', now(), 'published', now(), now())`,
    [
      id,
      question,
      ways,
      answer,
      more.areas ?? [],
      more.lines ?? [],
      more.validTo ?? null,
      more.categories ?? ['water'],
      more.validFrom ?? '2020-01-01',
    ],
  );
  return id;
}

async function indexed(): Promise<void> {
  while ((await index()) > 0);
  aheadMs += 1500;
}

async function search(
  words: string,
  query = '',
): Promise<{ id: string; reasons: Record<string, unknown>[] }[]> {
  const { status, body } = await counter.ask(
    counter.people.agent,
    'GET',
    `/v1/knowledge/search?words=${encodeURIComponent(words)}${query}`,
  );
  expect(status).toBe(200);
  return body.hits;
}

test('a citizen’s words find the entry: words, sound, initials, letters, slips; and each hit says why', async () => {
  const card = await told({ question: '社会保障卡办理和挂失', ways: ['社保卡丢了补办'] });
  const fund = await told({ question: '住房公积金提取', ways: ['公积金怎么取出来'] });
  const house = await told({ question: '不动产权证书遗失如何补办', ways: ['房产证丢失补证'] });
  const identity = await told({ question: '身份证办理和补领', ways: ['身份证丢了'] });
  for (const filler of ['路灯不亮报修', '停水通知', '公交线路查询', '结婚登记材料'])
    await told({ question: filler });
  await indexed();

  expect((await search('社保卡丢了怎么办'))[0]?.id).toBe(card);
  expect((await search('shebaoka diule'))[0]).toMatchObject({
    id: card,
    reasons: expect.arrayContaining([expect.objectContaining({ match: 'pinyin', found: '社保卡' })]),
  });
  expect((await search('gjj'))[0]).toMatchObject({
    id: fund,
    reasons: expect.arrayContaining([expect.objectContaining({ match: 'initials', found: '公积金' })]),
  });
  expect((await search('公鸡金怎么取'))[0]?.id).toBe(fund);
  expect((await search('公金积提取'))[0]?.id).toBe(fund);
  expect((await search('身份正掉了'))[0]).toMatchObject({
    id: identity,
    reasons: expect.arrayContaining([expect.objectContaining({ match: 'soundsAlike', found: '身份证' })]),
  });
  expect((await search('ＳＦＺ'))[0]?.id).toBe(identity);
  expect((await search('房產證遺失'))[0]?.id).toBe(house);
  expect((await search('公积', '&typing=true'))[0]?.id).toBe(fund);
  expect((await search('gongjij', '&typing=true'))[0]?.id).toBe(fund);
  expect(await search('火星移民')).toEqual([]);
});

test('what operators write down is found within a second, in words of the place; a bad line is told and the good ones stay', async () => {
  const waste = await told({ question: '生活垃圾清运' });
  await indexed();
  expect(await search('勒色堆着')).toEqual([]);
  const csv = '说法,意思,地区\n勒色;拉圾,垃圾,吴语\n,垃圾,\n';
  const asked = { csv };
  const brought = await counter.ask(counter.people.operator, 'POST', '/v1/knowledge/synonyms/import', asked);
  expect(brought).toMatchObject({ status: 200, body: { taken: 1, refused: [{ line: 3 }] } });
  await counter.ask(counter.people.operator, 'POST', '/v1/knowledge/synonyms/import', asked);
  const { body } = await counter.ask(counter.people.agent, 'GET', '/v1/knowledge/synonyms');
  expect(body.synonyms).toHaveLength(1);
  aheadMs += 1500;
  expect((await search('勒色堆着'))[0]).toMatchObject({
    id: waste,
    reasons: expect.arrayContaining([
      expect.objectContaining({ said: '勒色', found: '垃圾', match: 'synonym' }),
    ]),
  });

  const [{ id }] = body.synonyms;
  const refused = { put: [{ said: ['茅房'], means: ['茅房'] }], remove: [id] };
  expect(await counter.ask(counter.people.operator, 'POST', '/v1/knowledge/synonyms', refused)).toMatchObject(
    {
      status: 422,
      body: { code: 'knowledge.synonymInvalid', data: { faults: [{ index: 0 }] } },
    },
  );
  expect((await counter.ask(counter.people.agent, 'POST', '/v1/knowledge/synonyms', refused)).status).toBe(
    403,
  );
  const { raw } = await counter.ask(counter.people.lead, 'GET', '/v1/knowledge/synonyms.csv');
  // With its mark: without it a spreadsheet takes it for GBK.
  expect(raw).toBe('\uFEFFsaid,means,region\r\n勒色;拉圾,垃圾,吴语\r\n');
  // What is taken out is missed by whoever speaks so, one word of it as well: why stands on record, with who and how many.
  const put = (said: readonly string[], more: object = {}) =>
    counter.ask(counter.people.operator, 'POST', '/v1/knowledge/synonyms', {
      ...{ put: [{ id, said, means: ['垃圾'], region: '吴语' }], ...more },
    });
  expect(await put(['勒色', '拉圾', '拉飒'])).toMatchObject({ status: 200, body: { ids: [id] } });
  expect(await put(['拉圾', '拉飒'])).toMatchObject({
    status: 422,
    body: { code: 'knowledge.reasonMissing' },
  });
  expect(await put(['拉圾', '拉飒'], { reason: '勒色已另立一条' })).toMatchObject({ status: 200 });
  const gone = (more: object) =>
    counter.ask(counter.people.operator, 'POST', '/v1/knowledge/synonyms', { remove: [id], ...more });
  expect(await gone({})).toMatchObject({ status: 422, body: { code: 'knowledge.reasonMissing' } });
  expect(await gone({ reason: '本地没有人这样说' })).toMatchObject({ status: 200, body: { ids: [] } });
  const { rows } = await counter.db.query(
    `select account_id as by, reason from audit_trail where action = 'synonyms.changed' and reason not like '(%' order by reason`,
  );
  const by = counter.people.operator.id;
  expect(rows).toEqual([
    { by, reason: '勒色已另立一条 (+1 -0)' },
    { by, reason: '本地没有人这样说 (+0 -1)' },
  ]);
  expect((await counter.ask(counter.people.agent, 'GET', '/v1/knowledge/synonyms')).body.synonyms).toEqual(
    [],
  );
});

test('the line that was called and the area come first; what is over or withdrawn is found no more', async () => {
  const everywhere = await told({ question: '噪声扰民投诉' });
  const ofLine = await told({ question: '工厂噪声扰民投诉处理', lines: ['12369'] });
  await indexed();
  expect((await search('噪声扰民'))[0]?.id).toBe(everywhere);
  expect((await search('噪声扰民', '&line=12369'))[0]).toMatchObject({
    id: ofLine,
    reasons: expect.arrayContaining([{ kind: 'line', line: '12369' }]),
  });
  expect((await search('噪声扰民', '&unit=water')).map(({ id }) => id)).toEqual([]);
  const ofUnit = await told({ question: '水厂泵房噪声扰民', unit: 'water' });
  await counter.db.query(
    `insert into dispatch_names (kind, code, name, words, added_in) values ('area', 'juegang', '掘港街道', '{掘港}', 1)`,
  );
  const ofArea = await told({ question: '夜市噪声扰民整治', areas: ['juegang'] });
  await indexed();
  expect((await search('噪声扰民', '&unit=water')).map(({ id }) => id)).toEqual([ofUnit]);
  // Where he says he is, or where the agent knows him to be: what is said of that place comes before what is like it.
  const ranks = async (words: string, query = '') => {
    const found = (await search(words, query)).map(({ id }) => id);
    return [found.indexOf(ofArea), found.indexOf(ofUnit)];
  };
  const [before, beside] = await ranks('噪声扰民');
  for (const [words, query] of [
    ['噪声扰民', '&area=juegang'],
    ['掘港这里噪声扰民', ''],
  ] as const) {
    const [own = -1, other = -1] = await ranks(words, query);
    expect(own, words).toBe(0);
    expect(other).toBeGreaterThan(own);
  }
  expect(Math.min(before ?? -1, beside ?? -1)).toBeGreaterThanOrEqual(0);
  expect(before, 'it takes the area to be the first').toBeGreaterThan(0);
  await counter.db.query(
    `update knowledge_versions set state = 'withdrawn' where entry_id = any ($1::uuid[])`,
    [[ofUnit, ofArea]],
  );

  await told({ question: '噪声扰民旧规定', validTo: '2021-01-01' });
  await counter.db.query(`update knowledge_versions set state = 'withdrawn' where entry_id = $1`, [ofLine]);
  await indexed();
  expect((await search('噪声扰民')).map(({ id }) => id)).toEqual([everywhere]);
});

test('what was looked for is on record with its call, numbers hidden; what was quoted is learned once', async () => {
  const right = await told({ question: '电动自行车充电规定' });
  const other = await told({ question: '小毛驴饲养规定' });
  await indexed();
  const callId = await counter.call(counter.people.agent.id);
  expect((await search('小毛驴充电', `&callId=${callId}`)).map(({ id }) => id)).toContain(right);
  await search('13912345678 小毛驴上楼', `&callId=${callId}`);
  // Written when the answer is out already.
  await vi.waitFor(async () => {
    const { rows } = await counter.db.query<{ words: string }>(
      'select words from knowledge_searches where call_id = $1 order by at',
      [callId],
    );
    expect(rows.map(({ words }) => words)).toEqual(['小毛驴充电', '139****5678 小毛驴上楼']);
  }, 10_000);

  const first = async (): Promise<string | undefined> => (await search('小毛驴上楼'))[0]?.id;
  expect(await first()).toBe(other);
  await counter.db.query(
    `insert into knowledge_quotes (id, call_id, entry_id, version, at, agent_id, message)
     values ($1, $2, $3, 1, now() + interval '1 hour', $4, 'notAsked')`,
    [randomUUID(), callId, right, counter.people.agent.id],
  );
  const { database, searchIndex, searchMemory } = counter.services;
  const learn = learnQuotes({ database, searchIndex, searchMemory, now });
  expect([await learn(), await learn()]).toEqual([1, 0]);
  aheadMs += 1500;
  const hits = await search('小毛驴上楼');
  expect(hits.find(({ id }) => id === right)?.reasons).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'learned', said: '小毛驴', times: 1 }),
      { kind: 'quoted', times: 1 },
    ]),
  );

  // The wrong key: what it taught is taken back, once.
  await counter.db.query(
    `update knowledge_quotes set retracted_at = now(), retraction = '按错' where call_id = $1`,
    [callId],
  );
  expect([await learn(), await learn()]).toEqual([1, 0]);
  const after = (await search('小毛驴上楼')).find(({ id }) => id === right)?.reasons ?? [];
  expect(after.filter(({ kind }) => kind === 'learned' || kind === 'quoted')).toEqual([]);
});

test('an address that was written teaches as an answer does, and no more when it is taken back', async () => {
  const { agent, operator } = counter.people;
  const place = async (code: string, name: string): Promise<string> => {
    const { status, body } = await counter.ask(operator, 'POST', '/v1/places', {
      ...{
        code,
        name,
        address: '江海路1号',
        category: 'water',
        keeper: 'partner',
        telephone: '0513-84123456',
      },
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  };
  const mender = await place('L1', '老王家电维修部');
  await place('L2', '热水瓶专卖店');
  await indexed();
  const callId = await counter.call(agent.id);
  await search('热水瓶维修', `&callId=${callId}`);
  await vi.waitFor(async () => {
    const { rows } = await counter.db.query('select from knowledge_searches where call_id = $1', [callId]);
    expect(rows).toHaveLength(1);
  }, 10_000);
  aheadMs += 1000;
  const told = await counter.ask(agent, 'POST', `/v1/places/${mender}/messages`, { callId });
  expect(told.body, JSON.stringify(told.body)).toMatchObject({ outcome: 'answeredOnSpot' });
  const { database, searchIndex, searchMemory } = counter.services;
  const learn = learnQuotes({ database, searchIndex, searchMemory, now });
  expect([await learn(), await learn()]).toEqual([1, 0]);
  aheadMs += 1500;
  const learned = async () =>
    (await search('热水瓶不保温', '&kind=place'))
      .find(({ id }) => id === mender)
      ?.reasons.filter(({ kind }) => kind === 'learned' || kind === 'quoted') ?? [];
  expect(await learned()).toEqual([
    expect.objectContaining({ kind: 'learned', said: '热水瓶', times: 1 }),
    { kind: 'quoted', times: 1 },
  ]);
  const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/calls/${callId}/quotes`);
  const path = `/v1/calls/${callId}/quotes/${body.places[0].id}/retraction`;
  expect((await counter.ask(agent, 'POST', path, { reason: '发错了地方' })).body.retracted).toBe(true);
  expect([await learn(), await learn()]).toEqual([1, 0]);
  expect(await learned()).toEqual([]);
});

test('no quote, no backslash and no operator in what is typed can harm the question', async () => {
  for (const words of ["'", '\\', "a' | b & !c", ')(:*', '，。', '的了吗', '社'.repeat(200)]) {
    const asked = await counter.ask(
      counter.people.agent,
      'GET',
      `/v1/knowledge/search?words=${encodeURIComponent(words)}&typing=true`,
    );
    expect(asked.status, words).toBe(200);
  }
});

test('what was withdrawn is found by nobody, also while nobody writes the index', async () => {
  const id = await told({ question: '宠物狗办证在哪里' });
  await indexed();
  expect((await search('宠物狗办证')).map((hit) => hit.id)).toContain(id);
  await counter.db.query(`update knowledge_versions set state = 'withdrawn' where entry_id = $1`, [id]);
  expect((await search('宠物狗办证')).map((hit) => hit.id)).not.toContain(id);
});

test('an entry is found in each kind of matter that it lies in; one that an earlier release indexed in its first, until it is indexed anew', async () => {
  const id = await told({ question: '水费账单怎么看', categories: ['water', 'uncategorised'] });
  await indexed();
  const finds = async (category: string) =>
    (await search('水费账单', `&category=${category}`)).some((hit) => hit.id === id);
  expect([await finds('water'), await finds('uncategorised'), await finds('leak')]).toEqual([
    true,
    true,
    false,
  ]);
  await counter.db.query(`update search_documents set categories = default where ref = $1`, [id]);
  expect([await finds('water'), await finds('uncategorised'), await finds('leak')]).toEqual([
    true,
    false,
    false,
  ]);
  await counter.db.query(`insert into search_changes (kind, ref) values ('entry', $1)`, [id]);
  await indexed();
  expect(await finds('uncategorised')).toBe(true);
});

test('a unit, a category and an area that are called anew are found by their new names', async () => {
  await counter.db.query(
    `insert into dispatch_names (kind, code, name, added_in) values ('area', 'renamed', '旧圩镇', 1)`,
  );
  const entry = await told({ question: '谁来修泵站', unit: 'water', areas: ['renamed'] });
  await indexed();
  const finds = async (words: string) => (await search(words)).some(({ id }) => id === entry);
  expect(await finds('旧圩镇')).toBe(true);
  for (const [sql, name] of [
    [`update units set name = '碧泉水务集团' where code = 'water'`, '碧泉水务集团'],
    [`update categories set name = '管网渗漏' where code = 'water'`, '管网渗漏'],
  ] as const) {
    expect(await finds(name)).toBe(false);
    await counter.db.query(sql);
    await indexed();
    expect(await finds(name)).toBe(true);
  }
  await counter.db.query(`update dispatch_names set removed_in = 2 where code = 'renamed'`);
  await counter.db.query(
    `insert into dispatch_names (kind, code, name, added_in) values ('area', 'renamed', '凤鸣湖镇', 2)`,
  );
  await indexed();
  expect([await finds('凤鸣湖镇'), await finds('旧圩镇')]).toEqual([true, false]);
});

test('what begins tomorrow is found from its first day on, also while nobody writes the index', async () => {
  const dayMs = 86_400_000;
  const zone = 'Asia/Shanghai';
  const coming = await told({
    question: '冬季采暖补贴发放',
    validFrom: localDateOf(now() + dayMs, zone),
  });
  const standing = await told({ question: '采暖补贴由谁发', validFrom: localDateOf(now(), zone) });
  await indexed();
  const found = async () => {
    const ids = (await search('采暖补贴')).map(({ id }) => id);
    return [standing, coming].filter((one) => ids.includes(one));
  };
  expect(await found()).toEqual([standing]);
  aheadMs += dayMs;
  expect(await found()).toEqual([standing, coming]);
});
