import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, employ, ready } from '../support/desk-page.ts';
import { untilPageHears } from '../support/desk-voice.ts';
import { CITIZEN_HZ, Town } from '../support/town.ts';
import { Wire } from '../support/wire.ts';

// What a page shows of now is not now any more: its sockets are cut, call control is gone, or it has lost the switch. The lead's
// board and the desk say so, in words and not by a colour alone, for as long as it lasts. (The desk's own sockets: lost-line.)

const SHEN_HZ = 1_300;

let town: Town;
let browser: ConsoleBrowser;
/** The cable of the one at the page. */
let wire: Wire;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 300 });
  await employ(town, [{ username: 'shen', displayName: '沈悦', number: '1101' }]);
  wire = await Wire.lay(Number(new URL(town.apiUrl).port));
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await wire?.cut();
  await town?.raze();
});
afterEach(async () => {
  await wire.mend();
  await town.ari.mend();
  if (!town.callControl.running) await town.callControl.start();
  await town.untilAnswering();
  await town.rest();
});

interface Trouble {
  readonly what: string;
  readonly strike: () => Promise<unknown>;
  readonly heal: () => Promise<unknown>;
  /** As the head of every page says it. */
  readonly said: readonly [zh: string, en: string];
  /** As the card of the call says it. */
  readonly atCall: readonly [zh: string, en: string];
}
const cut: Trouble = {
  what: 'the sockets of the page are cut',
  strike: () => wire.cut(),
  heal: () => wire.mend(),
  said: ['连接中断，正在重连；画面可能不是最新', 'Cut off, connecting again; what is shown may be old'],
  atCall: ['与服务器的连接中断，以下是最后所知', 'The server is out of reach; this is what was last known'],
};
const control: Trouble = {
  what: 'call control is killed',
  strike: () => town.callControl.kill(),
  heal: () => town.callControl.start(),
  said: ['呼叫控制不在线，以下为最后已知情况', 'Call control is away: this is what was last known'],
  atCall: ['呼叫控制不在线，以下是最后所知', 'Call control is away; this is what was last known'],
};
const theSwitch: Trouble = {
  what: 'call control has lost the switch',
  strike: () => town.ari.cut(),
  heal: () => town.ari.mend(),
  said: ['与交换机失联，通话情况为此前所知', 'The switch is out of reach: calls are shown as last known'],
  atCall: ['呼叫控制与交换机失联，以下是最后所知', 'The switch is out of reach; this is what was last known'],
};

const lamp = (page: Page) => page.locator('.lamp[role=status]');
interface Styled {
  getComputedStyle(element: unknown): { readonly color: string };
}
const inkOf = (one: Locator): Promise<string> =>
  one.evaluate((element) => (globalThis as unknown as Styled).getComputedStyle(element).color);

async function inBothTongues(page: Page, look: (tongue: 0 | 1) => Promise<unknown>): Promise<void> {
  await look(0);
  await page.getByRole('button', { name: 'English' }).click();
  await look(1);
  await page.getByRole('button', { name: '中文' }).click();
}

test.for([cut, control, theSwitch].map((trouble, at) => ({ ...trouble, number: `1380013852${at}` })))(
  'the board of a lead, $what: a call that is over stands there as what was last known, and goes when it is as before',
  { timeout: 120_000 },
  async ({ strike, heal, said, number }) => {
    const page = await browser.window({ baseURL: wire.through(town.apiUrl) });
    town.visit(() => page.close());
    const data = { username: 'lead', password: town.passwordOf('lead') };
    expect((await page.request.post('/v1/session', { data })).ok()).toBe(true);
    await page.goto('/lead');
    await lamp(page).getByText('实时', { exact: true }).waitFor();
    const citizen = await town.citizen({ dialled: '12345', number });
    const board = page.locator('.board');
    const row = page.getByRole('region', { name: /^(通话|Calls) / }).getByText(`138****852${number.at(-1)}`);
    await row.waitFor({ timeout: 30_000 });
    const ink = await inkOf(row);
    expect(await board.getAttribute('class')).not.toContain('stale');

    await strike();
    await lamp(page).getByText(said[0]).waitFor({ timeout: 30_000 });
    citizen.hangUp();
    await citizen.ended;
    await inBothTongues(page, async (tongue) => {
      await lamp(page).getByText(said[tongue]).waitFor();
      expect(await board.getAttribute('class')).toContain('stale');
      expect(await row.count()).toBe(1);
      expect(await inkOf(row)).not.toBe(ink);
    });
    await expectAccessible(page);

    await heal();
    await lamp(page).getByText('实时', { exact: true }).waitFor({ timeout: 30_000 });
    await row.waitFor({ state: 'detached', timeout: 30_000 });
    expect(await board.getAttribute('class')).not.toContain('stale');
  },
);

const call = (page: Page) => page.getByRole('article');
async function untilTogether(page: Page, { sound }: Citizen): Promise<void> {
  sound.forget();
  await Promise.all([untilPageHears(page, CITIZEN_HZ), sound.untilHears(SHEN_HZ, 15_000)]);
}

test.for([control, theSwitch].map((trouble, at) => ({ ...trouble, number: `1380013853${at}` })))(
  'the desk in a talk, $what: said at the head and at the call, the two hear each other, and it is as before by itself',
  { timeout: 150_000 },
  async ({ strike, heal, said, atCall, number }) => {
    const page = await atDesk(town, browser, { username: 'shen', hz: SHEN_HZ });
    await ready(page);
    const citizen = await town.citizen({ dialled: '12345', number });
    await call(page).getByText('来电，已等待').waitFor();
    citizen.sound.speak(CITIZEN_HZ);
    await page.keyboard.press('F2');
    await call(page).getByText('与市民通话').waitFor();
    await untilTogether(page, citizen);
    const talk = page.getByRole('region', { name: /^(通话|Talk|Call)$/ });

    await strike();
    await inBothTongues(page, async (tongue) => {
      await lamp(page).getByText(said[tongue]).waitFor({ timeout: 30_000 });
      await call(page).getByText(atCall[tongue]).waitFor();
      expect(await talk.getAttribute('class')).toContain('stale');
    });
    await expectAccessible(page);
    await untilTogether(page, citizen);

    await heal();
    await lamp(page).getByText('实时', { exact: true }).waitFor({ timeout: 30_000 });
    await call(page).getByText(atCall[0]).waitFor({ state: 'detached' });
    expect(await talk.getAttribute('class')).not.toContain('stale');
    await untilTogether(page, citizen);
    await page.keyboard.press('F10');
    expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
    const { legs } = await town.callInBooks(number);
    expect(legs.map(({ agentNumber }) => agentNumber)).toEqual(['1101']);
  },
);

test('no page has thrown anything, but for what a browser says of a network that is away', () => {
  const unasked = browser.mishaps.filter((one) => !/WebSocket connection to|net::ERR_/.test(one));
  expect(unasked).toEqual([]);
});
