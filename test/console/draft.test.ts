import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { DESK_PASSWORD, atDesk as deskOf, employ, ready, presence as state } from '../support/desk-page.ts';
import { untilPageHears } from '../support/desk-voice.ts';
import { CITIZEN_HZ, Town } from '../support/town.ts';

// What is written of a call outlives browser and machine, and goes with the citizen to the next agent; whoever talks asks his
// lead by one key; how the talk was heard stands on the call.

const WORDS = '楼道灯坏了两周，老人上下楼不便。';
const [SHEN_HZ, GU_HZ] = [1_300, 1_900];
let town: Town;
let browser: ConsoleBrowser;
let shen: ApiClient;
beforeAll(async () => {
  town = await Town.found();
  await employ(town, [
    { username: 'shen', displayName: '沈悦', number: '1101' },
    { username: 'gu', displayName: '顾明', number: '1102' },
  ]);
  shen = await ApiClient.signIn(town.apiUrl, 'shen', DESK_PASSWORD);
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

const call = (page: Page) => page.getByRole('article');
const written = (page: Page) => page.getByLabel('诉求内容');
const saved = (page: Page) => page.getByText(/^已保存 \d\d:\d\d:\d\d$/);

const atDesk = (
  username: 'shen' | 'gu',
  hz: number,
  more: { readonly inTalk?: boolean } = {},
): Promise<Page> => deskOf(town, browser, { username, hz, ...more });
async function talking(page: Page, number: string) {
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number });
  citizen.sound.speak(CITIZEN_HZ);
  await call(page).getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
  await page.locator('textarea:focus').waitFor();
  return citizen;
}
async function hangUp(page: Page, outcomeKeys: readonly string[]): Promise<void> {
  for (const keys of outcomeKeys) await page.keyboard.press(keys);
  await page.getByRole('status', { name: '通话去向' }).waitFor();
  await page.keyboard.press('F10');
  await state(page).getByText('整理').waitFor();
}
const SILENT = ['Alt+h', 'Alt+Shift+1'];

test('the browser dies in the middle of a talk: at another machine the words are there, and the call goes on', async () => {
  const first = await atDesk('shen', SHEN_HZ);
  const citizen = await talking(first, '13800138601');
  // From the first second, though nothing is written yet.
  await saved(first).waitFor();
  await first.keyboard.type(WORDS);
  await expect.poll(savedWords, { timeout: 15_000 }).toBe(WORDS);
  await expectAccessible(first);
  // No word of good-bye: nothing of it is left on this machine.
  await first.context().close();

  const second = await atDesk('shen', SHEN_HZ, { inTalk: true });
  await expect.poll(() => written(second).inputValue(), { timeout: 20_000 }).toBe(WORDS);
  await call(second).getByText('与市民通话').waitFor({ timeout: 40_000 });
  await Promise.all([untilPageHears(second, CITIZEN_HZ, 40_000), citizen.sound.untilHears(SHEN_HZ, 40_000)]);
  await hangUp(second, SILENT);
  expect(await citizen.ended).toMatchObject({ code: 0 });
});

/** What the server has of the call that is talked on. */
async function savedWords(): Promise<string | null> {
  const { calls } = await shen.get<{ calls: readonly { callId: string }[] }>('/v1/calls/live');
  const [live] = calls;
  if (live === undefined) return null;
  return (await shen.get<{ words: { content: string } }>(`/v1/calls/${live.callId}/draft`)).words.content;
}

test('the server cannot keep it, as while PostgreSQL is away: what is typed stays on this machine, the form says so, and it is sent when it is back', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  await talking(page, '13800138602');
  await saved(page).waitFor();
  await page.route('**/v1/calls/*/draft', (route) =>
    route.fulfill({
      status: 503,
      json: { code: 'database.away', title: '数据库暂时不可用', titleEn: 'away', status: 503, instance: 'x' },
    }),
  );
  await page.keyboard.type(WORDS);
  await page.getByText('尚未保存，已留在本机').waitFor();
  await page.reload();
  await expect.poll(() => written(page).inputValue()).toBe(WORDS);
  await page.unroute('**/v1/calls/*/draft');
  await saved(page).waitFor({ timeout: 45_000 });
  await expect.poll(savedWords).toBe(WORDS);
  await call(page).getByText('与市民通话').waitFor({ timeout: 40_000 });
  await hangUp(page, SILENT);
});

