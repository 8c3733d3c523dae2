import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spreadsheets } from '../../../src/adapters/tables/spreadsheet.ts';
import { editSynonyms, importSynonyms } from '../../../src/app/knowledge/search/edit-synonyms.ts';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const bring = (csv: string, more: object = {}) =>
  counter.ask(counter.people.operator, 'POST', '/v1/knowledge/synonyms/import', { csv, ...more });
async function onRecord(): Promise<readonly { readonly by: string; readonly reason: string }[]> {
  const { rows } = await counter.db.query<{ by: string; reason: string }>(
    `select account_id as by, reason from audit_trail where action = 'synonyms.changed' order by at, reason`,
  );
  return rows;
}
const kept = async () =>
  (await counter.ask(counter.people.agent, 'GET', '/v1/knowledge/synonyms')).body.synonyms.map(
    ({ said, means }: { said: string[]; means: string[] }) => `${said.join(';')}=${means.join(';')}`,
  );

test('a file of synonyms stands on record with who brought it and what it changed; taking words out wants a reason', async () => {
  const by = counter.people.operator.id;
  const first = '说法,意思,地区\n勒色;拉圾,垃圾,吴语\n红本本,不动产权证书;房产证,\n,空,\n';
  expect(await bring(first, { checkOnly: true })).toMatchObject({
    status: 200,
    body: { taken: 2, added: 2, changed: 0, same: 0, losing: 0, refused: [{ line: 4 }] },
  });
  expect(await onRecord()).toEqual([]);
  expect(await bring(first)).toMatchObject({ status: 200, body: { added: 2 } });
  expect(await onRecord()).toEqual([{ by, reason: '(CSV +2 ~0)' }]);

  // The same once more changes nothing, and says nothing.
  expect(await bring(first)).toMatchObject({
    status: 200,
    body: { taken: 2, added: 0, changed: 0, same: 2 },
  });
  expect(await onRecord()).toHaveLength(1);
  // Nor does it in another order, as somebody sorts his cells.
  expect(await bring('说法,意思,地区\n拉圾;勒色,垃圾,吴语\n红本本,房产证;不动产权证书,\n')).toMatchObject({
    body: { taken: 2, added: 0, changed: 0, same: 2 },
  });

  // A word more is no loss; one less is, and is told before anything is written.
  expect(await bring('说法,意思,地区\n勒色;拉圾,垃圾;废物,吴语\n')).toMatchObject({
    body: { changed: 1, losing: 0 },
  });
  const less = '说法,意思,地区\n红本本,不动产权证书,\n桥洞,涵洞,\n';
  expect(await bring(less, { checkOnly: true })).toMatchObject({ body: { added: 1, changed: 1, losing: 1 } });
  expect(await bring(less)).toMatchObject({ status: 422, body: { code: 'knowledge.reasonMissing' } });
  expect(await kept()).toEqual(expect.arrayContaining(['红本本=不动产权证书;房产证']));
  expect(await kept()).toHaveLength(2);
  expect(await bring(less, { reason: '房产证已停发' })).toMatchObject({ status: 200, body: { losing: 1 } });
  expect((await kept()).toSorted()).toEqual(
    ['勒色;拉圾=垃圾;废物', '桥洞=涵洞', '红本本=不动产权证书'].toSorted(),
  );
  expect((await onRecord()).map(({ reason }) => reason).toSorted()).toEqual(
    ['(CSV +2 ~0)', '(CSV +0 ~1)', '房产证已停发 (CSV +1 ~1)'].toSorted(),
  );
});

test('a file is taken as an office program saved it, and one that is none is refused', async () => {
  const rows = [
    ['说法', '意思', '地区'],
    ['夜市', '夜间摊点', ''],
    ['', '空', ''],
  ];
  const content = Buffer.from(await spreadsheets.write('同义词', rows)).toString('base64');
  const sent = (body: object) =>
    counter.ask(counter.people.operator, 'POST', '/v1/knowledge/synonyms/import', body);
  expect(await sent({ file: { format: 'xlsx', content } })).toMatchObject({
    ...{ status: 200, body: { taken: 1, added: 1, refused: [{ line: 3, wrong: '没有写市民的说法' }] } },
  });
  // 说法,意思 and 早市,早间摊点 as a spreadsheet in China writes a CSV.
  const gbk = Buffer.from('cbb5b7a82cd2e2cbbc0ad4e7cad02cd4e7bce4ccafb5e30a', 'hex').toString('base64');
  expect(await sent({ file: { format: 'csv', content: gbk } })).toMatchObject({ body: { added: 1 } });
  expect(await kept()).toEqual(expect.arrayContaining(['夜市=夜间摊点', '早市=早间摊点']));
  for (const [body, code] of [
    [{}, 'rules.csvInvalid'],
    [{ csv: 'said,means\na,b', file: { format: 'xlsx', content } }, 'import.tableTwice'],
    [{ file: { format: 'xlsx', content: 'bm8=' } }, 'import.fileUnreadable'],
  ] as const)
    expect((await sent(body)).body.code, code).toBe(code);
});

