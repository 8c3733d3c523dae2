import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spreadsheets } from '../../../src/adapters/tables/spreadsheet.ts';
import { runImports } from '../../../src/app/knowledge/imports/run-imports.ts';
import type { ImportBook } from '../../../src/app/ports/imports.ts';
import { ENTRY_FIELDS } from '../../../src/domain/knowledge/files/entry-row.ts';
import { PLACE_FIELDS } from '../../../src/domain/knowledge/places/place.ts';
import { type Counter, openCounter, type Person } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';

let counter: Counter;
let nowMs = Date.now();
beforeAll(async () => {
  counter = await openCounter({ now: () => nowMs });
  await counter.db.query(
    `insert into dispatch_names (kind, code, name, added_in) values ('area', 'juegang', '掘港街道', 0),
       ('area', 'matang', '马塘镇', 0)`,
  );
});
afterAll(() => counter.close());

const quiet = { info: () => undefined, warn: () => undefined };
const worker = (over: Partial<{ imports: ImportBook }> = {}) =>
  runImports({ ...counter.services, log: quiet, ...over });

const send = (body: object, who: Person = counter.people.operator, key = randomUUID()) =>
  counter.ask(
    who,
    'POST',
    '/v1/imports',
    { fileName: '表.csv', format: 'csv', ...body },
    { 'idempotency-key': key },
  );
const read = async (id: string) => (await counter.ask(counter.people.lead, 'GET', `/v1/imports/${id}`)).body;
const count = async (table: 'places' | 'knowledge_versions' | 'knowledge_entries'): Promise<number> => {
  const { rows } = await counter.db.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0]?.n ?? 0;
};

test('good lines are written, bad ones told with line and cure; the same file again changes nothing', async () => {
  const content = [
    '编码,名称,地址,分类,维护方,开放时间,经度,纬度',
    'a1,东街药店,东街1号,供水,加盟店,24h,121.1,32.3',
    'a2,,东街2号,供水,加盟店,,,',
    '',
    'a3,西街药店,"西街3号,二楼",water,partner,看情况,,',
    'a1,又一家,东街4号,供水,加盟店,,,',
    'a5,南街药店,南街5号,leak,志愿服务队,每天 08:00-20:00,,',
  ].join('\n');
  const key = randomUUID();
  const sent = await send({ kind: 'places', content }, counter.people.operator, key);
  expect(sent).toMatchObject({ status: 202, body: { rows: 5, good: 2 } });
  expect(
    sent.body.refused.map(({ line, field }: { line: number; field: string }) => `${line} ${field}`),
  ).toEqual(['3 名称', '5 开放时间', '6 编码']);
  expect((await send({ kind: 'places', content }, counter.people.operator, key)).raw).toBe(sent.raw);
  expect(await read(sent.body.id)).toMatchObject({ state: 'pending', lines: 2, lookedAt: 0 });
  expect([await worker()(), await worker()()]).toEqual([true, false]);
  expect(await read(sent.body.id)).toMatchObject({
    state: 'done',
    lookedAt: 2,
    added: 2,
    changed: 0,
    same: 0,
  });

  const again = await send({ kind: 'places', content });
  await worker()();
  expect(await read(again.body.id)).toMatchObject({ state: 'done', added: 0, changed: 0, same: 2 });
  const moved = await send({ kind: 'places', content: content.replace('东街1号', '东街9号') });
  await worker()();
  expect(await read(moved.body.id)).toMatchObject({ state: 'done', changed: 1, same: 1 });
  expect(await count('places')).toBe(2);
});

test('a CSV as the office program saved it is read in its own encoding; what is no text is refused', async () => {
  const table =
    "编码,名称,地址,分类,维护方,开放时间,电话\r\nu1,北街药店,北街1号,供水,加盟店,24h,'+8651384512345\r\n";
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(table, 'utf16le')]);
  const asked = { kind: 'places', base64: true, checkOnly: true };
  for (const bytes of [Buffer.from(table), utf16]) {
    const checked = await send({ ...asked, content: bytes.toString('base64') });
    expect(checked, checked.raw).toMatchObject({ status: 202, body: { rows: 1, good: 1, refused: [] } });
  }
  const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0]).toString('base64');
  expect(await send({ ...asked, content: zip })).toMatchObject({
    status: 422,
    body: { code: 'import.fileUnreadable' },
  });
});