test('the citizen is given to a colleague: she sees what was written; left without an outcome the call stands in the list', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  await talking(page, '13800138603');
  await page.keyboard.type(WORDS);
  await saved(page).waitFor();
  const colleague = await atDesk('gu', GU_HZ);
  await ready(colleague);
  await page.keyboard.press('F8');
  await page.getByRole('dialog').getByRole('textbox').first().fill('顾明');
  await page.getByRole('dialog').getByRole('button', { name: /顾明/ }).waitFor();
  await page.keyboard.press('Alt+t');
  await call(colleague).getByText('来电，已等待').waitFor();
  await colleague.keyboard.press('F2');
  await call(colleague).getByText('与市民通话').waitFor();
  await expect.poll(() => written(colleague).inputValue(), { timeout: 15_000 }).toBe(WORDS);
  await untilPageHears(colleague, CITIZEN_HZ);
  // The first writes on while he wraps up, and she has it.
  await written(page).fill(`${WORDS}已报物业。`);
  await expect.poll(() => written(colleague).inputValue(), { timeout: 20_000 }).toBe(`${WORDS}已报物业。`);

  await colleague.keyboard.press('F10');
  await state(colleague).getByText('整理').waitFor();
  await colleague.keyboard.press('Alt+q');
  await colleague.getByRole('alert').getByText('请先登记去向').waitFor();
  await colleague.keyboard.press('Alt+q');
  await state(colleague).getByText('示闲').waitFor();
  await colleague.goto('/open-calls');
  const list = colleague.getByRole('region', { name: '未登记去向的通话' });
  await list.getByRole('button', { name: /138\*\*\*\*8603/ }).click();
  await expect.poll(() => written(colleague).inputValue()).toBe(`${WORDS}已报物业。`);
  await expectAccessible(colleague);

  // A lead who finishes it for her says why he looks.
  const lead = await browser.signedIn('lead', town.passwordOf('lead'), '/open-calls');
  await lead
    .getByRole('region', { name: '未登记去向的通话' })
    .getByRole('button', { name: /138\*\*\*\*8603/ })
    .click();
  await lead.getByLabel('理由').fill('话务员离岗，代为登记');
  await lead.keyboard.press('Enter');
  await expect.poll(() => written(lead).inputValue()).toBe(`${WORDS}已报物业。`);
  await expectAccessible(lead);
  await lead.keyboard.press('Alt+h');
  await lead.getByRole('textbox', { name: '无效来电的理由' }).fill('市民称已解决，不需登记');
  await lead.keyboard.press('Enter');
  await lead.getByRole('status', { name: '通话去向' }).getByText('无效来电').waitFor();
  await lead.close();
  expect((await town.callInBooks('13800138603')).outcome).toBe('invalid');
});

test('help is asked by one key, shown to the lead on any page, answered by typing; how the talk was heard stands on the call', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  await talking(page, '13800138604');
  const lead = await browser.signedIn('lead', town.passwordOf('lead'), '/tickets');
  await page.keyboard.press('F9');
  await page.getByLabel('想问什么，可不填').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('低保能和临时救助一起领吗');
  await page.keyboard.press('Enter');
  await page.getByText(/^求助中/).waitFor();
  await expectAccessible(page);

  await lead.getByRole('link', { name: /1 人求助：沈悦/ }).click();
  const asks = lead.getByRole('region', { name: '求助中的话务员' });
  await asks.getByText('低保能和临时救助一起领吗').waitFor();
  await asks.getByText(/138\*\*\*\*8604/).waitFor();
  await expectAccessible(lead);
  const answering = asks.getByLabel(/^文字答复/);
  await answering.fill('可以，见知识库“临时救助”');
  // Loaded anew before it was sent: what he had typed stands there.
  await lead.reload();
  await expect.poll(() => answering.inputValue()).toBe('可以，见知识库“临时救助”');
  await answering.press('Enter');
  await asks.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: '求助' }).getByText('可以，见知识库“临时救助”').waitFor();
  await page.getByText(/已答复$/).waitFor();

  await untilPageHears(page, CITIZEN_HZ);
  // Measured in looks of five seconds.
  await page.getByText(/^音质 \d/).waitFor({ timeout: 20_000 });
  await hangUp(page, SILENT);
  const { id } = await town.callInBooks('13800138604');
  const quality = await until('the quality on the call', 20_000, async () => {
    const detail = await town.lead.get<{
      quality: readonly { mos: number; bad: boolean; agentNumber: string }[];
    }>(`/v1/calls/${id}`);
    return detail.quality.length > 0 ? detail.quality : null;
  });
  expect(quality).toMatchObject([{ agentNumber: '1101', bad: false }]);
  expect(quality[0]?.mos).toBeGreaterThan(3.5);
  await lead.getByText(/今日求助 1，已答复 1/).waitFor({ timeout: 40_000 });
  await lead.close();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps.filter((one) => !one.includes('503'))).toEqual([]);
});
