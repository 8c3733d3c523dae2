import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../src/demo/api-client.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, DESK_PASSWORD, employ, presence, ready } from '../support/desk-page.ts';
import { Town } from '../support/town.ts';

// An expert is asked in the call (J11, 一企来), and what he says is kept where the agent works: a draft that others check.

const EXPERT = '吴医保';
const NUMBER = '051384990201';
const QUESTION = '跨省住院备案补办能不能直接结算';
const ANSWER = '出院前补办备案的，可以直接结算；已经出院的，回参保地手工报销。';

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
const dialog = (page: Page) => page.getByRole('dialog', { name: /^专员答复/ });
const who = (page: Page) => dialog(page).locator('.el-form-item', { hasText: '哪位专员' });

interface Drafts {
  readonly entries: readonly {
    readonly number: string;
    readonly origin: string;
    readonly latest: { readonly question: string };
  }[];
}
const drafts = async () => {
  const { entries } = await town.lead.get<Drafts>('/v1/knowledge?state=draft&limit=100');
  return entries.filter(({ origin }) => origin === 'expert');
};

test('what a specialist says while he is asked apart is written down by keyboard, under his name, and becomes a draft of his unit', async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  await town.citizen({ dialled: '12345', number: '13800138701' });
  await call(page).getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
  const specialist = await town.unitPhone();
  const ringing = specialist.nextCall(20_000);
  await page.keyboard.press('Alt+e');
  const directory = page.getByRole('dialog', { name: '政策专员' });
  await directory.getByRole('textbox').fill(EXPERT);
  await directory.getByRole('button', { name: new RegExp(`${EXPERT}.*${NUMBER}`) }).waitFor();
  await page.keyboard.press('Enter');
  const asked = await ringing;
  await asked.answer();
  await call(page).getByText('与对方咨询').waitFor();

  await page.keyboard.press('Alt+Shift+E');
  // He is on the line: nobody looks for him a second time.
  await who(page).getByText(EXPERT).waitFor();
  await dialog(page).getByRole('combobox', { name: '哪位专员' }).and(page.locator(':focus')).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await page.keyboard.type(QUESTION);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ANSWER);
  // Put aside it waits, and comes back by the same key with what was typed.
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  const left = page.getByRole('navigation', { name: '尚未提交的登记' });
  await left.getByRole('button', { name: /专员答复 .*8701/ }).waitFor();
  await page.keyboard.press('Alt+Shift+E');
  expect(await dialog(page).getByRole('textbox', { name: '专员怎么答的' }).inputValue()).toBe(ANSWER);
  await who(page).getByText(EXPERT).waitFor();
  await page.keyboard.press('Control+Enter');
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByText(/^已记为知识草稿 ZS/).waitFor();
  await left.waitFor({ state: 'detached' });

  const [draft, ...others] = await drafts();
  expect(others).toEqual([]);
  expect(draft).toMatchObject({
    ...{ ownerUnit: { code: 'medical-insurance' }, current: null },
    latest: {
      ...{ question: QUESTION, answer: ANSWER, categories: ['health.medical-insurance'], isPublic: false },
      internalText: expect.stringContaining(`${EXPERT} 在通话中的答复`),
    },
  });

  // The citizen is taken back; the first answer of this specialist in this call stands, and whoever writes a second is told.
  await page.keyboard.press('Alt+x');
  expect(await asked.ended).toBe('byThem');
  await call(page).getByText('与市民通话').waitFor();
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
  await page.keyboard.press('Alt+Shift+E');
  await who(page).getByText(EXPERT).waitFor();
  await dialog(page).getByRole('textbox', { name: '问的是什么' }).fill(QUESTION);
  await dialog(page).getByRole('textbox', { name: '专员怎么答的' }).fill('另一种说法。');
  await page.keyboard.press('Control+Enter');
  await page.getByText(`此前已记为 ${draft?.number}`).waitFor();
  expect(await drafts()).toHaveLength(1);
}, 120_000);

test('nobody was put through: the specialist is chosen by keyboard, and without an answer nothing is sent', async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  await town.citizen({ dialled: '12345', number: '13800138702' });
  await call(page).getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.press('Alt+Shift+E');
  await dialog(page).getByRole('combobox', { name: '哪位专员' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type(EXPERT);
  await page.getByRole('option', { name: new RegExp(EXPERT) }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('异地备案去哪里办');
  const save = dialog(page).getByRole('button', { name: /^保存/ });
  expect(await save.isEnabled()).toBe(false);
  await page.keyboard.press('Tab');
  await page.keyboard.type('在国家医保服务平台上办。');
  await expect.poll(() => save.isEnabled()).toBe(true);
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^已记为知识草稿 ZS/).waitFor();
  expect((await drafts()).map(({ latest }) => latest.question)).toContain('异地备案去哪里办');
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
}, 60_000);

test('a specialist with an account sees in the browser what he is asked about, without who asks, until he puts down', async () => {
  const admin = await ApiClient.signIn(town.apiUrl, 'admin', town.passwordOf('admin'));
  await admin.post('/v1/accounts', {
    ...{ username: 'wu.yibao', displayName: EXPERT, password: DESK_PASSWORD },
    ...{ roles: ['unit'], unitCode: 'medical-insurance' },
  });
  const operator = await browser.signedIn('operator', town.passwordOf('operator'), '/authoring/experts');
  await operator.getByRole('gridcell', { name: EXPERT }).click();
  const kept = operator.getByRole('dialog', { name: new RegExp(EXPERT) });
  await kept.getByRole('textbox', { name: '登录账号' }).fill('wu.yibao');
  await operator.keyboard.press('Control+Enter');
  await kept.waitFor({ state: 'detached' });

  const wu = await browser.signedIn('wu.yibao', DESK_PASSWORD, '/consultation');
  await wu.getByText('现在没有话务员请教您').waitFor();
  await wu.goto('/unit');
  const page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  await town.citizen({ dialled: '12345', number: '13800138703' });
  await call(page).getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type('王小明 13800138703 出院前没有备案，能不能补办？');
  const specialist = await town.unitPhone();
  const ringing = specialist.nextCall(20_000);
  await page.keyboard.press('Alt+e');
  const directory = page.getByRole('dialog', { name: '政策专员' });
  await directory.getByRole('textbox').fill(EXPERT);
  await directory.getByRole('button', { name: new RegExp(`${EXPERT}.*${NUMBER}`) }).waitFor();
  await page.keyboard.press('Enter');
  const asked = await ringing;
  await asked.answer();

  await wu.getByRole('link', { name: /沈悦 正在请教您/ }).click();
  const matter = wu.getByRole('article');
  await matter.getByText('出院前没有备案，能不能补办').waitFor();
  expect(await matter.textContent()).not.toContain('13800138703');
  await expectAccessible(wu);
  await matter.getByRole('textbox', { name: /发给话务员的文字/ }).fill('苏医保发〔2024〕12 号第六条');
  await wu.keyboard.press('Enter');
  await page
    .getByRole('region', { name: '求助', exact: true })
    .getByText('苏医保发〔2024〕12 号第六条')
    .waitFor();
  await page.keyboard.press('Alt+x');
  expect(await asked.ended).toBe('byThem');
  await wu.getByText('现在没有话务员请教您').waitFor();
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
}, 180_000);

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
