import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const edit = (body: object, who = counter.people.operator, headers = {}) =>
  counter.ask(who, 'POST', '/v1/dispatch/catalogue', body, headers);
const version = async (): Promise<number> =>
  (await counter.ask(counter.people.agent, 'GET', '/v1/dispatch/catalogue')).body.version;
const responsible = async (query: string): Promise<string[]> => {
  const { body } = await counter.ask(counter.people.unit, 'GET', `/v1/dispatch/responsible?${query}`);
  return body.entries.map((one: { leadUnit: string }) => one.leadUnit);
};

test('an entry begins on its day, the one before ends the day before; any day and any version can be asked', async () => {
  const first = await edit({
    version: await version(),
    reason: '建目录',
    entries: [
      { category: 'leak', lead: '县自来水公司', validFrom: '2026-01-01', assist: ['power'] },
      { category: 'water', lead: 'centre', validFrom: '2026-01-01' },
    ],
    areas: [{ code: 'juegang.yudang', name: '余荡村' }],
  });
  expect(first).toMatchObject({ status: 200, body: { added: 2, removed: 0 } });
  const second = await edit({
    version: first.body.version,
    reason: '职责调整',
    entries: [{ category: 'leak', lead: 'power', validFrom: '2026-07-01' }],
  });
  expect(second.body).toMatchObject({ version: first.body.version + 1, added: 2, removed: 1 });
  expect(await responsible('category=leak&day=2026-06-30')).toEqual(['water', 'centre']);
  expect(await responsible('category=leak&day=2026-07-01')).toEqual(['power', 'centre']);
  expect(await responsible(`category=leak&day=2026-07-01&version=${first.body.version}`)).toEqual([
    'water',
    'centre',
  ]);
  expect(await responsible('category=leak&day=2025-12-31')).toEqual([]);

  const { body } = await counter.ask(counter.people.lead, 'GET', '/v1/dispatch/catalogue/versions');
  expect(body.versions[0]).toMatchObject({ reason: '职责调整', origin: 'edit', by: '王小明', added: 2 });
});

