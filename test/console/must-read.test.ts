import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, employ, presence, ready } from '../support/desk-page.ts';
import { Town } from '../support/town.ts';

// What every agent has to read reaches his desk while he sits there, and comes before the next citizen, not before this one.

let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  await employ(town, [{ username: 'shen', displayName: '沈悦', number: '1101' }]);
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

const told = (title: string, text: string) =>
  town.lead.post<{ id: string }>('/v1/knowledge-notices', { title, text, critical: true });
const waits = (page: Page, n: number) => page.getByRole('button', { name: `必读 ${n}` });
const dialog = (page: Page) => page.getByRole('dialog', { name: '必读通知' });
const receipts = async (id: string) => {
  type Receipts = { receipts: readonly { displayName: string; readAt: string | null }[] };
  const { receipts } = await town.lead.get<Receipts>(`/v1/knowledge-notices/${id}/receipts`);
  return receipts.find(({ displayName }) => displayName === '沈悦')?.readAt ?? null;
};

test('two that must be read come to the open page by themselves and hold him back from “ready”, which reading them is, by keyboard', async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await page.getByText('示忙中，不派来电').waitFor();
  const first = await told('明天城东停水', '8 点至 18 点停水，请按条目答复。');
  await waits(page, 1).waitFor();
  const second = await told('台风停课口径', '明天全县停课，以教体局通知为准。');
  await waits(page, 2).waitFor();

  await page.keyboard.press('Alt+r');
  await dialog(page).getByText('读过才能示闲，还有 2 条未读。').waitFor();
  await presence(page).getByText('示忙').waitFor();
  await expectAccessible(page);
  const titles: (string | null)[] = [];
  for (const left of [2, 1]) {
    await dialog(page).getByText(`还有 ${left} 条未读`).waitFor();
    titles.push(await dialog(page).locator('h2').textContent());
    // He is asked for both: one alone makes him no more ready.
    expect(await presence(page).textContent()).toContain('示忙');
    await dialog(page).getByRole('button', { name: '已读' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
  }
  expect(titles.toSorted()).toEqual(['台风停课口径', '明天城东停水']);
  await dialog(page).waitFor({ state: 'detached' });
  await presence(page).getByText('示闲').waitFor();
  await page.getByRole('button', { name: /^必读/ }).waitFor({ state: 'detached' });
  expect(await Promise.all([receipts(first.id), receipts(second.id)])).toEqual([
    expect.any(String),
    expect.any(String),
  ]);
}, 60_000);

test('it comes in the middle of a talk: the talk goes on, after it no next citizen comes until it is read', async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  await town.citizen({ dialled: '12345', number: '13800138901' });
  await page.getByRole('article').getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await page.getByRole('article').getByText('与市民通话').waitFor();
  const { id } = await told('医保系统停机', '今晚 20 点起停机，明早恢复。');
  await waits(page, 1).waitFor();
  await expectAccessible(page);
  await page.getByRole('article').getByText('与市民通话').waitFor();
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
  // The call has no outcome yet, which is said first.
  await page.keyboard.press('Alt+q');
  await page.getByRole('alert').getByText('请先登记去向').waitFor();
  await page.keyboard.press('Alt+q');
  await presence(page).getByText('有必读通知未读').waitFor();
  // The state is told over the live line, perhaps before the answer to the key: one thing is asked after the other.
  await presence(page).locator('.is-loading').waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+r');
  await dialog(page).getByText('今晚 20 点起停机').waitFor();
  expect(await receipts(id)).toBe(null);
  await dialog(page).getByRole('button', { name: '已读' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await presence(page).getByText('示闲').waitFor();
  expect(await receipts(id)).toEqual(expect.any(String));
}, 60_000);

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
