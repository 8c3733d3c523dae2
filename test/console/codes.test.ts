import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../src/demo/api-client.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

// Two operators keep the lists by which appeals are sorted; who had no hand in a draft publishes it.

interface Term {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
  readonly words: readonly string[];
}
interface Edition {
  readonly number: number;
  readonly revision: number;
  readonly state: string;
}
const DAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const POWER = 'utilities.power';
const WATER = 'utilities.water';

let town: Town;
let browser: ConsoleBrowser;
let operator: ApiClient;
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
  operator = await town.as('operator');
  town.visit(() => operator.signOut());
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const opened = async (username: string): Promise<Page> => {
  const page = await browser.signedIn(username, town.passwordOf(username), '/catalogue/codes');
  await grid(page).waitFor();
  return page;
};
const grid = (page: Page) => page.getByRole('grid', { name: '分类与代码表' });
const side = (page: Page) => page.getByRole('region', { name: '草稿', exact: true });
const clash = (page: Page) => page.getByRole('dialog').getByRole('alert');

async function begin(): Promise<void> {
  await operator.post('/v1/codes/category/draft', { title: '2027 年诉求分类', validFrom: DAY });
}
async function draft(): Promise<{ readonly edition: Edition; readonly terms: readonly Term[] }> {
  const { editions } = await operator.get<{ editions: readonly Edition[] }>('/v1/codes/category');
  const number = editions.find(({ state }) => state === 'draft')?.number;
  return await operator.get(`/v1/codes/category/editions/${number}`);
}
const termOf = async (code: string): Promise<Term | undefined> =>
  (await draft()).terms.find((term) => term.code === code);
/** As the other operator would, in his own window. */
async function rename(code: string, name: string): Promise<void> {
  const { edition, terms } = await draft();
  const term = terms.find((one) => one.code === code);
  const { parentCode, words } = term ?? { parentCode: null, words: [] };
  // Called otherwise and meaning the same: else the code would be taken for another.
  const mapping = [{ from: code, to: code, main: true }];
  const body = { revision: edition.revision, set: [{ code, name, parentCode, words }], mapping };
  await operator.post('/v1/codes/category/draft/rows', body);
}
async function change(page: Page, code: string): Promise<void> {
  const filter = page.getByLabel('名称、代码或别称');
  await filter.fill(code);
  await page.getByText(/^1 \/ \d+ 个$/).waitFor();
  await filter.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /^修改/ }).waitFor();
}
const name = (page: Page) => page.getByRole('dialog').getByLabel('名称', { exact: true });

test('of his own work nobody is offered the publication; another publishes it, and what offers the codes offers the new ones', async () => {
  const lead = await browser.signedIn('lead', town.passwordOf('lead'), '/catalogue');
  const catalogue = lead.getByRole('grid', { name: '派单目录' });
  const look = async (words: string): Promise<void> => {
    await lead.getByLabel('分类、区域、设施、单位或依据').fill(words);
    await catalogue
      .getByRole('row', { name: new RegExp(`^${words} `) })
      .first()
      .waitFor();
  };
  await catalogue.waitFor();
  await look('供电');
  // In another browser, which asks for nothing by itself.
  const far = await browser.signedIn('operator2', town.passwordOf('operator2'), '/limits/why');
  const offers = async (words: string): Promise<void> => {
    await far.getByRole('combobox', { name: '分类（可不填）' }).fill(words);
    await far.getByRole('option', { name: new RegExp(`${words}$`) }).waitFor({ timeout: 30_000 });
  };
  await offers('供电');
  await begin();
  await rename(POWER, '电力保障');

  const own = await opened('operator');
  await side(own).getByText('您参与过，“发布”由另一人做').waitFor();
  expect(await side(own).getByRole('button', { name: '发布…' }).count()).toBe(0);
  await side(own).getByRole('button', { name: '作废' }).waitFor();
  await expectAccessible(own);

  // The same page all along: what it had asked for once a session is what an agent's would have, too.
  await lead.getByRole('link', { name: '分类与代码表' }).click();
  await side(lead).getByRole('button', { name: '发布…' }).click();
  await lead.getByRole('dialog').getByLabel('理由').fill('全县代码调整');
  await lead.keyboard.press('Control+Enter');
  await lead.getByRole('status').getByText('已发布。').waitFor();
  await lead
    .getByRole('navigation', { name: '派单目录各页' })
    .getByRole('link', { name: '派单目录', exact: true })
    .click();
  await catalogue.waitFor();
  await look('电力保障');
  await offers('电力保障');
  await far.close();
});