test('of two editors the later is told and nothing of his is written; a repeated request edits once', async () => {
  const at = await version();
  const body = { version: at, reason: '甲', entries: [{ category: 'water', lead: 'water', area: '余荡村' }] };
  const key = { 'idempotency-key': randomUUID() };
  const first = await edit(body, counter.people.dispatcher, key);
  expect(first.status).toBe(200);
  expect((await edit(body, counter.people.dispatcher, key)).raw).toBe(first.raw);
  expect(await edit({ ...body, reason: '乙' })).toMatchObject({
    status: 409,
    body: { code: 'dispatch.changedMeanwhile', data: { version: at + 1 } },
  });
  const racing = await Promise.all(
    ['power', 'water', 'centre'].map((lead) =>
      edit({ version: at + 1, reason: '争', entries: [{ category: 'leak', area: 'juegang.yudang', lead }] }),
    ),
  );
  expect(racing.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

test('all that is wrong is told at once, and nothing is written', async () => {
  const at = await version();
  const refused = await edit({
    version: at,
    reason: '误',
    entries: [
      { category: '没有的', lead: 'water' },
      { category: 'leak', lead: '无此单位', validFrom: '2026-13-01' },
    ],
  });
  expect(refused).toMatchObject({ status: 422, body: { code: 'dispatch.entryInvalid' } });
  expect(
    refused.body.data.faults.map(({ index, field }: { index: number; field: string }) => `${index} ${field}`),
  ).toEqual(['0 category', '1 lead', '1 validFrom']);
  const id = randomUUID();
  expect(await edit({ version: at, reason: '删', remove: [id] })).toMatchObject({
    status: 404,
    body: { code: 'dispatch.entryUnknown', data: { ids: [id] } },
  });
  expect(await version()).toBe(at);
  expect((await edit({ version: at, reason: 'x' }, counter.people.agent)).status).toBe(403);
});

test('an entry is ended on a day, or taken out when it was entered in error', async () => {
  const made = await edit({
    version: await version(),
    reason: '临时',
    entries: [
      { category: 'leak', area: '余荡村', lead: 'power', validFrom: '2026-03-01' },
      { category: 'water', area: '余荡村', lead: 'power', validFrom: '2026-03-01' },
    ],
  });
  const { body } = await counter.ask(
    counter.people.agent,
    'GET',
    '/v1/dispatch/catalogue?area=juegang.yudang&unit=power',
  );
  const [leak, water] = body.entries;
  expect(
    await edit({
      version: made.body.version,
      reason: '止',
      end: [{ id: leak.id, lastDay: '2026-02-01' }],
    }),
  ).toMatchObject({ status: 422, body: { code: 'dispatch.endBeforeBegin' } });
  expect(
    await edit({
      version: made.body.version,
      reason: '止',
      end: [{ id: leak.id, lastDay: '2026-03-31' }],
      remove: [water.id],
    }),
  ).toMatchObject({ status: 200, body: { added: 1, removed: 2 } });
  expect(await responsible('category=leak&area=juegang.yudang&day=2026-03-31')).toContain('power');
  expect((await responsible('category=leak&area=juegang.yudang&day=2026-04-01'))[0]).not.toBe('power');
});

test('a file comes in with a report line by line, and goes out so that it comes in again without a change', async () => {
  let at = await version();
  const csv = '分类,主办\r\n漏水,无此单位\r\n供水,县供电公司\r\n';
  const ask = (checkOnly: boolean, text = csv) =>
    counter.ask(counter.people.operator, 'POST', '/v1/dispatch/catalogue/import', {
      version: at,
      csv: text,
      checkOnly,
      reason: '导入',
    });
  expect((await ask(true)).body).toMatchObject({ version: at, added: 0, report: { rows: 2, taken: 1 } });
  const taken = await ask(false);
  expect(taken.body).toMatchObject({
    version: at + 1,
    report: { refused: [2], remarks: [{ field: '主办' }] },
  });
  // Two lines about one matter that stands already: no day has two.
  const twice = await counter.ask(counter.people.operator, 'POST', '/v1/dispatch/catalogue/import', {
    version: at + 1,
    csv: 'category,lead,valid_from\nwater,water,2027-01-01\nwater,power,2027-02-01\n',
    reason: '两步调整',
  });
  expect(twice).toMatchObject({ status: 200, body: { version: at + 2 } });
  for (const [day, unit] of [
    ['2026-12-31', 'power'],
    ['2027-01-31', 'water'],
    ['2027-02-01', 'power'],
  ]) {
    expect(await responsible(`category=water&day=${day}`)).toEqual([unit]);
  }
  at += 2;
  const out = await counter.ask(counter.people.unit, 'GET', '/v1/dispatch/catalogue.csv');
  expect(out.headers['content-disposition']).toContain(`dispatch-${at}.csv`);
  const again = await counter.ask(counter.people.operator, 'POST', '/v1/dispatch/catalogue/import', {
    version: at,
    csv: out.raw,
    reason: '再导入',
  });
  expect(again.body).toMatchObject({ version: at, added: 0, removed: 0, report: { refused: [] } });
});

test('a workbook and a file in GBK come in as well, their lines counted as in the file', async () => {
  const at = await version();
  const send = (body: object) =>
    counter.ask(counter.people.operator, 'POST', '/v1/dispatch/catalogue/import', {
      ...{ version: at, checkOnly: true, reason: '导入' },
      ...body,
    });
  const rows = [
    ['分类', '主办', '依据', ''],
    ['供水', '县供电公司', '职责\n第八条', ''],
    ['', '', '', ''],
    ['漏水', '无此单位', '', ''],
  ];
  const workbook = await counter.services.spreadsheets.write('目录', rows);
  const xlsx = { format: 'xlsx', content: Buffer.from(workbook).toString('base64') };
  const read = await send({ file: xlsx });
  expect(read, read.raw).toMatchObject({ status: 200 });
  expect(read.body.report).toMatchObject({
    rows: 2,
    taken: 1,
    refused: [4],
    remarks: [{ line: 4, field: '主办' }],
  });
  // 分类,主办 / 供水,县供电公司
  const gbk = Buffer.from('b7d6c0e02cd6f7b0ec0d0ab9a9cbae2ccfd8b9a9b5e7b9abcbbe0d0a', 'hex').toString(
    'base64',
  );
  expect((await send({ file: { format: 'csv', content: gbk } })).body.report).toMatchObject({
    rows: 1,
    taken: 1,
  });
  expect((await send({})).body.code).toBe('rules.csvInvalid');
  expect((await send({ csv: '分类,主办', file: xlsx })).body.code).toBe('import.tableTwice');
  expect((await send({ file: { format: 'xlsx', content: gbk } })).body.code).toBe('import.fileUnreadable');
});

test('the catalogue is read page by page; a cursor that is none of ours is refused', async () => {
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const { body } = await counter.ask(
      counter.people.unit,
      'GET',
      `/v1/dispatch/catalogue?limit=1${after === '' ? '' : `&after=${after}`}`,
    );
    seen.push(...body.entries.map(({ id }: { id: string }) => id));
    if (body.next === null) break;
    after = body.next;
  }
  const { body } = await counter.ask(counter.people.unit, 'GET', '/v1/dispatch/catalogue');
  expect(seen).toEqual(body.entries.map(({ id }: { id: string }) => id));
  expect(await counter.ask(counter.people.unit, 'GET', '/v1/dispatch/catalogue?after=WzEsMl0')).toMatchObject(
    { status: 400, body: { code: 'page.invalid' } },
  );
  const lint = await counter.ask(counter.people.lead, 'GET', '/v1/dispatch/catalogue/findings');
  expect(lint.body.findings.every((one: { code: string }) => one.code !== 'overlap')).toBe(true);
});
