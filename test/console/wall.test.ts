import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { DESK_PASSWORD } from '../support/desk-page.ts';
import { Town } from '../support/town.ts';
import { spendBusyDays } from './screens/busy-days.ts';

/** Of a board 1,080 high: 13 mm on a screen of 55 inches. */
const LETTERS_PX_MIN = 20;

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
afterEach(() => town?.rest());

interface Painted {
  readonly text: string;
  readonly px: number;
  readonly colour: string;
}
/** A screen on the wall, which notes what is written on a canvas: nothing else tells how large it is there. */
async function onTheWall(): Promise<Page> {
  const wall = await browser.window({ viewport: { width: 1920, height: 1080 }, colorScheme: 'light' });
  await wall.addInitScript(`
    globalThis.painted = [];
    const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
      globalThis.painted.push({ text, px: parseFloat(/([\\d.]+)px/.exec(this.font)[1]), colour: this.fillStyle });
      return write.call(this, text, ...rest);
    };`);
  const data = { username: 'lead', password: town.passwordOf('lead') };
  expect((await wall.request.post('/v1/session', { data })).ok()).toBe(true);
  await wall.goto('/wall');
  return wall;
}
const painted = (wall: Page) => wall.evaluate<readonly Painted[]>('globalThis.painted');
const forget = (wall: Page) => wall.evaluate('globalThis.painted.length = 0');
/** Of the words that are on the canvas now, in pixels. */
const lettersOnCanvas = async (wall: Page): Promise<number> =>
  Math.min(...(await painted(wall)).map(({ px }) => px));
/** Whether the canvas holds this colour of the house. */
const holds = (wall: Page, colour: string) =>
  wall.evaluate<boolean>(`(() => {
    const canvas = document.querySelector('.trend canvas');
    const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('${colour}').trim();
    probe.fillRect(0, 0, 1, 1);
    const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === r && data[at + 1] === g && data[at + 2] === b && data[at + 3] === 255) return true;
    }
    return false;
  })()`);

test('the wall shows who waits and for how long, and that somebody talks', async () => {
  const wall = await browser.signedIn('lead', town.passwordOf('lead'), '/wall');
  const figure = (name: string) => wall.locator('section.figure', { hasText: name }).locator('.value');
  await wall.getByRole('status').getByText('实时').waitFor();
  await expect.poll(() => figure('排队等候').textContent()).toBe('0');
  expect(await figure('最长等候').textContent()).toBe('–');

  const citizen = await town.citizen({ dialled: '12345', number: '13800138041' });
  // Nobody is ready: the board says so with a mark, not by its colour alone.
  await expect.poll(() => figure('排队等候').textContent(), { timeout: 30_000 }).toBe('▲ 1');
  await expect.poll(() => figure('最长等候').textContent()).toMatch(/^(▲ )?\d+:\d\d$/);

  const agent = await town.agent('1001');
  const call = await agent.phone.nextCall(30_000);
  await call.answer();
  await town.converse(citizen, call);
  await expect.poll(() => figure('通话中').textContent()).toBe('1');
  await expect.poll(() => figure('排队等候').textContent()).toBe('0');
  await expectAccessible(wall);
  await call.hangUp();
  await citizen.ended;
  await expect.poll(() => figure('通话中').textContent()).toBe('0');
});

test('the queue in which somebody has waited longest stands first, not the one in which more wait', async () => {
  const wall = await browser.signedIn('lead', town.passwordOf('lead'), '/wall');
  await town.citizen({ dialled: '12345', number: '13800138042' });
  await town.untilCallIs('13800138042', 'queued', 30_000);
  for (const number of ['13800138043', '13800138044']) {
    await town.citizen({ dialled: '051384120002', number });
    await town.untilCallIs(number, 'queued', 30_000);
  }
  const waiting = () => wall.locator('.queues tbody td.strong').allTextContents();
  // At once: with nobody there to take them they do not wait for long.
  await expect.poll(async () => (await waiting()).filter((n) => n !== '0')).toEqual(['1', '2']);
});