/** While the first is about to end its transaction the second begins, and comes as far as it can without the first. */
async function together<T>(
  first: (atItsEnd: () => Promise<void>) => Promise<unknown>,
  second: () => Promise<T>,
): Promise<T> {
  let theOther: Promise<T> | null = null;
  await first(async () => {
    theOther = second();
    // Else nobody hears of it before it is waited for.
    theOther.catch(() => undefined);
    const waiting = async () =>
      (
        await counter.db.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
      ).rows.length;
    await expect.poll(waiting).toBe(1);
  });
  if (theOther === null) throw new Error('the first never came to its end');
  return theOther;
}
const deps = () => ({ ...counter.services, newId: randomUUID });
const by = () => counter.people.operator.id;
const nothing = async (): Promise<void> => undefined;

test('of two who bring the same file at once the second finds what the first brought, and adds nothing', async () => {
  const asked = { csv: 'said,means\n的士;差头,出租车\n', checkOnly: false, reason: '', by: by() };
  const second = await together(
    (atItsEnd) => importSynonyms(deps())(asked, atItsEnd),
    () => importSynonyms(deps())(asked, nothing),
  );
  expect(second).toMatchObject({ added: 0, same: 1 });
  expect((await kept()).filter((one: string) => one.startsWith('的士'))).toEqual(['的士;差头=出租车']);
});

test('who takes out what another has just put in says why, whichever page he had before him', async () => {
  const { body } = await counter.ask(counter.people.operator, 'POST', '/v1/knowledge/synonyms', {
    put: [{ said: ['电瓶车'], means: ['电动自行车'] }],
  });
  const [id] = body.ids;
  const put = (means: readonly string[]) => ({
    ...{ put: [{ id, said: ['电瓶车'], means, region: '' }], remove: [], reason: '', by: by() },
  });
  const second = together(
    (atItsEnd) => editSynonyms(deps())(put(['电动自行车', '电动车']), atItsEnd),
    () => editSynonyms(deps())(put(['电动自行车']), nothing),
  );
  await expect(second).rejects.toMatchObject({ code: 'knowledge.reasonMissing' });
  expect(await kept()).toContain('电瓶车=电动自行车;电动车');
});

const edit = (body: object) => counter.ask(counter.people.operator, 'POST', '/v1/knowledge/synonyms', body);

test('the same sayings stand once: another with them is refused, by hand as by a file', async () => {
  const added = await edit({ put: [{ said: ['面的', '招手停'], means: ['小型客车'] }] });
  expect(added.status).toBe(200);
  const [id] = added.body.ids;
  const twice = { status: 409, body: { code: 'knowledge.synonymTwice' } };
  expect(await edit({ put: [{ said: ['招手停', '面的'], means: ['出租车'] }] })).toMatchObject(twice);
  const two = ['甲', '乙'].map((means) => ({ said: ['摩的'], means: [means] }));
  expect(await edit({ put: two })).toMatchObject({
    ...{ status: 409, body: { code: 'knowledge.synonymTwice', data: { index: 1, said: ['摩的'] } } },
  });
  const other = await edit({ put: [{ said: ['面的'], means: ['微型面包车'] }] });
  expect(
    await edit({ put: [{ id: other.body.ids[0], said: ['面的', '招手停'], means: ['微型面包车'] }] }),
  ).toMatchObject(twice);
  expect((await kept()).filter((one: string) => one.includes('面的')).toSorted()).toEqual(
    ['面的;招手停=小型客车', '面的=微型面包车'].toSorted(),
  );
  // Itself it may be changed, and two may change their sayings with one another.
  expect(
    await edit({
      put: [
        { id, said: ['面的'], means: ['小型客车', '微型面包车'] },
        { id: other.body.ids[0], said: ['面的', '招手停'], means: ['小型客车', '微型面包车'] },
      ],
      reason: '两条说法对调',
    }),
  ).toMatchObject({ status: 200 });
  // Nor is one in the way that goes at the same time.
  const put = [{ said: ['招手停', '面的'], means: ['小型客车'] }];
  expect(await edit({ put, remove: [other.body.ids[0]], reason: '并作一条' })).toMatchObject({ status: 200 });
});

test('what somebody took out meanwhile, with a reason, is not put back by who had it before him', async () => {
  const { body } = await edit({ put: [{ said: ['火轮船'], means: ['客轮'] }] });
  const [id] = body.ids;
  expect(await edit({ remove: [id], reason: '无人这样说' })).toMatchObject({ status: 200 });
  expect(await edit({ put: [{ id, said: ['火轮船'], means: ['客轮', '轮渡'] }] })).toMatchObject({
    ...{ status: 409, body: { code: 'knowledge.synonymGone', data: { ids: [id] } } },
  });
  expect(await kept()).not.toContain('火轮船=客轮;轮渡');
});
