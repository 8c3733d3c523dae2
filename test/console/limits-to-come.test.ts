import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

// Limits that begin on a day to come, and another operator who changes the present ones, or drafts on what is taken back.

const [SUPERVISED, REOPENED, ARCHIVED] = [
  '按规则下发的督办单反馈时限（工作日）',
  '结案后多少个自然日内可重办',
  '结案后多少个自然日自动归档',
] as const;
const DAY_MS = 86_400_000;
/** Eight o'clock in China, so many days from now. */
const morningIn = (days: number): string =>
  `${new Date(Date.now() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10)} 08:00`;

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

const at = async (username: string): Promise<Page> => {
  const page = await browser.signedIn(username, town.passwordOf(username), '/limits');
  await page.getByRole('navigation', { name: '时限各页' }).waitFor();
  return page;
};
const panelOf = (page: Page) => page.getByRole('region', { name: '看影响，再提交' });
async function draft(page: Page, label: string, value: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: '在此版上起草修改' }).click();
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Tab');
  await panelOf(page).getByLabel('理由').fill(reason);
}
async function beginsIn(page: Page, days: number): Promise<void> {
  const from = panelOf(page).getByRole('combobox', { name: '何时生效（留空为批准之时）' });
  await from.fill(morningIn(days));
  await from.press('Enter');
}
async function propose(page: Page): Promise<number> {
  await page.keyboard.press('Alt+P');
  await panelOf(page).getByText('没有改变市民时限', { exact: false }).waitFor();
  await page.keyboard.press('Control+Enter');
  const said = page.getByRole('status').getByText(/第 \d+ 版已生效或将于生效时间执行/);
  await said.waitFor();
  return Number(/第 (\d+) 版/.exec((await said.textContent()) ?? '')?.[1]);
}
interface Listed {
  readonly sets: readonly { readonly number: number; readonly content: object; readonly validFrom: string }[];
  readonly inForce: number;
}

const clashOf = (page: Page, words: string) => panelOf(page).getByRole('alert').filter({ hasText: words });
async function carryOn(page: Page, words: string, theirs: string): Promise<void> {
  const clash = clashOf(page, words);
  await clash.getByRole('list', { name: '他人改了什么' }).getByText(theirs).waitFor();
  await expectAccessible(page);
  await clash.getByRole('button', { name: '看过了，在最新一版上保留我的改动' }).click();
  await clash.waitFor({ state: 'detached' });
}
const shown = (page: Page) =>
  Promise.all(
    [SUPERVISED, REOPENED, ARCHIVED].map((label) => page.getByLabel(label, { exact: true }).inputValue()),
  );

test('whoever changes what another replaces next week is told how long it holds, and sends it when he knows', async () => {
  const [page, other] = [await at('operator'), await at('operator2')];
  await draft(other, ARCHIVED, '200', '档案局要求保留更久');
  await draft(page, SUPERVISED, '4', '下周起督办反馈四日');
  await beginsIn(page, 7);
  const coming = await propose(page);
  await page.getByRole('list', { name: '历次规定' }).getByText('下周起督办反馈四日').waitFor();

  await other.keyboard.press('Alt+P');
  await carryOn(other, '他人已另行提出时限规定', `${SUPERVISED}：3 → 4`);
  await other.keyboard.press('Alt+P');
  const told = panelOf(other).getByRole('alert');
  await told.getByText(`第 ${coming} 版将于 `, { exact: false }).waitFor();
  await expectAccessible(other);
  // Not sent before he has said that he knows.
  expect(await panelOf(other).getByRole('button', { name: /^提交/ }).isDisabled()).toBe(true);
  await told.getByRole('button', { name: '知道了，只到那时为止' }).click();
  await panelOf(other).getByText('没有改变市民时限', { exact: false }).waitFor();
  await other.keyboard.press('Control+Enter');
  await other
    .getByRole('status')
    .getByText(/第 \d+ 版已生效或将于生效时间执行/)
    .waitFor();
  const { sets, inForce } = await town.lead.get<Listed>('/v1/limits');
  const now = sets.find(({ number }) => number === inForce);
  expect(now?.content).toMatchObject({ archiveAfterDays: 200, superviseWorkingDays: 4 });
  expect(inForce).toBeGreaterThan(coming);
});

test('what he drafts on is taken back by another meanwhile: it does not come back with his, and his words stay', async () => {
  const [page, other] = [await at('operator'), await at('operator2')];
  await draft(page, SUPERVISED, '5', '八日后督办反馈五日');
  await beginsIn(page, 8);
  const dropped = await propose(page);
  await other.reload();
  await other
    .getByRole('list', { name: '历次规定' })
    .getByRole('button', { name: /八日后督办反馈五日/ })
    .click();
  await draft(other, REOPENED, '20', '重办期限放宽');
  await beginsIn(other, 9);

  await page.getByRole('button', { name: `撤回第 ${dropped} 版` }).click();
  const withdrawing = page.getByRole('dialog', { name: `撤回第 ${dropped} 版` });
  await withdrawing.getByLabel('理由').fill('督办反馈时限另行研究');
  await page.keyboard.press('Control+Enter');
  await withdrawing.waitFor({ state: 'detached' });

  await other.keyboard.press('Alt+P');
  await carryOn(other, '据以起草的那一版', `${SUPERVISED}：5 → 4`);
  expect(await shown(other)).toEqual(['4', '20', '200']);
  const number = await propose(other);
  const found = (await town.lead.get<Listed>('/v1/limits')).sets.find((one) => one.number === number);
  expect(found?.content).toMatchObject({
    superviseWorkingDays: 4,
    reopenWithinDays: 20,
    archiveAfterDays: 200,
  });
  expect(Date.parse(found?.validFrom ?? '')).toBeGreaterThan(Date.now() + 7 * DAY_MS);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
