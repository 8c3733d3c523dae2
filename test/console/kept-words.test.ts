import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../src/demo/poll.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

// What operators keep so that citizens' words are understood and their calls counted as what they are: synonyms, and which
// categories are convenience services.

let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const at = (username: string, path: string) => browser.signedIn(username, town.passwordOf(username), path);
const field = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('textbox', { name, exact: true });
const sent = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};
const row = (page: Page, words: string | RegExp) => page.getByRole('row', { name: words });
const reasonOf = (action: string) =>
  town.inBooks<{ reason: string }>(
    'select reason from audit_trail where action = $1 order by at desc, id limit 1',
    [action],
  );
interface Hit {
  readonly title: string;
  readonly reasons: readonly { readonly said?: string; readonly match?: string }[];
}
/** Found by what the synonym means, and told so. */
const foundBy = async (said: string): Promise<string | null> => {
  const path = `/v1/knowledge/search?kind=entry&words=${encodeURIComponent(said)}&typing=true`;
  const { hits } = await town.lead.get<{ hits: readonly Hit[] }>(path);
  const hit = hits.find(({ reasons }) => reasons.some((why) => why.said === said && why.match === 'synonym'));
  return hit?.title ?? null;
};

test('a saying is added, found by, changed and taken out again with a reason, all by keyboard; who leads reads the list', async () => {
  const SAID = '勒色货';
  const page = await at('operator', '/authoring/synonyms');
  await row(page, /./).nth(1).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('n');
  await field(page, '市民的说法').fill(SAID);
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await page.keyboard.type('社保卡');
  await sent(page);
  await row(page, `${SAID} 社保卡`).waitFor();
  const title = await until('found by the saying', 60_000, () => foundBy(SAID));
  expect(title).toMatch(/社(会保障|保)卡/);

  // Among hundreds it is the one that is shown; found by any of its words, opened by Enter, and changed.
  await page.keyboard.press('/');
  const filter = (who: Page) => who.getByRole('textbox', { name: '按词查' });
  expect(await filter(page).inputValue()).toBe(SAID);
  await page.getByRole('status').getByText('共 1 条').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await field(page, '市民的说法').inputValue()).toBe(SAID);
  await field(page, '市民的说法').fill(`${SAID}、勒色玩意`);
  await field(page, '何地的说法').fill('本地');
  await sent(page);
  await row(page, `${SAID}、勒色玩意 社保卡 本地`).waitFor();
  await until('found by the other saying', 20_000, () => foundBy('勒色玩意'));

  // A saying that goes is missed by whoever speaks so: only with a word why.
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await field(page, '市民的说法').fill('勒色玩意');
  await page.keyboard.press('Control+Enter');
  await field(page, '理由').fill('没有人这样说');
  await expectAccessible(page);
  await sent(page);
  expect(await reasonOf('synonyms.changed')).toEqual({ reason: '没有人这样说 (+1 -0)' });
  await filter(page).fill('勒色玩意');
  await row(page, '勒色玩意 社保卡 本地').waitFor();

  const lead = await at('lead', '/authoring/synonyms');
  await filter(lead).fill('勒色玩意');
  await row(lead, '勒色玩意 社保卡 本地').waitFor();
  expect(await lead.getByRole('button', { name: /添加同义词|删除/ }).count()).toBe(0);

  await page.getByRole('grid').focus();
  await page.keyboard.press('Delete');
  await page.getByRole('dialog', { name: '删除：勒色玩意' }).waitFor();
  // Without a word why nothing goes.
  await page.keyboard.press('Control+Enter');
  await field(page, '理由').fill('写错了词');
  await expectAccessible(page);
  await sent(page);
  await page.getByText('没有含这个词的同义词：改短查询词').waitFor();
  await until('found by it no more', 20_000, async () =>
    (await foundBy('勒色玩意')) === null ? true : null,
  );
  expect(await reasonOf('synonyms.changed')).toEqual({ reason: '写错了词 (+0 -1)' });
});

test('another adds a word while one is being changed: it is not taken out without a word why, and there is a place for it', async () => {
  const operator = await town.as('operator');
  const said = ['勒色筐'];
  const { ids } = await operator.post<{ ids: string[] }>('/v1/knowledge/synonyms', {
    put: [{ said, means: ['垃圾筐'], region: '' }],
  });
  const page = await at('operator', '/authoring/synonyms');
  await page.getByRole('textbox', { name: '按词查' }).fill('勒色筐');
  await row(page, '勒色筐 垃圾筐').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await field(page, '何地的说法').fill('本地');
  await operator.post('/v1/knowledge/synonyms', {
    put: [{ id: ids[0], said, means: ['垃圾筐', '垃圾篓'], region: '' }],
  });
  expect(await field(page, '理由').count()).toBe(0);
  await page.keyboard.press('Control+Enter');
  await field(page, '理由').fill('篓另立一条');
  await expectAccessible(page);
  await sent(page);
  await row(page, '勒色筐 垃圾筐 本地').waitFor();
  expect(await reasonOf('synonyms.changed')).toEqual({ reason: '篓另立一条 (+1 -0)' });
});

