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

test('whoever is not signed in comes to the door, and from there to where he wanted to go', async () => {
  const page = await browser.window();
  await page.goto('/nowhere?a=1');
  await page.waitForURL(/\/sign-in\?to=/);
  await expectAccessible(page);

  await page.getByLabel('用户名').fill('lead');
  await page.getByLabel('密码').fill('not the password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('用户名或密码不正确').waitFor();
  // What was typed is still there.
  expect(await page.getByLabel('用户名').inputValue()).toBe('lead');

  await page.getByLabel('密码').fill(town.passwordOf('lead'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/nowhere?a=1');
  await page.getByText('没有这个页面，或当前账号无权打开').waitFor();
  await page.getByRole('status').getByText('实时').waitFor();
  await expectAccessible(page);
});

test('who asks for nothing in particular is led to the door, and then to the page where his work begins', async () => {
  for (const [username, path] of [
    ['1001', '/desk'],
    ['lead', '/lead'],
  ] as const) {
    const page = await browser.window();
    await page.goto('/');
    await page.getByLabel('用户名').fill(username);
    await page.getByLabel('密码').fill(town.passwordOf(username));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${path}`);
    await page.context().close();
  }
});

test('the words change with the language, and the browser remembers it', async () => {
  const page = await browser.window();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByLabel('User name').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

test('a session that ends elsewhere ends here: the page goes to the door and says why', async () => {
  const page = await browser.signedIn('lead', town.passwordOf('lead'), '/nowhere');
  await page.getByRole('status').getByText('实时').waitFor();
  await page.request.delete('/v1/session');
  await page.reload();
  await page.getByLabel('密码').waitFor();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
