import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import { content } from '../domain/knowledge/entries.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, employ, presence, ready } from '../support/desk-page.ts';
import { Town } from '../support/town.ts';

// Many entries say the same in other words, each of another unit, area, category and time: what the agent wants is left.

const WORDS = '楼顶水箱清洗';
const OWN_WATER = { question: '楼顶水箱清洗多久一次', unit: 'water', category: 'utilities.water' } as const;
const OF_HOUSING = {
  question: '楼顶水箱清洗谁来出钱',
  unit: 'housing-construction',
  category: 'housing',
} as const;
const TO_COME = { question: '楼顶水箱清洗明年新规', unit: 'water', category: 'utilities.water' } as const;

let town: Town;
let browser: ConsoleBrowser;
let operator: ApiClient;
let reviewer: ApiClient;
let dearest: string;
beforeAll(async () => {
  town = await Town.found();
  await employ(town, [{ username: 'shen', displayName: '沈悦', number: '1101' }]);
  [operator, reviewer] = await Promise.all([signIn('operator'), signIn('reviewer')]);
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

const signIn = (name: string) => ApiClient.signIn(town.apiUrl, name, town.passwordOf(name));
/** Its newest version, whichever that is by now. */
async function publish(id: string): Promise<void> {
  const entry = await operator.get<{ revision: number; latest: { number: number } }>(`/v1/knowledge/${id}`);
  let { revision } = entry;
  for (const [who, move] of [
    [operator, 'submit'],
    [reviewer, 'approve'],
    [reviewer, 'publish'],
  ] as const) {
    const path = `/v1/knowledge/${id}/versions/${entry.latest.number}/moves`;
    ({ revision } = await who.post<{ revision: number }>(path, { move, revision, push: 'none' }));
  }
}
type Written = { readonly question: string; readonly unit: string; readonly category: string };
async function published({ question, unit, category }: Written, over: object = {}): Promise<void> {
  const words = { ...content({ question, otherWays: [], categories: [category] }), ...over };
  const { id } = await operator.post<{ id: string }>('/v1/knowledge', { ...words, unit });
  await publish(id);
}
async function choose(page: Page, label: string, sought: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click({ force: true });
  await page.keyboard.type(sought);
  await page
    .getByRole('option', { name: new RegExp(sought) })
    .first()
    .click();
  await page.keyboard.press('Tab');
}
const indexed = (question: string) =>
  until(`“${question}” in the index`, 60_000, async () => {
    const path = `/v1/knowledge/search?kind=entry&words=${encodeURIComponent(question)}`;
    const { hits } = await town.lead.get<{ hits: readonly { title: string }[] }>(path);
    return hits.some(({ title }) => title === question) ? true : null;
  });

test('where an entry holds is said as it is written, outlives the page, and is read beside its answer', async () => {
  const page = await browser.signedIn('operator', town.passwordOf('operator'), '/authoring/edit');
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await choose(page, '所属单位', '县自来水公司');
  await field('问题').fill(OWN_WATER.question);
  await field('口播答复').fill('半年清洗一次。您打物业电话预约。');
  await field('文件名称 1').fill('二次供水管理办法');
  await field('第几条 1').fill('第九条');
  await choose(page, '分类', '供水');
  await choose(page, '全域', '掘港街道');
  await choose(page, '全域', '洋口镇');
  const areas = page.locator('[data-field=areas]');
  await areas.getByText('洋口镇').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Control+s');
  await page.waitForURL(/authoring\/edit\/[0-9a-f-]{36}/);
  dearest = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const areasOf = async () =>
    (await operator.get<{ latest: { areas: readonly string[] } }>(`/v1/knowledge/${dearest}`)).latest.areas;
  expect(await areasOf()).toEqual(['juegang', 'yangkou']);

  await page.reload();
  await areas.getByText('掘港街道').waitFor();
  // Taken back by the key with which a list takes back: it holds in one place.
  await page.getByRole('combobox', { name: '全域', exact: true }).press('Backspace');
  await expect.poll(() => areas.getByText('洋口镇').count()).toBe(0);
  await page.keyboard.press('Control+s');
  await expect.poll(areasOf).toEqual(['juegang']);
  await page.goto(`/authoring/entries/${dearest}`);
  await page.getByRole('article').getByText('掘港街道').first().waitFor();
}, 60_000);

test('by unit, area, category and time: what is left of four entries that are worded alike', async () => {
  await publish(dearest);
  await published(OF_HOUSING);
  await published(TO_COME, { validFrom: '2099-01-01' });
  await Promise.all([indexed(OWN_WATER.question), indexed(OF_HOUSING.question)]);
  const page = await browser.signedIn('1001', town.passwordOf('1001'), '/knowledge');
  const hits = page.getByRole('list', { name: '检索结果' });
  const shown = async () =>
    (await hits.locator('b').allTextContents()).filter((title) => title.startsWith(WORDS)).toSorted();
  const both = [OWN_WATER.question, OF_HOUSING.question].toSorted();
  const clear = async (label: string): Promise<void> => {
    await page
      .locator('.el-select', { has: page.getByRole('combobox', { name: label, exact: true }) })
      .hover();
    await page.locator('.el-select__clear:visible').click();
  };
  await page.getByLabel('用市民的话查').fill(WORDS);
  // What holds from another year on is told to nobody before.
  await expect.poll(shown).toEqual(both);

  await choose(page, '不限单位', '住房和城乡建设局');
  await expect.poll(shown).toEqual([OF_HOUSING.question]);
  await expectAccessible(page);
  await clear('不限单位');
  await expect.poll(shown).toEqual(both);

  await choose(page, '不限分类', '供水');
  await expect.poll(shown).toEqual([OWN_WATER.question]);
  await clear('不限分类');
  await expect.poll(shown).toEqual(both);

  // What holds where he is comes first and says so; elsewhere it comes behind what holds everywhere.
  const first = hits.getByRole('listitem').first();
  await choose(page, '所在区域', '掘港街道');
  await first.getByText('同一区域').waitFor();
  expect(await first.locator('b').textContent()).toBe(OWN_WATER.question);
  await clear('所在区域');
  await choose(page, '所在区域', '洋口镇');
  await expect.poll(() => first.locator('b').textContent()).toBe(OF_HOUSING.question);
  expect(await first.getByText('同一区域').count()).toBe(0);
}, 120_000);

test('in a call, by keyboard: the answers of the unit that is asked about are left, and all of them come back', async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  await town.citizen({ dialled: '12345', number: '13800138801' });
  await page.getByRole('article').getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await page.locator('textarea:focus').waitFor();
  const panel = page.getByRole('complementary', { name: '知识与场所' });
  const named = (question: string) => panel.getByRole('list').getByRole('button', { name: question });
  await page.keyboard.press('Alt+f');
  await page.keyboard.type(WORDS);
  await named(OWN_WATER.question).waitFor();
  await named(OF_HOUSING.question).waitFor();
  await page.keyboard.press('Tab');
  await panel.getByRole('combobox', { name: '不限单位' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('住房和城乡建设局');
  await page.getByRole('option', { name: /住房和城乡建设局/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await named(OWN_WATER.question).waitFor({ state: 'detached' });
  await named(OF_HOUSING.question).waitFor();
  // Its answer is the one that is read.
  await panel.getByText(content().answer).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Alt+Shift+F');
  await named(OWN_WATER.question).waitFor();
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
}, 90_000);

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
