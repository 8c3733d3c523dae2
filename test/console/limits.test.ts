import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';
import { ticketOf } from '../support/visit-link.ts';

// An operator changes how long everything may take and which days are worked, and sees first which tickets it concerns.

let town: Town;
let browser: ConsoleBrowser;
let ticket: { readonly id: string; readonly number: string };
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
  ticket = await ticketOf(town, '13912340091');
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const at = async (username: string, path: string): Promise<Page> => {
  const page = await browser.signedIn(username, town.passwordOf(username), path);
  await page.getByRole('navigation', { name: '时限各页' }).waitFor();
  return page;
};
async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('limits are drafted in the table, kept over a reload, seen in their effect, and decided by a second person', async () => {
  const page = await at('operator', '/limits');
  const table = page.getByRole('table', { name: '时限表' });
  await table.getByRole('row', { name: /^投诉 5 个工作日/ }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '在此版上起草修改' }).click();
  const amount = page.getByLabel('投诉 数量');
  await amount.fill('3');
  await amount.press('Tab');
  await table.getByText('现行 5 个工作日').waitFor();
  await page.getByText('与现行相比，1 处不同').waitFor();
  await expectAccessible(page);

  // Nothing that was typed is lost.
  await page.reload();
  await page.getByText('正在起草', { exact: false }).waitFor();
  expect(await page.getByLabel('投诉 数量').inputValue()).toBe('3');
  const panel = page.getByRole('region', { name: '看影响，再提交' });
  await panel.getByLabel('理由').fill('县政府第12次常务会议纪要');
  expect(await panel.getByRole('button', { name: '提交' }).isDisabled()).toBe(true);
  await page.keyboard.press('Alt+P');
  await panel.getByText('须由另一名运营员或班长批准').waitFor();
  await panel.getByRole('row', { name: /类型：投诉 5个工作日 .* 3个工作日/ }).waitFor();
  const compared = panel.getByRole('table', { name: /假如在办工单当初按新时限受理：\d+ 件/ });
  await compared.getByRole('row', { name: new RegExp(ticket.number) }).waitFor();
  await panel.getByText(/在办 \d+ 件工单保留受理时的时限/).waitFor();
  await expectAccessible(page);
  // What was seen is of another wording now: it has to be looked at again.
  await page.getByLabel('投诉 数量').fill('4');
  await page.getByLabel('投诉 数量').press('Tab');
  await panel.getByText('请重新看影响').waitFor();
  await page.keyboard.press('Alt+P');
  await panel.getByRole('row', { name: /类型：投诉 5个工作日 .* 4个工作日/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/第 \d+ 版已提交，等待另一人批准/)
    .waitFor();

  // Not by who proposed it.
  await page.getByRole('button', { name: /^批准第 \d+ 版$/ }).click();
  const own = page.getByRole('dialog', { name: /批准第/ });
  await own.getByLabel('理由').fill('自己批准自己');
  await page.keyboard.press('Control+Enter');
  await own.getByRole('alert').waitFor();
  await page.keyboard.press('Escape');

  const lead = await at('lead', '/limits');
  await lead.getByRole('button', { name: /^批准第 \d+ 版$/ }).click();
  await lead
    .getByRole('dialog', { name: /批准第/ })
    .getByLabel('理由')
    .fill('同意，自今日起');
  await lead.keyboard.press('Control+Enter');
  await lead
    .getByRole('status')
    .getByText(/第 \d+ 版：已批准/)
    .waitFor();
  await lead.reload();
  await lead
    .getByRole('table', { name: '时限表' })
    .getByRole('row', { name: /^投诉 4 个工作日/ })
    .waitFor();
});

test('a day off is entered: the tickets that move are shown from when to when before anything is saved', async () => {
  const page = await at('operator', '/limits/calendar');
  const dueOf = async (): Promise<number> =>
    Date.parse((await town.lead.get<{ citizenDueAt: string }>(`/v1/tickets/${ticket.id}`)).citizenDueAt);
  const before = await dueOf();
  // The day on which the ticket is due is none that is worked.
  const day = new Date(before + 8 * 3_600_000).toISOString().slice(0, 10);
  const year = page.getByRole('heading', { name: `${day.slice(0, 4)} 年` });
  if (!(await year.isVisible().catch(() => false))) await page.keyboard.press(']');
  await year.waitFor();
  await page.locator(`[data-day="${day}"]`).click();
  await expectAccessible(page);
  const form = page.getByRole('region', { name: '改日子' });
  await form.getByLabel('名称，如 国庆节、国庆节调休').fill('全县停办日');
  await form.getByRole('button', { name: '加入草稿' }).click();
  const panel = page.getByRole('region', { name: '草稿' });
  await panel.getByText(`${day} 放假 全县停办日`).waitFor();
  await page.keyboard.press('Alt+P');
  const moves = panel.getByRole('table', { name: '看哪些工单移动' });
  await moves.getByRole('row', { name: new RegExp(`${ticket.number}.*推迟`) }).waitFor();
  await expectAccessible(page);
  expect(await dueOf()).toBe(before);
  await panel.getByLabel('理由').fill('县政府通告全县停办一日');
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/已保存（第 \d+ 次修改）/)
    .waitFor();
  await expect.poll(dueOf, { timeout: 30_000 }).toBeGreaterThan(before);
  await page.locator(`[data-day="${day}"].own`).waitFor();
});