test('two change one code: the later sees both, takes his or keeps his own over it; where they change two, nothing is in the way', async () => {
  await begin();
  const page = await opened('operator2');
  await change(page, WATER);
  await name(page).fill('供水保障');
  await rename(POWER, '供电保障');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').getByText('“供水保障”已写入草稿。').waitFor();
  expect((await termOf(WATER))?.name).toBe('供水保障');
  expect((await termOf(POWER))?.name).toBe('供电保障');
  // Called otherwise it is the same code still, and may be published.
  const checked = await operator.get<{ findings: { code: string; codes: string[] }[] }>(
    '/v1/codes/category/draft/check',
  );
  expect(checked.findings.filter(({ codes }) => codes.includes(WATER))).toEqual([]);

  await change(page, WATER);
  await name(page).fill('自来水');
  await rename(WATER, '用水');
  await page.keyboard.press('Control+Enter');
  await clash(page).getByText('他人已改同一个代码，您的没有写入').waitFor();
  await clash(page).getByRole('row', { name: '名称 用水 自来水' }).waitFor();
  await clash(page)
    .getByText(/^运营员 .*草稿现为第 \d+ 次修订$/)
    .waitFor();
  expect(await page.getByRole('dialog').getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
  await expectAccessible(page);
  await clash(page).getByRole('button', { name: '仍用我的，覆盖他人的' }).click();
  await page.getByRole('status').getByText('“自来水”已写入草稿。').waitFor();
  expect((await termOf(WATER))?.name).toBe('自来水');

  await change(page, WATER);
  await name(page).fill('城乡供水');
  await rename(WATER, '用水');
  await page.keyboard.press('Control+Enter');
  await clash(page).getByRole('button', { name: '用他人的' }).click();
  await clash(page).waitFor({ state: 'detached' });
  expect(await name(page).inputValue()).toBe('用水');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('what was typed before a reload is held against what another wrote since, and what was turned away from is gone', async () => {
  const page = await opened('operator2');
  await change(page, WATER);
  await name(page).fill('二次供水');
  await page.reload();
  await grid(page).waitFor();
  await rename(WATER, '供水与排水');
  await page.reload();
  await change(page, WATER);
  expect(await name(page).inputValue()).toBe('二次供水');
  await clash(page).getByRole('row', { name: '名称 供水与排水 二次供水' }).waitFor();
  await clash(page).getByRole('button', { name: '用他人的' }).click();

  // A tick that was cancelled is none; words that were typed are asked for first.
  const gone = page.getByRole('dialog').getByRole('checkbox', { name: '从下一版起停用' });
  await page.getByRole('dialog').getByText('从下一版起停用').click();
  expect(await gone.isChecked()).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await change(page, WATER);
  expect(await gone.isChecked()).toBe(false);
  await name(page).fill('供排水');
  await page.getByRole('dialog', { name: /^修改/ }).getByRole('button', { name: '取消' }).click();
  const sure = page.getByRole('dialog', { name: '放弃改动' });
  await sure.getByText('放弃后不能找回', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
  await sure.waitFor({ state: 'hidden' });
  expect(await name(page).inputValue()).toBe('供排水');
  await page.keyboard.press('Escape');
  await sure.getByRole('button', { name: '放弃改动' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await change(page, WATER);
  expect(await name(page).inputValue()).toBe('供水与排水');
});

test('a draft that another went on with is looked at before it is published, and a file replaces none of it unseen', async () => {
  const lead = await opened('lead');
  await side(lead).getByRole('button', { name: '发布…' }).click();
  await lead.getByRole('dialog').getByLabel('理由').fill('全县代码调整');
  await rename(WATER, '供水');
  await lead.keyboard.press('Control+Enter');
  await clash(lead).getByText('他人继续改了草稿（1 个代码），看过再继续').waitFor();
  await clash(lead).getByText(`已改 供水（${WATER}）`).waitFor();
  await expectAccessible(lead);
  const publish = lead.getByRole('dialog').getByRole('button', { name: '发布…' });
  expect(await publish.isDisabled()).toBe(true);

  const page = await opened('operator2');
  await side(page).getByRole('button', { name: '从文件导入…' }).click();
  await page.getByRole('dialog').waitFor();
  await rename(POWER, '供电');
  const csv = `code,name\r\n${WATER},供水\r\n`;
  await page.setInputFiles('input[type=file]', {
    ...{ name: '分类.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
  });
  await clash(page).getByText(`已改 供电（${POWER}）`).waitFor();
  await clash(page).getByRole('button', { name: '看过了，继续' }).click();
  await page.getByText('共 1 行，可收 1 行，拒收 0 行。').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();

  await clash(lead).getByRole('button', { name: '看过了，继续' }).click();
  expect(await lead.getByRole('dialog').getByLabel('理由').inputValue()).toBe('全县代码调整');
  await publish.click();
  await clash(lead).getByText(`已改 供电（${POWER}）`).waitFor();
  await clash(lead).getByRole('button', { name: '看过了，继续' }).click();
  await publish.click();
  await lead.getByRole('status').getByText('已发布。').waitFor();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
