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

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
