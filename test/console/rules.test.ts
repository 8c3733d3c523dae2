import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';

// An operator changes how numbers are handled, in the browser; another looks at it; the next call goes the new way.

let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterEach(() => town.rest());
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const at = async (username: string, path = '/rules'): Promise<Page> => {
  const page = await browser.signedIn(username, town.passwordOf(username), path);
  await page.getByRole('grid', { name: '号码' }).waitFor();
  return page;
};
const dialogOf = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const versionOf = (page: Page): string => new URL(page.url()).searchParams.get('version') ?? '';

/** Finds a number with the keyboard and opens its form. */
async function openLine(page: Page, number: string) {
  await page.keyboard.press('/');
  await page.getByLabel('号码、名称、单位或方式').fill(number);
  await page.getByRole('gridcell', { name: number, exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const dialog = dialogOf(page, new RegExp(`修改 ${number}`));
  await dialog.waitFor();
  return dialog;
}
async function sent(page: Page, dialog: ReturnType<typeof dialogOf>): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' }).catch(async (cause: unknown) => {
    throw new Error(`the dialog stayed: ${await dialog.textContent()}`, { cause });
  });
}
const choose = (dialog: ReturnType<typeof dialogOf>, mode: string) =>
  dialog.getByRole('radiogroup', { name: '归并方式' }).getByText(mode, { exact: true }).click();