test('a unit gets a calendar of its own and gives it back; a year that nobody entered is marked', async () => {
  const page = await at('operator', '/limits/calendar');
  await choose(page, '谁的日历', '县自来水公司');
  const panel = page.getByRole('region', { name: '草稿' });
  await panel.getByLabel('工作时段').fill('9点到5点');
  await panel.getByText('时段写作 09:00-12:00').waitFor();
  await panel.getByLabel('工作时段').fill('08:30-11:30，13:30-17:00');
  await panel.getByRole('button', { name: '改时段' }).click();
  await panel.getByText('工作时段：08:30-11:30, 13:30-17:00').waitFor();
  await panel.getByLabel('理由').fill('该单位作息时间');
  await page.keyboard.press('Alt+P');
  await panel.getByText(/在办 \d+ 件中 \d+ 件的时限会移动/).waitFor();
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/已保存/)
    .waitFor();
  await panel.getByRole('button', { name: '不再有自己的日历，同中心' }).click();
  await panel.getByLabel('理由').fill('恢复同中心');
  await page.keyboard.press('Alt+P');
  await panel
    .getByRole('status')
    .getByText(/件的时限会移动|没有一件移动/)
    .waitFor();
  await page.keyboard.press('Control+Enter');
  await panel.getByRole('button', { name: '不再有自己的日历，同中心' }).waitFor({ state: 'detached' });

  await choose(page, '谁的日历', '热线中心');
  const now = Number(
    await page
      .getByRole('heading', { name: /^\d{4} 年$/ })
      .textContent()
      .then((text) => text?.slice(0, 4)),
  );
  for (let year = now; year < 2031; year += 1) {
    await page.getByRole('button', { name: '下一年' }).click();
    await page.getByRole('heading', { name: `${year + 1} 年` }).waitFor();
  }
  await page.getByText('2031 年的放假调休安排尚未录入', { exact: false }).waitFor();
  await page.locator('[data-day="2031-05-06"].assumedWorkday').waitFor();
  await page.getByLabel(/依据的文件/).fill('国办发明电〔2030〕7号');
  await page.getByRole('button', { name: '录入 2031 年' }).click();
  await page.locator('[data-day="2031-05-06"].workday').waitFor();
  await expectAccessible(page);
  await panel.getByText('录入 2031 年（国办发明电〔2030〕7号）').waitFor();
});

test('why a date: every day of the count for both clocks', async () => {
  const page = await at('operator', '/limits/why');
  await page.getByLabel('受理时间').fill('2026-10-09 16:30');
  await page.keyboard.press('Enter');
  const citizen = page.getByRole('region', { name: '市民时限' });
  await citizen.getByRole('row', { name: /2026-10-10 .*调休上班 第 1 日/ }).waitFor();
  await citizen.getByRole('heading', { name: /10-15 18:00/ }).waitFor();
  await page
    .getByRole('region', { name: '各环节（自该时起算）' })
    .getByRole('row', { name: /签收/ })
    .waitFor();
  await expectAccessible(page);
});

test('an administrator makes an account, sets its password anew, and whoever knew the old one is out', async () => {
  const page = await browser.signedIn('admin', town.passwordOf('admin'), '/accounts');
  await page.getByRole('grid', { name: '账号' }).getByText('派单员 何静').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('+');
  const form = page.getByRole('dialog', { name: '新建账号' });
  await form.getByLabel('用户名').fill('unit.gas');
  await form.getByLabel('姓名').fill('联络员 天然气公司');
  await form.getByText('承办单位', { exact: true }).click();
  await form.getByText('承办单位账号须选单位。').waitFor();
  await form.getByRole('combobox', { name: /承办单位/ }).click();
  await page.getByRole('option', { name: /^天然气公司/ }).click();
  await form.getByLabel('新密码', { exact: true }).fill('unit.gas-2026');
  await form.getByText('密码不得含用户名。').waitFor();
  await form.getByLabel('新密码', { exact: true }).fill('first morning 8');
  await form.getByLabel('再输一次新密码').fill('first morning 8');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').getByText('账号 联络员 天然气公司 已建立', { exact: false }).waitFor();
  const theirs = await browser.signedIn('unit.gas', 'first morning 8', '/unit');
  await theirs.getByRole('grid').first().waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('unit.gas');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const setting = page.getByRole('dialog', { name: '为 联络员 天然气公司 重设密码' });
  await setting.getByLabel('新密码', { exact: true }).fill('second morning 9');
  await setting.getByLabel('再输一次新密码').fill('second morning 9');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').getByText('该账号已在各处退出登录', { exact: false }).waitFor();
  await theirs.reload();
  await theirs.locator('input[name=username]').waitFor();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
