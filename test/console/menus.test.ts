import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { writeTone } from '../support/tone-file.ts';
import { Town } from '../support/town.ts';

// An operator gives callers a key, a voice and a word about what has happened, in the browser; the next call meets it.

let town: Town;
let browser: ConsoleBrowser;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-menus-'));
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterEach(() => town.rest());
afterAll(async () => {
  await browser?.close();
  await town?.raze();
  rmSync(folder, { recursive: true });
});

const at = (username: string, path: string): Promise<Page> =>
  browser.signedIn(username, town.passwordOf(username), path);
const dialogOf = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
async function sent(page: Page, dialog: Locator): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' }).catch(async (cause: unknown) => {
    throw new Error(`the dialog stayed: ${await dialog.textContent()}`, { cause });
  });
}
/** Chooses from a list. Where several may be chosen, what invites to it lies over the field. */
async function choose(page: Page, within: Locator, field: string, option: RegExp): Promise<void> {
  await within.getByRole('combobox', { name: field }).click({ force: true });
  await page.getByRole('option', { name: option }).click();
}
const inForce = (): number => town.callControl.log().split('a configuration is in force').length;

test('a key added in the drawing is seen in the text; a mistake in the text is told and mended; the next call goes the new way', async () => {
  const page = await at('operator', '/menus');
  await page.getByText('现行规则没有菜单').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('+');
  const making = dialogOf(page, '新建菜单…');
  await making.getByLabel('名称').fill('供水菜单');
  await making.getByLabel('代码').fill('Water');
  await making.getByRole('status').getByText('代码为小写字母').waitFor();
  await making.getByLabel('代码').fill('water-menu');
  await sent(page, making);
  await page.waitForURL(/version=\d+/);
  expect(new URL(page.url()).searchParams.get('menu')).toBe('water-menu');

  await page.getByRole('button', { name: '使用号码…' }).click();
  const numbers = dialogOf(page, '菜单 water-menu 的使用号码');
  await choose(page, numbers, '播放此菜单的号码', /12319/);
  await sent(page, numbers);
  await page.getByText('使用号码 12319').waitFor();

  await page.getByRole('button', { name: '在“供水菜单”加按键' }).click();
  const adding = dialogOf(page, '加按键');
  await adding.getByLabel('按键', { exact: true }).fill('1');
  await adding.getByLabel('选项名称').fill('供水');
  // Put aside, or the page loaded anew: what was typed waits.
  for (const leave of [() => page.keyboard.press('Escape'), () => page.reload()]) {
    await leave();
    await adding.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '在“供水菜单”加按键' }).click();
    await expect.poll(() => adding.getByLabel('选项名称').inputValue()).toBe('供水');
    expect(await adding.getByLabel('按键', { exact: true }).inputValue()).toBe('1');
  }
  await choose(page, adding, '队列', /供水专席/);
  expect(await adding.getByLabel('播报（合成语音）').inputValue()).toBe('供水请按1。');
  await expectAccessible(page);
  await sent(page, adding);

  const text = page.getByRole('textbox', { name: '文本' });
  await expect.poll(() => text.inputValue()).toContain('按 1 "供水" → 队列 desk-water');
  const graph = page.getByRole('group', { name: '图形' });
  await graph.getByRole('button', { name: /1\s*供水/ }).waitFor();
  await page.getByText(/秒可接通人工/).waitFor();
  await expectAccessible(page);

  // The same of what a node says; and what went into the menu waits no more.
  const changing = dialogOf(page, '修改“供水菜单”');
  const open = () => graph.getByRole('button', { name: '供水菜单', exact: true }).click();
  await open();
  await changing.getByLabel('按错时说').fill('没有这个按键。');
  await page.reload();
  await open();
  await expect.poll(() => changing.getByLabel('按错时说').inputValue()).toBe('没有这个按键。');
  await sent(page, changing);
  await expect.poll(() => text.inputValue()).toContain('没有这个按键。');
  await page.getByRole('button', { name: '在“供水菜单”加按键' }).click();
  expect(await adding.getByLabel('选项名称').inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await adding.waitFor({ state: 'detached' });

  const right = await text.inputValue();
  const line = right.split('\n').findIndex((one) => one.includes('等待 5 秒')) + 1;
  await text.fill(right.replace('等待 5 秒', '等候 5 秒'));
  const told = page.getByRole('status', { name: '不能识别的行和检查结果' });
  await told.getByText(`第 ${line} 行`).waitFor();
  await told.getByText(/不认识“等候”开头的行.*等待/).waitFor();
  await page.getByText('图形仍是此前的').waitFor();
  expect(await page.getByRole('button', { name: /存入第 \d+ 版草稿/ }).isDisabled()).toBe(true);
  await expectAccessible(page);
  await told.getByRole('button', { name: new RegExp(`第 ${line} 行`) }).click();
  await page.keyboard.type('  等待 8 秒');
  // What is written in the text is drawn.
  await graph.getByText('等 8 秒').waitFor();

  // Nothing typed is lost, whatever happens to the page.
  await page.reload();
  await expect.poll(() => text.inputValue()).toContain('等待 8 秒');
  const keep = page.getByRole('button', { name: /存入第 \d+ 版草稿/ });
  await expect.poll(() => keep.isEnabled()).toBe(true);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/tab=impact/);
  await keep.waitFor({ state: 'detached' });
  await expect.poll(() => text.inputValue()).toContain('等待 8 秒');

  const before = inForce();
  await page.getByRole('button', { name: /发布第 \d+ 版/ }).click();
  const publishing = dialogOf(page, /发布第 \d+ 版/);
  await publishing.getByLabel('理由').fill('启用供水菜单');
  await sent(page, publishing);
  await page.getByText(/第 \d+ 版已发布，新来电/).waitFor();
  await expect.poll(inForce, { timeout: 10_000 }).toBeGreaterThan(before);

  const desk = await town.agent('1008');
  const citizen = await town.citizen({ dialled: '12319', number: '13800139301' });
  await citizen.answered;
  await town.untilCallIs('13800139301', 'menu');
  await citizen.sound.press('1');
  const call = await desk.phone.nextCall(15_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await town.callInBooks('13800139301')).toMatchObject({ queue: 'desk-water', agentNumber: '1008' });
}, 150_000);

