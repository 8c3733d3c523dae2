import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, DESK_PASSWORD, employ, presence, ready } from '../support/desk-page.ts';
import { untilPageHears } from '../support/desk-voice.ts';
import { CITIZEN_HZ, Town } from '../support/town.ts';

// PostgreSQL is away: the page says so, and an agent goes on with his calls, also on a page that is loaded anew.

const SHEN_HZ = 1_300;
const TITLE = '数据库暂时不可用。';

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
afterEach(async () => {
  await town?.postgres.mend();
  await town?.rest();
});

const call = (page: Page) => page.getByRole('article');
const banner = (page: Page) => page.getByRole('alert').getByText(TITLE);
const readiness = async (): Promise<object> => {
  const answer = await fetch(`${town.apiUrl}/readyz`);
  return { status: answer.status, body: await answer.json() };
};
async function rung(page: Page, number: string) {
  const citizen = await town.citizen({ dialled: '12345', number });
  await call(page).getByText('来电，已等待').waitFor();
  citizen.sound.speak(CITIZEN_HZ);
  await page.keyboard.press('F2');
  await Promise.all([untilPageHears(page, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);
  return citizen;
}

test('loaded anew in a talk while PostgreSQL is away, the desk is there with its telephone: both hear, and the next citizen is served', {
  timeout: 180_000,
}, async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: SHEN_HZ });
  await ready(page);
  const citizen = await rung(page, '13800138701');
  await town.postgres.cut();
  expect(await readiness()).toMatchObject({
    status: 200,
    body: { status: 'degraded', parts: { telephony: 'ready', books: 'away' } },
  });
  await page.reload();
  await banner(page).waitFor();
  citizen.sound.forget();
  await call(page).getByText('与市民通话').waitFor();
  await Promise.all([untilPageHears(page, CITIZEN_HZ, 40_000), citizen.sound.untilHears(SHEN_HZ, 40_000)]);
  await expectAccessible(page);
  await page.keyboard.press('F4');
  await call(page).getByText('市民保持中').waitFor();
  await page.keyboard.press('F4');
  await call(page).getByText('与市民通话').waitFor();
  await page.keyboard.press('F10');
  expect(await citizen.ended).toMatchObject({ code: 0 });

  // A break can be chosen, and the next citizen comes.
  await presence(page).getByText('整理').waitFor();
  await page.keyboard.press('Alt+n');
  await page.getByRole('menuitem', { name: '会议' }).click();
  await presence(page).getByText('会议').waitFor();
  await ready(page);
  const next = await rung(page, '13800138702');
  await town.postgres.mend();
  await banner(page).waitFor({ state: 'detached', timeout: 20_000 });
  // What could not be read is read by itself: of the caller, and what an appeal is sorted by.
  await page.getByText('该号码没有未结工单。').waitFor();
  await page.getByRole('button', { name: '重试' }).waitFor({ state: 'detached' });
  await page.keyboard.press('F10');
  expect(await next.ended).toMatchObject({ code: 0 });
  for (const number of ['13800138701', '13800138702'])
    expect(await town.callInBooks(number)).toMatchObject({ result: 'answeredByAgent', agentNumber: '1101' });
});

test('one request that was refused for want of the database does not tell the desk that it is away: the server is asked first', async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: SHEN_HZ });
  await page.route('**/v1/tickets?*', (route) =>
    route.fulfill({
      ...{ status: 503, contentType: 'application/problem+json' },
      json: {
        ...{ type: '/v1/problems#database.away', code: 'database.away', status: 503, instance: 'r1' },
        ...{ title: '数据库暂时不可用，请稍后再试', titleEn: 'The database is away' },
      },
    }),
  );
  const asked = page.waitForResponse((one) => one.url().endsWith('/readyz'), { timeout: 4_000 });
  await page.goto('/tickets');
  expect(await (await asked).json()).toMatchObject({ parts: { books: 'ready' } });
  await page
    .getByText(/数据库暂时不可用，请稍后再试/)
    .first()
    .waitFor();
  expect(await banner(page).count()).toBe(0);
  // And where nothing can serve at all, it says so with another status, and is understood all the same.
  await Promise.all([town.redis.cut(), town.postgres.cut()]);
  try {
    await expect.poll(readiness).toMatchObject({ status: 503, body: { parts: { books: 'away' } } });
    await page.reload();
    await banner(page).waitFor({ timeout: 20_000 });
  } finally {
    await town.redis.mend();
  }
});