test('a line’s mode changed in the browser, approved by another operator: the next call goes the new way', async () => {
  const author = await at('operator');
  await expectAccessible(author);
  const desk = await openLine(author, '12319');
  await expectAccessible(author);
  await choose(desk, '专席受理');
  await desk.getByText('来电由专席队列受理').waitFor();
  await desk.getByRole('combobox', { name: '受理队列' }).click();
  await author.getByRole('option', { name: /供水专席/ }).click();
  // From the list to the next field: in the list, Enter chooses.
  await author.keyboard.press('Tab');
  await sent(author, desk);
  await author.waitForURL(/version=\d+&tab=impact/);
  await author.getByRole('list', { name: '发布前检查' }).waitFor();
  const version = versionOf(author);

  // A cancelled number makes it risky: one person alone does not put it in force.
  const merged = await openLine(author, '12318');
  await choose(merged, '整体并入');
  await sent(author, merged);
  await author.getByText('须另一人复核').first().waitFor();
  await expectAccessible(author);
  await author.getByRole('tab', { name: /差异/ }).click();
  await author
    .getByRole('list', { name: '差异' })
    .getByText(/12319.*专席受理/)
    .first()
    .waitFor();
  await author.getByRole('button', { name: `发布第 ${version} 版` }).click();
  const publishing = dialogOf(author, `发布第 ${version} 版`);
  await publishing.getByLabel('理由').fill('试行专席受理');
  await expectAccessible(author);
  await sent(author, publishing);
  await author.getByRole('status').getByText('须由没有参与起草和修改的另一名运营员').waitFor();
  expect(await author.getByRole('button', { name: `同意第 ${version} 版` }).count()).toBe(0);

  const second = await at('operator2', `/rules?version=${version}`);
  await second.getByRole('status').getByText('待您复核').waitFor();
  await expectAccessible(second);
  await second.keyboard.press('a');
  const approving = dialogOf(second, `同意第 ${version} 版`);
  await approving.getByLabel('理由').fill('已与单位核实');
  await sent(second, approving);
  await second.getByText(`第 ${version} 版已发布，新来电`).waitFor();

  const water = await town.agent('1008');
  const citizen = await town.citizen({ dialled: '12319', number: '13800139101' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-dedicated'], 10_000);
  const call = await water.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  await call.ended;
  const { mode, queue } = await town.callInBooks('13800139101');
  expect({ mode, queue }).toEqual({ mode: 'DEDICATED', queue: 'desk-water' });
});

test('a draft says how many of the latest calls would go elsewhere, and whither; in English its changes are English', async () => {
  const page = await at('operator');
  const form = await openLine(page, '12319');
  await choose(form, '呼叫转移');
  await form.getByRole('combobox', { name: '受理队列' }).click();
  await page.getByRole('option', { name: /总席/ }).click();
  await page.keyboard.press('Tab');
  await sent(page, form);
  await page.waitForURL(/version=\d+&tab=impact/);
  const version = versionOf(page);
  // The call of the test before, and none else.
  await page.getByText(/近 30 日 \d+ 个来电，1 个去向改变。/).waitFor();
  await page.getByRole('row', { name: '队列 供水专席 队列 总席 1' }).waitFor();
  await expectAccessible(page);

  const english = await browser.window();
  await english.addInitScript(`localStorage.setItem('yihaotong.language', 'en')`);
  const data = { username: 'operator', password: town.passwordOf('operator') };
  await english.request.post('/v1/session', { data });
  await english.goto(`/rules?version=${version}&tab=diff`);
  await english
    .getByText(/^～ Number 12319 \(from .*\): mode from “Dedicated desk” to “Forwarded”$/)
    .waitFor();
  await english.goto(`/rules?version=${version}&tab=impact`);
  await english.getByText(/calls in 30 days, 1 go elsewhere/).waitFor();
  const impact = english.getByRole('region', { name: 'Impact' });
  expect((await impact.textContent())?.match(/归并方式|改为|新增|由“/)).toBeNull();
  await english.keyboard.press('t');
  const trying = english.getByRole('region', { name: 'Try a number' });
  await trying.getByLabel('Dialled number').fill('12319');
  await english.keyboard.press('Enter');
  const then = trying.getByRole('article', { name: `Version ${version}` });
  await then.getByText('a number that is forwarded here').waitFor();
  await then.getByText('handled as “Forwarded”').waitFor();
  expect((await then.textContent())?.match(/处理|识别|播放|进入|依据/)).toBeNull();
  await english.close();

  await page.getByRole('button', { name: `撤销第 ${version} 版` }).click();
  const leaving = dialogOf(page, `撤销第 ${version} 版`);
  await leaving.getByLabel('理由').fill('只是试算');
  await sent(page, leaving);
});

test('a version that is published for a moment waits for it, and is in force then', async () => {
  const page = await at('operator');
  const form = await openLine(page, '12328');
  await form.getByLabel('依据（文件、协议）').fill('交函〔2026〕9号');
  await sent(page, form);
  await page.waitForURL(/version=\d+&tab=impact/);
  const version = versionOf(page);
  await page.getByRole('button', { name: `发布第 ${version} 版` }).click();
  const publishing = dialogOf(page, `发布第 ${version} 版`);
  await publishing.getByLabel('理由').fill('按文件日期生效');
  const moment = publishing.getByRole('combobox', { name: '何时生效' });
  await moment.fill(`${new Date().getFullYear() + 1}-01-01 08:00`);
  await moment.press('Enter');
  await sent(page, publishing);
  const open = page.locator('header.version');
  await open.getByText('待发布', { exact: true }).waitFor();
  await open.getByText('已排期，到时自动发布').waitFor();
  await expectAccessible(page);
  const lineOf = () => town.lead.get<{ basis: string }>('/v1/lines/12328');
  expect((await lineOf()).basis).not.toBe('交函〔2026〕9号');

  // Its moment comes.
  await town.inBooks(
    `update rule_versions set effective_at = now() where number = $1 and state = 'scheduled' returning id`,
    [Number(version)],
  );
  await expect.poll(async () => (await lineOf()).basis).toBe('交函〔2026〕9号');
  await page.reload();
  await page.getByRole('grid', { name: '号码' }).waitFor();
  await page.getByRole('tab', { name: '版本' }).click();
  await page.getByRole('button', { name: new RegExp(`第 ${version} 版.*已发布`) }).waitFor();
});

test('two operators collide: the later one is told who changed what, and puts his own on top', async () => {
  const one = await at('operator');
  await one.keyboard.press('n');
  const beginning = dialogOf(one, '起草');
  await beginning.getByLabel('改什么').fill('两人同改');
  await sent(one, beginning);
  await one.waitForURL(/version=\d+/);
  const version = versionOf(one);
  const other = await at('operator2', `/rules?version=${version}`);
  await other.getByText('两人同改').first().waitFor();

  const first = await openLine(one, '12369');
  const later = await openLine(other, '12369');
  await first.getByLabel('依据（文件、协议）').fill('甲方函〔2026〕1号');
  await sent(one, first);
  await later.getByLabel('依据（文件、协议）').fill('乙方函〔2026〕2号');
  await other.keyboard.press('Control+Enter');
  const told = later.getByRole('alert');
  await told.getByText(/沈洁.*改到修订 2/).waitFor();
  await told.getByText(/甲方函〔2026〕1号/).waitFor();
  await expectAccessible(other);
  await told.getByRole('button', { name: '载入最新' }).click();
  await other.getByText('· 修订 2').waitFor();
  expect(await later.getByLabel('依据（文件、协议）').inputValue()).toBe('乙方函〔2026〕2号');
  await sent(other, later);
  await other.waitForURL(/tab=impact/);
  await other.getByRole('tab', { name: /差异/ }).click();
  await other.getByRole('list', { name: '差异' }).getByText('乙方函〔2026〕2号').waitFor();
});

test('a number is tried: the path with its reasons, in force and by the draft, also forwarded and at another time', async () => {
  const page = await at('lead');
  await page.keyboard.press('t');
  const trying = page.getByRole('region', { name: '试拨' });
  await trying.getByLabel('被叫号码').fill('12345');
  await trying.getByLabel('转移自').fill('12369');
  await page.keyboard.press('Enter');
  const path = trying.getByRole('article', { name: '现行' });
  await path.getByText(/识别为 12369/).waitFor();
  await expectAccessible(page);
  // Who leads may look, and changes nothing.
  expect(await page.getByRole('button', { name: '起草' }).count()).toBe(0);
});

test('a change is planned for a day to come: what is in force ends the day before', async () => {
  const year = new Date().getFullYear() + 1;
  const page = await at('operator');
  const form = await openLine(page, '12369');
  await choose(form, '短期过渡');
  await form.getByText('自指定日期起', { exact: true }).click();
  const day = form.getByRole('combobox', { name: '自指定日期起' });
  await day.fill(`${year}-12-01`);
  await day.press('Enter');
  await form.getByRole('button', { name: '起草并存入' }).click();
  await form.waitFor({ state: 'detached' });
  await page.waitForURL(/tab=impact/);
  await page.getByRole('tab', { name: /差异/ }).click();
  const changes = page.getByRole('list', { name: '差异' });
  await changes.getByText(`${year}-11-30`).first().waitFor();
  await changes.getByText(/新增.*短期过渡/).waitFor();
  const row = page.getByRole('row', { name: /12369/ });
  await row.getByText(`自 ${year}-12-01`).waitFor();
});

test('a number whose rules are over is given new ones, and keeps what it was', async () => {
  const page = await at('operator');
  const form = await openLine(page, '051384110001');
  await form.getByText(/原规则已于 \d{4}-\d{2}-\d{2} 结束/).waitFor();
  expect(await form.getByRole('button', { name: /移除|删除/ }).count()).toBe(0);
  await choose(form, '呼叫转移');
  await expectAccessible(page);
  await sent(page, form);
  await page.waitForURL(/tab=impact/);
  await page.getByRole('tab', { name: /差异/ }).click();
  const changes = page.getByRole('list', { name: '差异' });
  await changes.getByText(/新增.*051384110001.*呼叫转移/).waitFor();
  await expect.poll(() => changes.getByRole('listitem').count()).toBe(1);
  await page
    .getByRole('row', { name: /051384110001/ })
    .getByText('呼叫转移')
    .waitFor();
});

test('what is in force is rolled back with a reason', async () => {
  const page = await at('operator');
  await page.getByRole('tab', { name: '版本' }).click();
  await page.getByRole('button', { name: '恢复到上一版…' }).click();
  const dialog = dialogOf(page, '恢复规则');
  await dialog.getByLabel('理由').fill('试行结束恢复');
  await sent(page, dialog);
  await page.getByText(/第 \d+ 版已发布，新来电/).waitFor();
  await page
    .getByText(/恢复第 \d+ 版/)
    .first()
    .waitFor();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