test('entries that are to be told at once wait for another person; a workbook is read like a CSV', async () => {
  const rows = [
    ['code', 'question', 'asks', 'answer', 'unit', 'category', 'line', 'basis', 'valid_to', 'area'],
    [
      'k1',
      '水费怎么交',
      '交水费;水费账单',
      '可用微信缴纳。',
      '县自来水公司',
      'water',
      '12369',
      '价目表|第2条|https://example.cn/x',
      '',
      '马塘镇;juegang',
    ],
    ['k2', '漏水报修', '', '二十四小时抢修。', 'water', '漏水', '', '服务承诺|第3条', '2099-12-31', ''],
    ['k3', '没有单位', '', '答', '无此单位', 'water', '99999', '', '12月31日', '掘港街道;火星'],
  ];
  const content = Buffer.from(await spreadsheets.write('条目', rows)).toString('base64');
  const sent = await send({ kind: 'entries', format: 'xlsx', content, publish: true });
  expect(sent.body).toMatchObject({ good: 2 });
  expect(sent.body.refused.map(({ field }: { field: string }) => field)).toEqual([
    'unit',
    'line',
    'area',
    'valid_to',
  ]);
  expect(sent.body.refused[2].wrong).toContain('火星');
  expect(await worker()()).toBe(false);
  const decide = (who: Person) =>
    counter.ask(who, 'POST', `/v1/imports/${sent.body.id}/decision`, { approve: true });
  const movesOf = async (who: Person) =>
    (await counter.ask(who, 'GET', `/v1/imports/${sent.body.id}`)).body.moves;
  expect(await movesOf(counter.people.operator)).toEqual([
    { move: 'approve', byAnother: true },
    { move: 'reject', byAnother: true },
  ]);
  expect(await movesOf(counter.people.lead)).toEqual([
    { move: 'approve', byAnother: false },
    { move: 'reject', byAnother: false },
  ]);
  expect((await decide(counter.people.operator)).body.code).toBe('import.ownWork');
  expect((await decide(counter.people.lead)).status).toBe(204);
  expect((await decide(counter.people.lead)).body.code).toBe('import.notWaiting');
  await worker()();
  expect(await read(sent.body.id)).toMatchObject({ state: 'done', added: 2, moves: [] });
  const { body } = await counter.ask(counter.people.agent, 'GET', '/v1/knowledge?standing=true');
  expect(body.entries.map((one: { current: { question: string; state: string } }) => one.current)).toEqual([
    expect.objectContaining({
      question: '水费怎么交',
      otherWays: ['交水费', '水费账单'],
      state: 'published',
      lines: ['12369'],
      areas: ['matang', 'juegang'],
      basis: [{ document: '价目表', clause: '第2条', link: 'https://example.cn/x' }],
    }),
    expect.objectContaining({ question: '漏水报修', areas: [], validTo: '2099-12-31' }),
  ]);
  const { body: history } = await counter.ask(
    counter.people.operator,
    'GET',
    `/v1/knowledge/${body.entries[0].id}/history`,
  );
  expect(
    history.steps.map(({ move, actor }: { move: string; actor: { id: string } }) => `${move} ${actor.id}`),
  ).toEqual([
    `write ${counter.people.operator.id}`,
    `submit ${counter.people.operator.id}`,
    `approve ${counter.people.lead.id}`,
    `publish ${counter.people.lead.id}`,
  ]);

  // As drafts: one is the same, of the other a draft is written; and what somebody works on is left alone.
  const draft = rows.slice(0, 3).map((row) => [...row]);
  if (draft[2] !== undefined) draft[2][3] = '一小时到场。';
  const csv = draft.map((row) => row.join(',')).join('\n');
  const second = await send({ kind: 'entries', content: csv });
  await worker()();
  expect(await read(second.body.id)).toMatchObject({ changed: 1, same: 1, busy: [] });
  const third = await send({ kind: 'entries', content: csv.replace('一小时', '两小时') });
  await worker()();
  expect(await read(third.body.id)).toMatchObject({ changed: 0, same: 1, busy: ['k2'] });
});

