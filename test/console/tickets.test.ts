import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

// One ticket through everybody's hands, each in a browser of his own.

const CITIZEN = '13912340066';

let town: Town;
let browser: ConsoleBrowser;
let ticket: { readonly id: string; readonly number: string };
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const at = (username: string, path: string): Promise<Page> =>
  browser.signedIn(username, town.passwordOf(username), path);
const openTicket = (content: string, more: object = {}) =>
  town.lead.post<{ id: string; number: string }>('/v1/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'utilities.water',
    content,
    place: '余荡村三组',
    citizenName: '王小明',
    citizenNumber: CITIZEN,
    ...more,
  });
/** Presses the button of a move, fills in its dialog and sends it. */
async function move(
  page: Page,
  name: string,
  fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
) {
  await page.getByRole('navigation', { name: '现在可以办理' }).getByRole('button', { name }).click();
  const dialog = page.getByRole('dialog', { name: new RegExp(name) });
  await dialog.waitFor();
  await fill(dialog);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
}
const inState = (page: Page, state: string) =>
  page.locator('header').getByText(state, { exact: true }).waitFor();

test('the dispatcher finds it with the keyboard and gives it to the unit that is suggested', async () => {
  ticket = await openTicket('水管爆裂，路面积水，请尽快维修。');
  const page = await at('dispatcher', '/tickets');
  await page.getByRole('gridcell', { name: ticket.number }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('/');
  await page.keyboard.type(ticket.number);
  await page.keyboard.press('Enter');
  await page.waitForURL(/number=/);
  await page.getByRole('gridcell', { name: ticket.number }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: ticket.number }).waitFor();
  await inState(page, '已登记');
  await expectAccessible(page);
  await move(page, '派单', async (dialog) => {
    await dialog
      .getByRole('button', { name: /自来水/ })
      .first()
      .click();
  });
  await inState(page, '已派单');
});

test('the unit signs for it, says how it reached the citizen, and reports it done with a reply', async () => {
  const page = await at('unit.water', '/unit');
  await page.getByRole('gridcell', { name: ticket.number }).click();
  await inState(page, '已派单');
  await move(page, '签收', async () => undefined);
  await inState(page, '已签收');
  await move(page, '已联系诉求人', async (dialog) => {
    await dialog.getByLabel('理由').fill('上门当面联系');
  });
  await inState(page, '联系中');
  await expectAccessible(page);
  await move(page, '办结上报', async (dialog) => {
    await dialog.getByLabel('给市民的答复').fill('已修复水管，恢复供水。');
    await dialog.getByLabel(/办理情况/).fill('现场更换水管');
  });
  await inState(page, '已办结上报');
  // Who did the work does not judge it (invariant 9).
  expect(await page.getByRole('button', { name: '审核答复' }).count()).toBe(0);
});

test('the reviewer holds the reply against its list before it reaches the citizen', async () => {
  const page = await at('reviewer', `/tickets/${ticket.id}`);
  await inState(page, '已办结上报');
  await move(page, '审核答复', async () => undefined);
  await inState(page, '答复审核中');
  await move(page, '转回访', async (dialog) => {
    await dialog.getByRole('button', { name: '全部达到' }).click();
  });
  await inState(page, '回访中');
});

test('the return visitor asks the three questions, the ticket is closed, and the operator archives it', async () => {
  const page = await at('1009', '/visits');
  const list = page.getByRole('grid', { name: '待回访的市民' });
  await list.getByRole('gridcell', { name: /水管爆裂/ }).waitFor();
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('article', { name: ticket.number });
  await page.getByText('已接听', { exact: true }).click();
  await panel.getByText('已解决', { exact: true }).click();
  await panel.getByRole('radiogroup', { name: '对办理结果' }).getByText('满意', { exact: true }).click();
  await panel.getByRole('radiogroup', { name: '对办理过程' }).getByText('基本满意').click();
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await page.getByText(`已登记：${ticket.number} 已结案`).waitFor();

  const archive = await at('operator', `/tickets/${ticket.id}`);
  await inState(archive, '已结案');
  await move(archive, '归档', async () => undefined);
  await inState(archive, '已归档');
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