test('a key is tried before anybody presses it, and another operator’s change of the menu is not overwritten', async () => {
  const page = await at('operator', '/menus');
  await page.getByRole('button', { name: '在“供水菜单”加按键' }).click();
  const adding = dialogOf(page, '加按键');
  await adding.getByLabel('按键', { exact: true }).fill('1');
  await adding.getByRole('status').getByText('按键 1 已用于“供水”').waitFor();
  await adding.getByLabel('按键', { exact: true }).fill('2');
  await adding.getByLabel('选项名称').fill('抢修');
  await sent(page, adding);
  await page.getByRole('button', { name: '起草并存入' }).click();
  await page.waitForURL(/version=\d+/);
  const draft = new URL(page.url()).searchParams.get('version') ?? '';
  const mine = await at('operator', `/menus?version=${draft}&menu=water-menu`);
  const theirs = await at('operator2', `/menus?version=${draft}&menu=water-menu`);
  const textOf = (one: Page) => one.getByRole('textbox', { name: '文本' });
  await expect.poll(() => textOf(theirs).inputValue()).toContain('抢修');
  await textOf(theirs).fill((await textOf(theirs).inputValue()).replace('"供水菜单"', '"供水热线菜单"'));
  await expect.poll(() => textOf(mine).inputValue()).toContain('抢修');
  await textOf(mine).fill((await textOf(mine).inputValue()).replace('重试 1 次', '重试 2 次'));
  const keep = (one: Page) => one.getByRole('button', { name: /存入第 \d+ 版草稿/ });
  for (const one of [theirs, mine]) await expect.poll(() => keep(one).isEnabled()).toBe(true);
  await keep(theirs).click();
  await keep(theirs).waitFor({ state: 'detached' });
  await keep(mine).click();
  const clash = mine.getByRole('alert').filter({ hasText: '载入最新' });
  await clash.getByText(/改到修订/).waitFor();
  await clash.getByRole('button', { name: '载入最新' }).click();
  const overtaken = mine.getByRole('alert').filter({ hasText: '此菜单已被他人修改' });
  await overtaken.waitFor();
  expect(await keep(mine).isDisabled()).toBe(true);
  await expectAccessible(mine);
  await overtaken.getByRole('button', { name: '采用最新' }).click();
  await expect.poll(() => textOf(mine).inputValue()).toMatch(/供水热线菜单[\s\S]*重试 1 次/);

  await mine.getByRole('tab', { name: '试拨' }).click();
  const trying = mine.getByRole('region', { name: '试拨' });
  await trying.getByLabel('被叫号码').fill('12319');
  await trying.getByLabel('在菜单中的按键').fill('2');
  await mine.keyboard.press('Enter');
  await trying
    .getByRole('article', { name: `第 ${draft} 版` })
    .getByText(/按键 2（抢修）/)
    .waitFor();

  // What is written on the rules in force stays when somebody else publishes others, and is said to be overtaken.
  const writing = await at('operator', '/menus?menu=water-menu');
  await expect.poll(() => textOf(writing).inputValue()).toContain('"供水菜单"');
  await textOf(writing).fill((await textOf(writing).inputValue()).replace('等待 8 秒', '等待 9 秒'));
  await mine.getByRole('button', { name: /发布第 \d+ 版/ }).click();
  const publishing = dialogOf(mine, /发布第 \d+ 版/);
  await publishing.getByLabel('理由').fill('改名并加抢修');
  await sent(mine, publishing);
  await mine.getByText(/第 \d+ 版已发布，新来电/).waitFor();
  await writing.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
  const late = writing.getByRole('alert').filter({ hasText: '此菜单已被他人修改' });
  await late.waitFor();
  expect(await textOf(writing).inputValue()).toContain('等待 9 秒');
  await writing.reload();
  await late.waitFor();
  expect(await textOf(writing).inputValue()).toContain('等待 9 秒');
  await late.getByRole('button', { name: '采用最新' }).click();
  await expect.poll(() => textOf(writing).inputValue()).toMatch(/供水热线菜单[\s\S]*等待 8 秒/);
});