test('what is exported is brought in again without a change, as CSV and as a workbook', async () => {
  const authorization = `Bearer ${counter.people.lead.token}`;
  // Of the one entry somebody writes a new version meanwhile.
  const standing = { entries: { same: 1, busy: ['k2'] }, places: { same: 2, busy: [] } } as const;
  const columns = { entries: ENTRY_FIELDS, places: PLACE_FIELDS } as const;
  for (const kind of ['entries', 'places'] as const) {
    for (const format of ['csv', 'xlsx'] as const) {
      const url = `/v1/exports/${kind}?format=${format}`;
      const file = await counter.app.inject({ method: 'GET', url, headers: { authorization } });
      expect(file.statusCode, url).toBe(200);
      const { rawPayload: bytes } = file;
      const isBook = format === 'xlsx';
      if (isBook) expect((await spreadsheets.read(bytes))[0]).toEqual(columns[kind]);
      const sent = await send({ kind, format, content: bytes.toString(isBook ? 'base64' : 'utf8') });
      expect(sent.body, url).toMatchObject({ rows: 2, good: 2, refused: [] });
      await worker()();
      const done = await read(sent.body.id);
      expect(done, url).toMatchObject({ state: 'done', added: 0, changed: 0, ...standing[kind] });
    }
  }
  const book = await counter.ask(counter.people.lead, 'GET', '/v1/exports/places');
  expect(book.headers['content-type']).toContain('spreadsheetml');
  expect((await counter.ask(counter.people.agent, 'GET', '/v1/exports/places')).status).toBe(403);
});

test('an entry that was written by hand is known by its number in the export, and keeps its papers', async () => {
  const desk = knowledgeDesk(counter);
  const file = counter.services.knowledgeFiles;
  const paper = randomUUID();
  await file.add(
    { id: paper, name: '表.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-') },
    counter.people.unit.id,
    nowMs,
  );
  const id = await desk.published({ question: '水表怎么换', attachments: [{ id: paper, name: '表.pdf' }] });
  const csv = await counter.ask(counter.people.lead, 'GET', '/v1/exports/entries?format=csv');
  const before = await count('knowledge_entries');
  const same = await send({ kind: 'entries', content: csv.raw });
  await worker()();
  expect(await read(same.body.id)).toMatchObject({ state: 'done', added: 0, changed: 0 });
  const asked = await send({ kind: 'entries', content: csv.raw.replace('水表怎么换', '水表怎样更换') });
  await worker()();
  expect(await read(asked.body.id)).toMatchObject({ state: 'done', added: 0, changed: 1 });
  expect(await count('knowledge_entries')).toBe(before);
  expect((await desk.read(id)).latest).toMatchObject({
    question: '水表怎样更换',
    attachments: [{ id: paper, name: '表.pdf' }],
  });
});

test('a worker that dies in the middle leaves nothing; the next writes all of it, once', async () => {
  const before = await count('places');
  const lines = Array.from({ length: 1200 }, (_, at) => `m${at},店${at},路${at}号,water,partner`);
  const sent = await send({
    kind: 'places',
    content: ['code,name,address,category,keeper', ...lines].join('\n'),
  });
  const { imports } = counter.services;
  const seen: number[] = [];
  const dying: ImportBook = {
    ...imports,
    async progress(claimed, lookedAt, until) {
      await imports.progress(claimed, lookedAt, until);
      seen.push((await read(sent.body.id)).lookedAt);
      if (lookedAt === 1000) throw new Error('killed');
    },
    // The dead do not say that they failed.
    fail: async () => undefined,
  };
  await worker({ imports: dying })();
  expect(seen).toEqual([500, 1000]);
  expect(await count('places')).toBe(before);
  expect(await worker()()).toBe(false);
  nowMs += 120_000;
  expect(await worker()()).toBe(true);
  expect(await read(sent.body.id)).toMatchObject({ state: 'done', added: 1200, lookedAt: 1200 });
  expect(await count('places')).toBe(before + 1200);
});