test('a file is looked at line by line before its good lines are taken, and what it takes out wants a word why', async () => {
  const page = await at('operator', '/authoring/synonyms');
  const dialog = page.getByRole('dialog', { name: '从文件导入' });
  const choose = (name: string, text: string) =>
    dialog
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await row(page, /./).nth(1).waitFor();
  await page.keyboard.press('i');
  await choose('说法.doc', '说法');
  await dialog.getByRole('alert').getByText('请选择 xlsx 或 CSV 文件').waitFor();
  await choose('说法.csv', '说法,意思,地区\n勒色袋,垃圾袋;垃圾桶,本地\n,空,\n');
  await dialog.getByText('新增 1 条，替换 0 条，相同 0 条，不合格 1 行。').waitFor();
  await row(page, /^3 没有写市民的说法/).waitFor();
  // Such a line has no code and no column that would be known.
  expect(await dialog.getByRole('columnheader').allTextContents()).toEqual(['行', '错在哪里', '怎样才对']);
  await expectAccessible(page);
  await sent(page);
  await page.getByText('已导入：新增 1 条，替换 0 条，相同 0 条，未收 1 行。').waitFor();
  await page.getByRole('textbox', { name: '按词查' }).fill('勒色袋');
  await row(page, '勒色袋 垃圾袋、垃圾桶 本地').waitFor();
  expect(await reasonOf('synonyms.changed')).toEqual({ reason: '(CSV +1 ~0)' });

  await page.getByRole('grid').focus();
  await page.keyboard.press('i');
  await choose('说法.csv', 'said,means,region\n勒色袋,垃圾袋,本地\n');
  await dialog.getByText('1 条会删去原有的词').waitFor();
  await page.keyboard.press('Control+Enter');
  await field(page, '理由').fill('桶另立一条');
  await expectAccessible(page);
  await sent(page);
  await row(page, '勒色袋 垃圾袋 本地').waitFor();
  expect(await reasonOf('synonyms.changed')).toEqual({ reason: '桶另立一条 (CSV +0 ~1)' });

  // Another adds a word between the look at the file and its taking: what is lost is asked for then.
  await page.getByRole('grid').focus();
  await page.keyboard.press('i');
  await choose('说法.csv', 'said,means,region\n勒色袋,垃圾袋;垃圾兜,本地\n');
  await dialog.getByText('新增 0 条，替换 1 条，相同 0 条，不合格 0 行。').waitFor();
  const operator = await town.as('operator');
  const { synonyms } = await operator.get<{ synonyms: { id: string; said: string[] }[] }>(
    '/v1/knowledge/synonyms',
  );
  const put = synonyms
    .filter(({ said }) => said.includes('勒色袋'))
    .map(({ id, said }) => ({ id, said, means: ['垃圾袋', '塑料袋'], region: '本地' }));
  await operator.post('/v1/knowledge/synonyms', { put });
  await page.keyboard.press('Control+Enter');
  await field(page, '理由').fill('塑料袋另立一条');
  await dialog.getByText('1 条会删去原有的词').waitFor();
  await sent(page);
  await row(page, '勒色袋 垃圾袋、垃圾兜 本地').waitFor();
  expect(await reasonOf('synonyms.changed')).toEqual({ reason: '塑料袋另立一条 (CSV +0 ~1)' });

  const lead = await at('lead', '/authoring/synonyms');
  const exported = lead.getByRole('link', { name: '导出 CSV' });
  expect(await exported.getAttribute('href')).toBe('/v1/knowledge/synonyms.csv');
  expect(await lead.getByRole('button', { name: /从文件导入/ }).count()).toBe(0);
});

test('a category is said to be a convenience service, and to be none, each with its reason; who leads reads by whom', async () => {
  const NAME = /供水/;
  const list = (page: Page) => page.getByRole('list', { name: '便民服务分类' });
  const page = await at('operator', '/catalogue/convenience');
  await page.getByText('尚未指定，按示例分类计。').waitFor();
  await list(page).getByText('便民服务').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('n');
  await page.getByRole('combobox', { name: '哪个分类' }).fill('供水');
  await page.getByRole('option', { name: NAME }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('供水报修按便民服务计');
  await expectAccessible(page);
  await sent(page);
  await list(page).getByText(NAME).waitFor();
  const { codes } = await town.lead.get<{ codes: readonly string[] }>('/v1/convenience-categories');
  expect(codes).toEqual(['convenience', 'utilities.water']);
  expect(await reasonOf('convenience.said')).toEqual({
    reason: '供水报修按便民服务计 (convenience, utilities.water)',
  });

  const lead = await at('lead', '/catalogue/convenience');
  await lead.getByText(/指定于/).waitFor();
  await list(lead).getByText(NAME).waitFor();
  expect(await lead.getByRole('button', { name: /添加分类|删除/ }).count()).toBe(0);

  await list(page)
    .getByRole('listitem')
    .filter({ hasText: NAME })
    .getByRole('button', { name: '删除' })
    .press('Enter');
  await field(page, '理由').fill('改回诉求');
  await sent(page);
  await list(page).getByText(NAME).waitFor({ state: 'detached' });
  expect(await town.lead.get<object>('/v1/convenience-categories')).toMatchObject({ codes: ['convenience'] });
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
