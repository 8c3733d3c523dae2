import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, employ, presence, ready } from '../support/desk-page.ts';
import { Town } from '../support/town.ts';

// What is known of who calls, before the answer; and what an agent writes down of him: it outlives the call, its form and the
// next citizen, and can be found and taken back.

const FIRST = '13800138601';
const MASKED = '138****8601';
const WORDS = '听力不好，请慢说，最好重复一遍';

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

const call = (page: Page) => page.getByRole('article');
const dialog = (page: Page) =>
  page.getByRole('dialog', { name: new RegExp(`^来电人情况 .*${MASKED.replaceAll('*', '\\*')}$`) });
const words = (page: Page) => dialog(page).getByRole('textbox', { name: '情况' });
const acts = (page: Page) => page.getByRole('region', { name: '登记来电人' });
const left = (page: Page) => page.getByRole('navigation', { name: '尚未提交的登记' });
async function taken(page: Page, number: string): Promise<void> {
  await town.citizen({ dialled: '12345', number });
  await call(page).getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
}

test('before the answer: which line he dialled and what he heard, his calls, his open ticket, what happens near it, and of his number no more than both ends', async () => {
  const known = '13800138605';
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  await taken(page, known);
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.press('Alt+h');
  await page.getByRole('textbox', { name: '无效来电的理由' }).waitFor();
  await page.keyboard.press('Alt+Shift+1');
  await page.getByRole('status', { name: '通话去向' }).getByText('无效来电').waitFor();
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
  await town.callInBooks(known);
  const about = { type: 'COMPLAINT', categoryCode: 'utilities.water', place: '丰利镇人民路12号' };
  const ticket = await town.lead.post<{ id: string; number: string }>('/v1/tickets', {
    ...{ ...about, title: '人民路停水', content: '整条街从早上停水到现在。', citizenNumber: known },
  });
  const incident = await town.lead.post<{ number: string }>('/v1/incidents', {
    ...{ title: '人民路一带停水', categoryCode: 'utilities.water', area: '人民路' },
    ...{ ticketIds: [ticket.id], reason: '整条街停水' },
  });
  await page.keyboard.press('Alt+q');
  await presence(page).getByText('示闲').waitFor();

  const citizen = await town.citizen({ dialled: '12319', number: known });
  await call(page).getByText('来电，已等待').waitFor();
  const facts = page.getByRole('region', { name: '来电人概况' });
  await facts.getByText('「您好，该热线已并入12345。」').waitFor();
  await call(page)
    .getByText(/城建城管服务热线/)
    .first()
    .waitFor();
  await facts.getByText('最近诉求地点 丰利镇人民路12号').waitFor();
  const of = (title: RegExp) =>
    facts.locator('h2').filter({ hasText: title }).locator('xpath=following-sibling::ul[1]');
  await of(/未结工单/)
    .getByRole('link', { name: ticket.number })
    .waitFor();
  await of(/未结工单/)
    .getByText('人民路停水')
    .waitFor();
  await of(/通话/).getByText('沈悦').waitFor();
  await of(/通话/).getByText('无效来电').waitFor();
  const near = of(/事件/).getByRole('listitem').filter({ hasText: incident.number });
  await near.getByText('人民路一带停水').waitFor();
  expect(await near.getAttribute('class')).toContain('near');
  expect(await page.getByRole('main').textContent()).not.toContain(known);
  await expectAccessible(page);
  // Nobody has answered him.
  await call(page).getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
  await citizen.answered;
  await facts.getByRole('link', { name: ticket.number }).waitFor();
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
});

test('what is typed of a caller stays when he is gone and his form with him, waits through the next call, and is sent', {
  timeout: 120_000,
}, async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  await taken(page, FIRST);
  // His call has its outcome: nothing holds the form when the wrap-up ends.
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.press('Alt+h');
  await page.getByRole('textbox', { name: '无效来电的理由' }).waitFor();
  await page.keyboard.press('Alt+Shift+1');
  await page.getByRole('status', { name: '通话去向' }).getByText('无效来电').waitFor();
  await acts(page).getByRole('button', { name: '来电人情况' }).click();
  await words(page).fill(WORDS);
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
  await page.keyboard.press('Alt+q');
  await presence(page).getByText('示闲').waitFor();
  await page.getByRole('status', { name: '通话去向' }).waitFor({ state: 'detached' });
  expect(await words(page).inputValue()).toBe(WORDS);
  await dialog(page).getByText('特殊群体').click();
  await expectAccessible(page);

  await taken(page, '13800138602');
  await dialog(page).waitFor({ state: 'detached' });
  // Nothing that is typed now goes into what was begun before.
  await page.locator('textarea:focus').waitFor();
  await left(page)
    .getByRole('button', { name: /来电人情况 .*8601/ })
    .waitFor();
  await expectAccessible(page);
  await page.reload();
  await left(page)
    .getByRole('button', { name: /来电人情况 .*8601/ })
    .click();
  expect(await words(page).inputValue()).toBe(WORDS);
  await page.keyboard.press('Control+Enter');
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByText('来电人情况已登记').waitFor();
  await left(page).waitFor({ state: 'detached' });
  // Of who calls now: closed by mistake it waits as well, and is sent from there.
  await acts(page).getByRole('button', { name: '骚扰备注' }).click();
  const nuisance = page.getByRole('dialog', { name: /^骚扰备注 .*8602$/ });
  await nuisance.getByRole('textbox').first().fill('接通后辱骂话务员，多次提醒无效');
  await page.keyboard.press('Escape');
  await nuisance.waitFor({ state: 'detached' });
  await left(page)
    .getByRole('button', { name: /骚扰备注 .*8602/ })
    .click();
  await page.keyboard.press('Control+Enter');
  await nuisance.waitFor({ state: 'detached' });
  await page.getByText('已备注', { exact: true }).waitFor();
  const { restrictions } = await town.lead.get<{ restrictions: readonly object[] }>('/v1/restrictions');
  expect(restrictions).toMatchObject([{ step: 'note', reason: '接通后辱骂话务员，多次提醒无效' }]);
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
  const { notes } = await town.lead.get<{ notes: readonly object[] }>('/v1/caller-notes');
  expect(notes).toMatchObject([
    { number: MASKED, note: WORDS, vulnerable: true, notedBy: { displayName: '沈悦' } },
  ]);
});