test('how far a file has come is told while it is written; what it holds is there when all of it is', async () => {
  const before = await count('knowledge_entries');
  const lines = Array.from({ length: 1300 }, (_, at) => `g${at},进度问题${at},到窗口办。,water,water`);
  const content = ['code,question,answer,unit,category', ...lines].join('\n');
  const sent = await send({ kind: 'entries', content });
  const { imports } = counter.services;
  const told: object[] = [];
  const telling: ImportBook = {
    ...imports,
    async progress(claimed, lookedAt, until) {
      await imports.progress(claimed, lookedAt, until);
      const one = await read(sent.body.id);
      const { body } = await counter.ask(counter.people.lead, 'GET', '/v1/imports');
      const listed = body.imports.find(({ id }: { id: string }) => id === sent.body.id);
      expect(listed).toMatchObject({ state: one.state, lookedAt: one.lookedAt });
      const written = (await count('knowledge_entries')) - before;
      told.push({ state: one.state, lookedAt: one.lookedAt, lines: one.lines, written });
    },
  };
  expect(await read(sent.body.id)).toMatchObject({ state: 'pending', lookedAt: 0, lines: 1300 });
  await worker({ imports: telling })();
  const running = { state: 'running', lines: 1300, written: 0 };
  expect(told).toEqual([
    { ...running, lookedAt: 500 },
    { ...running, lookedAt: 1000 },
    { ...running, lookedAt: 1300 },
  ]);
  expect(await read(sent.body.id)).toMatchObject({ state: 'done', lookedAt: 1300, added: 1300 });
  expect(await count('knowledge_entries')).toBe(before + 1300);
});

test('what a file has no column for stays as it is, also what was written since the file was read', async () => {
  const whole = await send({
    kind: 'places',
    content:
      'code,name,address,category,keeper,telephone,hours,public\nc1,北街药店,北街1号,water,partner,0513-84512345,24h,否',
  });
  await worker()();
  expect(await read(whole.body.id)).toMatchObject({ state: 'done', added: 1 });
  const short = await send({
    kind: 'places',
    content: 'code,name,address,category\nc1,北街大药房,北街1号,water\nc2,无人维护,北街2号,water',
  });
  // A new place needs what an old one has.
  expect(short.body).toMatchObject({ good: 1, refused: [{ code: 'c2', field: 'unit' }] });
  await counter.db.query(`update places set telephone = '0513-84500000' where code = 'c1'`);
  await worker()();
  expect(await read(short.body.id)).toMatchObject({ state: 'done', changed: 1 });
  const [place] = await counter.services.places.byCodes(['c1']);
  expect(place).toMatchObject({
    ...{ name: '北街大药房', keeper: 'partner', telephone: '0513-84500000', hours: '24h', isPublic: false },
  });

  const entry =
    'code,question,asks,answer,unit,category,area,line,basis,public,valid_to\n' +
    'c1,怎么停水,报停;暂停用水,到窗口办。,water,water,掘港街道,12369,价目表|第2条,是,2099-12-31';
  await send({ kind: 'entries', content: entry });
  await worker()();
  await counter.db.query(
    `update knowledge_versions set state = 'published', published_at = now() where question = '怎么停水'`,
  );
  const words = await send({
    kind: 'entries',
    content: 'code,question,answer,unit,category\nc1,怎么停水,带身份证到窗口办。,water,water',
  });
  await worker()();
  expect(await read(words.body.id)).toMatchObject({ state: 'done', changed: 1 });
  const standing = await counter.services.knowledgeBulk.standing('import', ['c1']);
  expect(standing.get('c1')?.words).toMatchObject({
    ...{ answer: '带身份证到窗口办。', otherWays: ['报停', '暂停用水'], lines: ['12369'], isPublic: true },
    ...{
      basis: [{ document: '价目表', clause: '第2条', link: '' }],
      areas: ['juegang'],
      validTo: '2099-12-31',
    },
  });
});

test('an entry whose line names another unit is handed over, and its history says so', async () => {
  const line = (unit: string) => `code,question,answer,unit,category\nu1,谁管路灯,报修。,${unit},water`;
  await send({ kind: 'entries', content: line('water') });
  await worker()();
  await counter.db.query(
    `update knowledge_versions set state = 'published', published_at = now() where question = '谁管路灯'`,
  );
  const moved = await send({ kind: 'entries', content: line('centre') });
  await worker()();
  expect(await read(moved.body.id)).toMatchObject({ state: 'done', changed: 1, same: 0 });
  const { rows } = await counter.db.query<{ unit: string; reason: string }>(
    `select e.owner_unit as unit, h.reason from knowledge_entries e join knowledge_events h on h.entry_id = e.id
     where e.origin_ref = 'u1' order by h.seq desc limit 1`,
  );
  expect(rows).toEqual([{ unit: 'centre', reason: '导入 表.csv；责任单位由 water 改为 centre' }]);
});