test('who signs out while PostgreSQL is away is out, also for whoever loads the page anew; a server that cannot do it says so', {
  timeout: 120_000,
}, async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: SHEN_HZ });
  const context = page.context();
  const cookies = await context.cookies();
  const signOut = async () => {
    await page.getByRole('button', { name: '沈悦' }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
  };
  await town.postgres.cut();
  // Of a session that this server has not seen it cannot end anything: he is not shown as gone.
  await context.addCookies(cookies.map((one) => ({ ...one, value: 'a-session-of-another-day-0123456789' })));
  await signOut();
  await page
    .getByRole('alert')
    .getByText(/数据库暂时不可用，请稍后再试/)
    .waitFor();
  expect(new URL(page.url()).pathname).toBe('/desk');

  await context.clearCookies();
  await context.addCookies(cookies);
  await signOut();
  await page.getByLabel('用户名').waitFor();
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('yht_session');
  await page.reload();
  await page.getByLabel('用户名').waitFor();
  expect(await presence(page).count()).toBe(0);
  // Nor does who kept what the browser had.
  await context.addCookies(cookies);
  expect((await page.request.get('/v1/session')).status()).toBe(401);
  await town.postgres.mend();
  await expect.poll(async () => (await readiness()) as object).toMatchObject({ body: { status: 'ready' } });
  expect((await page.request.get('/v1/session')).status()).toBe(401);
  const body = { username: 'shen', password: DESK_PASSWORD };
  expect((await page.request.post('/v1/session', { data: body })).status()).toBe(201);
});

test('nobody signs in while PostgreSQL is away, and each page says why; what was asked for opens when it is back', async () => {
  await town.postgres.cut();
  const door = await browser.window();
  await door.goto('/sign-in?to=/desk');
  await door.getByText('现在无法登录，恢复后此提示自动消失。').waitFor();
  await door.getByLabel('用户名').fill('shen');
  await door.getByLabel('密码').fill(DESK_PASSWORD);
  await door.keyboard.press('Enter');
  await door
    .getByRole('alert')
    .getByText(/数据库暂时不可用，请稍后再试/)
    .waitFor();
  await expectAccessible(door);
  // Of a session that this server has not seen nobody can say whose it is.
  const stranger = await browser.window();
  await stranger
    .context()
    .addCookies([{ name: 'yht_session', value: 'a-session-of-another-day-0123456789', url: town.apiUrl }]);
  await stranger.goto('/tickets');
  await stranger.getByText('现在无法核对登录').waitFor();
  await expectAccessible(stranger);

  await town.postgres.mend();
  await stranger.getByLabel('用户名').waitFor({ timeout: 20_000 });
  await door.getByText('现在无法登录').waitFor({ state: 'detached', timeout: 20_000 });
  expect(await door.getByLabel('用户名').inputValue()).toBe('shen');
  await door.getByRole('button', { name: '登录', exact: true }).click();
  await presence(door).waitFor();
  await door.request.post('/v1/agents/me/sign-out');
});

test('whether 高峰模式 is on is not guessed while nobody can say: the lead’s switch turns nothing on, and says so', {
  timeout: 120_000,
}, async () => {
  const page = await browser.signedIn('lead', town.passwordOf('lead'), '/lead');
  const turnOn = page.getByRole('button', { name: '高峰模式…' });
  const strip = page.getByRole('region', { name: '高峰模式' });
  await turnOn.waitFor();
  await town.postgres.cut();
  // Off a moment ago, which is not to say that it is off now.
  await strip.getByText('高峰模式此前未开启；服务器未应答，现在如何不知').waitFor({ timeout: 40_000 });
  expect(await turnOn.count()).toBe(0);
  await page.reload();
  await strip.getByText('高峰模式是否开启：尚未得知').waitFor();
  expect(await turnOn.count()).toBe(0);
  await strip.getByRole('button', { name: '重试' }).click();
  await strip.getByText('高峰模式是否开启：尚未得知').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('region', { name: 'Surge mode' }).getByRole('status').waitFor();
  await page.getByRole('button', { name: '中文' }).click();

  await town.postgres.mend();
  await expect
    .poll(
      async () => {
        if (await turnOn.isVisible()) return true;
        await strip
          .getByRole('button', { name: '重试' })
          .click({ timeout: 1_000 })
          .catch(() => undefined);
        return false;
      },
      { timeout: 20_000, interval: 1_000 },
    )
    .toBe(true);
  await turnOn.click();
  await page.getByRole('dialog', { name: '高峰模式' }).getByLabel('理由').waitFor();
});

test('no page has thrown anything, but for what a browser says of a server without its books', () => {
  expect(browser.mishaps.filter((one) => !one.includes('status of 503'))).toEqual([]);
});