test('everything on the wall is read from five metres, the hours and percents of its trend too, and light and dark are kept', async () => {
  await spendBusyDays(town);
  const wall = await onTheWall();
  await wall.locator('.trend canvas').waitFor();
  // The words of its axes and of its target, and the line itself.
  await expect.poll(async () => (await painted(wall)).map(({ text }) => text)).toContain('95%');
  await expect.poll(() => holds(wall, '--state-talking')).toBe(true);
  expect(await lettersOnCanvas(wall)).toBeGreaterThanOrEqual(LETTERS_PX_MIN);
  // What only who stands before it needs, its buttons, may be smaller.
  const smallest = await wall.evaluate<{ px: number; text: string }>(`(() => {
    const main = document.querySelector('main.wall');
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    let smallest = { px: Infinity, text: '' };
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent.trim();
      const holder = node.parentElement;
      if (text === '' || holder.closest('nav') !== null || !holder.checkVisibility()) continue;
      const px = parseFloat(getComputedStyle(holder).fontSize);
      if (px < smallest.px) smallest = { px, text };
    }
    return smallest;
  })()`);
  expect(smallest.px, smallest.text).toBeGreaterThanOrEqual(LETTERS_PX_MIN);

  // A larger screen: the letters grow with it.
  await forget(wall);
  await wall.setViewportSize({ width: 3840, height: 2160 });
  await expect.poll(() => lettersOnCanvas(wall)).toBeCloseTo(43.2, 1);

  const [light] = (await painted(wall)).map(({ colour }) => colour);
  await forget(wall);
  await wall.keyboard.press('t');
  await expect.poll(() => wall.locator('html').getAttribute('class')).toContain('dark');
  await expect.poll(async () => (await painted(wall)).length).toBeGreaterThan(0);
  expect((await painted(wall)).map(({ colour }) => colour)).not.toContain(light);
  await expectAccessible(wall);
  await wall.reload();
  await wall.locator('.trend canvas').waitFor();
  expect(await wall.locator('html').getAttribute('class')).toContain('dark');
  await wall.keyboard.press('t');
  await expect.poll(() => wall.locator('html').getAttribute('class')).not.toContain('dark');
  await wall.reload();
  await wall.getByRole('status').getByText('实时').waitFor();
  expect((await wall.locator('html').getAttribute('class')) ?? '').not.toContain('dark');
});

test('an account that may not read incidents is not told that there are none; a leader sees who waits and works', async () => {
  const house = await town.as('admin');
  const account = { username: 'county', displayName: '县领导', password: DESK_PASSWORD, roles: ['leader'] };
  await house.post('/v1/accounts', account);
  await house.signOut();
  await town.citizen({ dialled: '12345', number: '13800138045' });
  await town.untilCallIs('13800138045', 'queued', 30_000);
  const leader = await browser.signedIn('county', DESK_PASSWORD, '/wall');
  await leader.getByText('目前没有群体事件').waitFor();
  const value = (page: Page, name: string) =>
    page.locator('section.figure', { hasText: name }).locator('.value').textContent();
  await expect.poll(() => value(leader, '排队等候')).toMatch(/1$/);
  const admin = await browser.signedIn('admin', town.passwordOf('admin'), '/wall');
  await admin.getByText('本账号无权查看群体事件').waitFor();
  expect(await admin.getByText('目前没有群体事件').count()).toBe(0);
  // The figures beside it are his all the same.
  await expect.poll(() => value(admin, '今日来电')).toMatch(/^\d+$/);
});

test('with call control gone the board is shown as old', async () => {
  const wall = await browser.signedIn('lead', town.passwordOf('lead'), '/wall');
  await wall.getByRole('status').getByText('实时').waitFor();
  await town.callControl.kill();
  await wall.getByRole('status').getByText('呼叫控制不在线').waitFor({ timeout: 30_000 });
  await expect.poll(() => wall.locator('.now').getAttribute('class')).toContain('stale');
  await town.callControl.start();
  await wall.getByRole('status').getByText('实时', { exact: true }).waitFor({ timeout: 30_000 });
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