test('a recording is refused with what was measured, another is heard, approved by a second person, and heard by the next caller', async () => {
  const [short, fit] = [join(folder, 'short.wav'), join(folder, 'fit.wav')];
  await writeTone(short, 1_800, 100);
  await writeTone(fit, 1_800, 1_000);
  const page = await at('operator', '/prompts');
  await page.getByRole('grid', { name: '语音' }).waitFor();
  await page.keyboard.press('/');
  await page.getByLabel('语音名、文字、菜单或号码').fill('greeting-forwarded');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('complementary', { name: 'greeting-forwarded' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('u');
  const upload = dialogOf(page, /greeting-forwarded 上传录音/);
  await upload.locator('input[type=file]').setInputFiles(short);
  await page.keyboard.press('Control+Enter');
  await upload
    .getByRole('alert')
    .getByText(/100 毫秒/)
    .waitFor();
  await expectAccessible(page);
  await upload.locator('input[type=file]').setInputFiles(fit);
  await upload.getByLabel('录音的文字（供查阅）').fill('您好，该热线已并入。');
  await sent(page, upload);
  const card = page.getByRole('complementary', { name: 'greeting-forwarded' });
  await card.getByText('待批准').waitFor();

  const second = await at('operator2', '/prompts?name=greeting-forwarded');
  const waiting = second.getByRole('complementary', { name: 'greeting-forwarded' });
  const version = await approveWhenHeard(second, waiting);
  await waiting.getByText('正在播放').waitFor();
  await expectAccessible(second);

  const shelf = join(town.asterisk.promptsDir, 'uploaded', 'greeting-forwarded.wav');
  await expect.poll(() => existsSync(shelf), { timeout: 15_000 }).toBe(true);
  const citizen = await town.citizen({ dialled: '12319', number: '13800139302' });
  await citizen.sound.untilHears(1_800, 8_000);
  citizen.hangUp();
  await town.callInBooks('13800139302');
  await waiting.getByRole('tab', { name: '谁听过' }).click();
  await expect
    .poll(async () => {
      await waiting.getByRole('button', { name: '查询' }).click();
      return await waiting
        .getByRole('row')
        .filter({ hasText: `第 ${version} 版` })
        .count();
    })
    .toBe(1);
  await waiting.getByRole('tab', { name: /版本/ }).click();
  await waiting.getByRole('button', { name: `停用第 ${version} 版` }).click();
  const retiring = dialogOf(second, /停用/);
  await retiring.getByLabel('理由').fill('录音有误');
  await sent(second, retiring);
  await waiting.getByText('已停用').waitFor();
});
test('words are spoken by the voice: another person hears them and allows them, the next caller hears them too', async () => {
  const page = await at('operator', '/prompts?name=greeting-forwarded');
  const card = page.getByRole('complementary', { name: 'greeting-forwarded' });
  await card.waitFor();
  await page.keyboard.press('s');
  const saying = dialogOf(page, /greeting-forwarded/);
  await saying.getByRole('textbox', { name: '要说的话' }).fill('您好，该热线现由一二三四五受理。');
  await expectAccessible(page);
  await sent(page, saying);
  await card.getByText('待批准').waitFor();
  await card.getByText('“您好，该热线现由一二三四五受理。”').first().waitFor();
  // Not by who wrote them.
  expect(await card.getByRole('button', { name: /批准第/ }).count()).toBe(0);

  const second = await at('operator2', '/prompts?name=greeting-forwarded');
  const waiting = second.getByRole('complementary', { name: 'greeting-forwarded' });
  const version = await approveWhenHeard(second, waiting);
  await waiting.getByText('正在播放').waitFor();
  const citizen = await town.citizen({ dialled: '12319', number: '13800139303' });
  await citizen.answered;
  await citizen.sound.untilSound(8_000);
  citizen.hangUp();
  await town.callInBooks('13800139303');
  await waiting.getByRole('tab', { name: '谁听过' }).click();
  await expect
    .poll(async () => {
      await waiting.getByRole('button', { name: '查询' }).click();
      return await waiting
        .getByRole('row')
        .filter({ hasText: `第 ${version} 版` })
        .count();
    })
    .toBe(1);
});
/** It is fitted to the telephone first; then it can be listened to. */
async function approveWhenHeard(page: Page, card: Locator): Promise<string> {
  await expect
    .poll(
      async () => {
        if ((await card.locator('audio').count()) > 0) return true;
        await page.reload();
        await card.waitFor();
        return (await card.locator('audio').count()) > 0;
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(true);
  const seconds = await page.evaluate(`new Promise((resolve, reject) => {
    const sound = document.querySelector('aside audio');
    sound.onplaying = () => resolve(sound.duration);
    sound.onerror = () => reject(new Error('the sound cannot be played'));
    void sound.play();
  })`);
  expect(Number(seconds)).toBeGreaterThan(0.8);
  const button = card.getByRole('button', { name: /批准第 \d+ 版/ });
  const version = /\d+/.exec((await button.textContent()) ?? '')?.[0] ?? '';
  await button.click();
  await button.waitFor({ state: 'detached' });
  return version;
}

test('a surge key from a template in three fields; a call reaches it, is counted, and the key is taken back', async () => {
  const page = await at('operator', '/announcements');
  await page.getByText('现在没有。大事发生时').waitFor();
  await expectAccessible(page);
  const began = Date.now();
  await page.keyboard.press('k');
  const opening = dialogOf(page, '开通应急按键');
  await opening.getByRole('radiogroup', { name: '常用事由' }).getByText('防汛', { exact: true }).click();
  await opening.getByText('来电人将听到“防汛热线请按7。”，由新设的“防汛专席”接听').waitFor();
  await expectAccessible(page);
  await opening.getByRole('button', { name: '更多设置' }).click();
  await opening.getByText('已有队列', { exact: true }).click();
  await choose(page, opening, '队列', /供水专席/);
  await expectAccessible(page);
  const before = inForce();
  await sent(page, opening);
  await page.getByText(/7 键“防汛”已开通/).waitFor();
  expect(Date.now() - began).toBeLessThan(60_000);
  await expect.poll(inForce, { timeout: 10_000 }).toBeGreaterThan(before);
  const keys = page.getByRole('region', { name: '应急按键' });
  await keys.getByText('“防汛热线请按7。”').waitFor();
  await keys.getByText('号码 12345').waitFor();

  const desk = await town.agent('1008');
  const citizen = await town.citizen({ dialled: '12345', number: '13800139303' });
  await citizen.answered;
  await town.untilCallIs('13800139303', 'menu');
  await citizen.sound.press('7');
  const call = await desk.phone.nextCall(15_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await town.callInBooks('13800139303')).toMatchObject({ queue: 'desk-water', agentNumber: '1008' });
  await keys.getByText('今日 1 个来电').waitFor({ timeout: 30_000 });

  await keys.getByRole('button', { name: '提前撤下' }).click();
  const ending = dialogOf(page, '撤下 7 键“防汛”');
  await ending.getByLabel('理由').fill('响应解除');
  await sent(page, ending);
  await page.getByText('现在没有。大事发生时').waitFor();
});

test('callers are told of an incident, whom it is for is seen, how often it was heard too, and it is withdrawn', async () => {
  const page = await at('lead', '/announcements');
  // Nights have a lead and no operator: he may tell callers, and opens no key.
  await page.getByRole('button', { name: '新通知' }).waitFor();
  expect(await page.getByRole('button', { name: '开通应急按键' }).count()).toBe(0);
  await page.keyboard.press('n');
  const telling = dialogOf(page, '新通知');
  await telling.getByLabel('事由').fill('城南停水');
  await telling.getByRole('status').getByText('请写播放的文字').waitFor();
  await telling.getByLabel('播放的文字').fill('城南停水，预计18时恢复。');
  await telling.getByLabel('来电号码开头').fill('138');
  await choose(page, telling, '拨打哪些号码', /12319/);
  await telling.getByLabel('理由').fill('自来水公司来函');
  await expectAccessible(page);
  await sent(page, telling);
  const card = page.getByRole('complementary', { name: '城南停水' });
  await card.getByText('“恢复后需要通知的，请按1。”').waitFor();
  await card.getByText('12319').waitFor();
  await card.getByText(/138 开头/).waitFor();
  await expectAccessible(page);
  await card.getByText('正在生成语音').waitFor({ state: 'detached', timeout: 40_000 });

  const citizen = await town.citizen({ dialled: '12319', number: '13800139304' });
  await citizen.answered;
  await town.untilCallIs('13800139304', 'announcing');
  citizen.hangUp();
  await town.callInBooks('13800139304');
  await card.getByText(/收听 1 次/).waitFor({ timeout: 30_000 });

  await card.getByRole('button', { name: '撤回' }).click();
  const withdrawing = dialogOf(page, /撤回：城南停水/);
  await withdrawing.getByLabel('理由').fill('供水已恢复');
  await sent(page, withdrawing);
  await card.getByText('已撤回').first().waitFor();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