test('what is published as a whole is as plain as what a checker is given; a draft may be mended yet', async () => {
  const long = `本办法所称${'涉及供水设施维护管理事项的单位和个人'.repeat(6)}。`;
  const content = [
    'code,question,answer,unit,category,basis',
    `p1,水费标准,${long},water,water,价目表|第2条`,
    'p2,水价多少,三元一吨。,water,water,',
    'p3,水价是多少,三元一吨。,water,water,价目表|第2条',
  ].join('\n');
  const told = await send({ kind: 'entries', content, publish: true });
  expect(told.body).toMatchObject({ rows: 3, good: 1 });
  expect(
    told.body.refused.map(({ line, code, field }: Record<string, unknown>) => [line, code, field]),
  ).toEqual([
    [2, 'p1', 'answer'],
    [3, 'p2', 'basis'],
  ]);
  expect((await send({ kind: 'entries', content, checkOnly: true })).body).toMatchObject({ good: 3 });
});

test('of files that come together one is written at a time, and one that failed leaves no lines', async () => {
  const { imports } = counter.services;
  const place = (code: string) => `code,name,address,category,keeper\n${code},店,路1号,water,partner`;
  const first = await send({ kind: 'places', content: place('o1') });
  nowMs += 1000;
  const second = await send({ kind: 'places', content: place('o2') });
  const claims = await Promise.all(Array.from({ length: 4 }, () => imports.claim(nowMs, nowMs + 60_000)));
  const [held, ...others] = claims.filter((one) => one !== null);
  expect([held?.id, others]).toEqual([first.body.id, []]);
  expect(await worker()()).toBe(false);
  const lines = async (): Promise<string[]> =>
    (
      await counter.db.query<{ code: string }>(
        'select code from import_lines where import_id = any ($1::uuid[]) order by code',
        [[first.body.id, second.body.id]],
      )
    ).rows.map(({ code }) => code);
  expect(await lines()).toEqual(['o1', 'o2']);
  if (held !== undefined) await imports.fail(held, 'the disk is full', nowMs);
  expect(await read(first.body.id)).toMatchObject({ state: 'failed', failure: 'the disk is full' });
  expect(await lines()).toEqual(['o2']);
  await worker()();
  expect(await read(second.body.id)).toMatchObject({ state: 'done', added: 1 });
  expect(await lines()).toEqual([]);
});

test('a file that has cost five workers their life is given up, so that those behind it come', async () => {
  const sent = await send({
    kind: 'places',
    content: 'code,name,address,category,keeper\nd1,店,路1号,water,partner',
  });
  for (let tries = 0; tries < 5; tries += 1) {
    expect((await counter.services.imports.claim(nowMs, nowMs + 60_000))?.id).toBe(sent.body.id);
    nowMs += 120_000;
  }
  expect(await worker()()).toBe(true);
  expect(await read(sent.body.id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('5') });
});

test('while a long file is read others have their turn, again and again', async () => {
  const { pause } = counter.services;
  let pauses = 0;
  Object.assign(counter.services, {
    pause: () => {
      pauses += 1;
      return pause();
    },
  });
  const lines = Array.from({ length: 400 }, (_, at) => `l${at},问${at},到窗口办。,water,water,办法|第2条`);
  const content = ['code,question,answer,unit,category,basis', ...lines].join('\n');
  const sent = await send({ kind: 'entries', content, publish: true, checkOnly: true });
  Object.assign(counter.services, { pause });
  expect(sent.body).toMatchObject({ rows: 400, good: 400 });
  // A hundred lines are read, and twenty weighed word by word, before others are let in.
  expect(pauses).toBe(4 + 20);
});

test('a file that is none is refused whole, with its reason', async () => {
  expect((await send({ kind: 'places', format: 'xlsx', content: 'bm8=' })).body.code).toBe(
    'import.fileUnreadable',
  );
  expect((await send({ kind: 'places', content: 'code,name\na,"b' })).body.code).toBe(
    'import.fileUnreadable',
  );
  expect((await send({ kind: 'places', content: 'code,name\na,b' })).body).toMatchObject({
    id: null,
    good: 0,
    refused: [{ line: 1, wrong: '缺少列 address、category' }],
  });
  expect((await send({ kind: 'places', content: 'x' }, counter.people.agent)).status).toBe(403);
});
