import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, employ, ready } from '../support/desk-page.ts';
import { untilPageHears } from '../support/desk-voice.ts';
import { CITIZEN_HZ, Town } from '../support/town.ts';
import { Wire } from '../support/wire.ts';

// D8: the sockets of a desk are lost in the middle of a talk, of which the sound goes its own way. The screen says so and shows
// what it shows as old; the citizen hears his agent all the while.

const SHEN_HZ = 1_300;
const CUT = '连接中断，正在重连；画面可能不是最新';

let town: Town;
let browser: ConsoleBrowser;
/** The cable of the desk. */
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
afterEach(() => town?.rest());

const call = (page: Page) => page.getByRole('article');
const lamp = (page: Page) => page.locator('.lamp[role=status]');
/** Nobody plays anything to the one at this page any more. */
const isSilent = (page: Page): Promise<boolean> => page.evaluate('globalThis.deskEar === undefined');

async function untilTogether(page: Page, { sound }: Citizen): Promise<void> {
  sound.forget();
  await Promise.all([untilPageHears(page, CITIZEN_HZ), sound.untilHears(SHEN_HZ, 15_000)]);
}

test('the sockets of a desk are lost: said and shown as old, both go on hearing each other, and it is as before by itself', {
  timeout: 150_000,
}, async () => {
  const baseURL = wire.through(town.apiUrl);
  const page = await atDesk(town, browser, { username: 'shen', hz: SHEN_HZ, baseURL });
  town.visit(() => wire.mend());
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number: '13800138501' });
  await call(page).getByText('来电，已等待').waitFor();
  citizen.sound.speak(CITIZEN_HZ);
  await page.keyboard.press('F2');
  await untilTogether(page, citizen);

  await wire.cut();
  await lamp(page).getByText(CUT).waitFor();
  await call(page).getByText('与服务器的连接中断，以下是最后所知').waitFor();
  // A socket is not a registration that was refused.
  await page.getByRole('button', { name: '话机连接中断' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'English' }).click();
  await call(page).getByText('The server is out of reach; this is what was last known').waitFor();
  await page.getByRole('button', { name: 'Telephone cut off' }).waitFor();
  await page.getByRole('button', { name: '中文' }).click();
  await untilTogether(page, citizen);

  await wire.mend();
  await lamp(page).getByText('实时').waitFor();
  await page.getByRole('button', { name: '话机就绪' }).waitFor();
  await call(page).getByText('与市民通话').waitFor();
  await untilTogether(page, citizen);
  await page.keyboard.press('F10');
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  // The switch's good-bye went to the socket that was lost; the microphone is not left open to nobody.
  await expect.poll(() => isSilent(page), { timeout: 20_000 }).toBe(true);
  const { legs } = await town.callInBooks('13800138501');
  expect(legs.map(({ agentNumber }) => agentNumber)).toEqual(['1101']);
});

test('no page has thrown anything, but for what a browser says of a network that is away', () => {
  const unasked = browser.mishaps.filter((one) => !/WebSocket connection to|net::ERR_/.test(one));
  expect(unasked).toEqual([]);
});
