import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

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