test('sent when the next citizen calls already: it is said to be on its way, goes from the desk when it is there, and is sent once', async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  await taken(page, '13800138603');
  const reason = '反复拨打，不说诉求';
  const nuisance = page.getByRole('dialog', { name: /^骚扰备注 .*8603$/ });
  const keys: (string | undefined)[] = [];
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/\/v1\/restrictions$/, async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    const answer = await route.fetch();
    // Of the first the answer is lost, and that of the second takes its time.
    if (keys.length === 1) return route.abort();
    await arrived;
    return route.fulfill({ response: answer });
  });
  await acts(page).getByRole('button', { name: '骚扰备注' }).click();
  await nuisance.getByRole('textbox').first().fill(reason);
  await page.keyboard.press('Control+Enter');
  await nuisance.getByRole('alert').waitFor();
  await page.keyboard.press('Escape');
  await nuisance.waitFor({ state: 'detached' });
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
  await page.keyboard.press('Alt+q');
  await page.getByRole('alert').getByText('请先登记去向').waitFor();
  await page.keyboard.press('Alt+q');
  await presence(page).getByText('示闲').waitFor();

  await page.reload();
  await left(page)
    .getByRole('button', { name: /骚扰备注 .*8603/ })
    .click();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => keys.length).toBe(2);
  await taken(page, '13800138604');
  await nuisance.waitFor({ state: 'detached' });
  await left(page)
    .getByRole('button', { name: /骚扰备注 .*8603.*正在保存/ })
    .waitFor();
  expect(await left(page).getByRole('button', { name: '放弃' }).count()).toBe(0);
  await expectAccessible(page);
  arrive();
  await page.getByText('已备注', { exact: true }).waitFor();
  await left(page).waitFor({ state: 'detached' });

  expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  const { restrictions } = await town.lead.get<{ restrictions: readonly { reason: string }[] }>(
    '/v1/restrictions',
  );
  expect(restrictions.filter((one) => one.reason === reason)).toHaveLength(1);
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
  for (const told of browser.mishaps.splice(0)) expect(told).toContain('ERR_FAILED');
});

test('what is noted of callers stands in a list with who and when; it is taken back with a reason by who may', async () => {
  const page = await browser.signedIn('supervisor', town.passwordOf('supervisor'), '/caller-notes');
  const row = page.getByRole('row', { name: new RegExp(`8601.*特殊群体.*${WORDS}.*沈悦`) });
  await row.getByText(WORDS).click();
  const read = page.getByRole('dialog', { name: `来电人情况 ${MASKED}` });
  await read.getByText(/^沈悦 登记于/).waitFor();
  await expectAccessible(page);
  expect(await read.getByRole('button', { name: '撤销登记' }).count()).toBe(0);

  const lead = await browser.signedIn('lead', town.passwordOf('lead'), '/caller-notes');
  const sought = lead.getByRole('textbox', { name: '按号码查，回车' });
  await sought.fill('+86 138 0013 8602');
  await sought.press('Enter');
  await lead.getByText('该号码没有来电人登记').waitFor();
  await sought.fill('138 0013 8601');
  await sought.press('Enter');
  await lead.getByRole('row', { name: /8601/ }).getByText(WORDS).click();
  const card = lead.getByRole('dialog', { name: `来电人情况 ${MASKED}` });
  await card.getByRole('textbox', { name: '撤销理由' }).fill('本人来电要求删除');
  await expectAccessible(lead);
  await lead.keyboard.press('Control+Enter');
  await lead.getByText('登记已撤销').waitFor();
  await lead.getByText('该号码没有来电人登记').waitFor();
  expect(await town.lead.get<object>('/v1/caller-notes')).toEqual({ notes: [], next: null });
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
