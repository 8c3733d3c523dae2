import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../../src/demo/poll.ts';
import { ConsoleBrowser } from '../../support/console-browser.ts';
import { atDesk, employ, ready } from '../../support/desk-page.ts';
import { Town } from '../../support/town.ts';
import { linkedTicket, ticketOf } from '../../support/visit-link.ts';
import { spendBusyDays } from './busy-days.ts';
import { smallPng } from './small-png.ts';

// The four pictures that README shows. `npm run screens` writes them to dist/readme-pictures, and with
// README_PICTURES=yes where README finds them.

const HERE = import.meta.dirname;
const OUT =
  process.env.README_PICTURES === 'yes'
    ? join(HERE, 'pictures')
    : resolve(HERE, '../../../dist/readme-pictures');
const CITIZEN = '13912340086';

let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  mkdirSync(OUT, { recursive: true });
  town = await Town.found();
  await spendBusyDays(town);
  await employ(town, [{ username: 'shen', displayName: '沈悦', number: '1101' }]);
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

async function picture(page: Page, name: string): Promise<void> {
  await writeFile(join(OUT, `${name}.png`), smallPng(await page.screenshot()));
}

test('a ticket that is done and visited', async () => {
  const { id } = await linkedTicket(town, '13912340087');
  const page = await browser.signedIn('lead', town.passwordOf('lead'), `/tickets/${id}`);
  await page.getByRole('article').waitFor();
  await page.getByText('回访中').first().waitFor();
  await picture(page, 'ticket');
});

test('a draft of the rules beside what is in force', async () => {
  const page = await browser.signedIn('operator', town.passwordOf('operator'), '/rules');
  await page.getByRole('grid', { name: '号码' }).waitFor();
  await page.keyboard.press('/');
  await page.getByLabel('号码、名称、单位或方式').fill('12319');
  await page.getByRole('gridcell', { name: '12319', exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /修改 12319/ });
  await dialog.getByRole('radiogroup', { name: '归并方式' }).getByText('专席受理', { exact: true }).click();
  await dialog.getByRole('combobox', { name: '受理队列' }).click();
  await page.getByRole('option', { name: /供水专席/ }).click();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('list', { name: '发布前检查' }).waitFor();
  await page.getByLabel('号码、名称、单位或方式').fill('');
  await page.getByRole('gridcell', { name: '12345', exact: true }).waitFor();
  await picture(page, 'rules');
});

test('the desk in a call, and the wall meanwhile', async () => {
  await ticketOf(town, CITIZEN);
  await until('the sample in the index', 60_000, async () => {
    const { hits } = await town.lead.get<{ hits: readonly object[] }>(
      `/v1/knowledge/search?words=${encodeURIComponent('自来水停水')}`,
    );
    return hits.length > 0 ? true : null;
  });
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  await town.citizen({ dialled: '12345', number: CITIZEN });
  await page.getByRole('article').getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await page.getByRole('article').getByText('与市民通话').waitFor();
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type('余荡村五组门口自来水管爆裂，水漫到路面上，家里停水了，请尽快派人来修。');
  await page.keyboard.press('Tab');
  await page.keyboard.type('自来水管爆裂、停水');
  await page.keyboard.press('Tab');
  await page.keyboard.type('余荡村五组');
  await page.keyboard.press('Control+3');
  await page.keyboard.press('Alt+l');
  await page.keyboard.type('供水');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: '近三日相似的诉求' }).locator('kbd').first().waitFor();
  await page.getByRole('region', { name: '承办单位' }).getByRole('button').first().waitFor();
  await page.getByRole('complementary', { name: '知识与场所' }).locator('kbd').first().waitFor();
  await picture(page, 'desk');

  await town.agent('1002');
  await town.citizen({ dialled: '12319', number: '13912340088' });
  const wall = await browser.signedIn('lead', town.passwordOf('lead'), '/wall');
  await wall.getByRole('status').getByText('实时').waitFor();
  await wall.locator('.queues tbody tr').first().waitFor();
  await wall.locator('canvas').waitFor();
  await picture(wall, 'wall');
}, 180_000);

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
