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

const [SHEN_HZ, GU_HZ] = [1_300, 1_900];
const CUT = '连接中断，正在重连；画面可能不是最新';

let town: Town;
let browser: ConsoleBrowser;
/** The cable of the desk, and of the one beside it. */
let wire: Wire;
let besides: Wire;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 300 });
  await employ(town, [
    { username: 'shen', displayName: '沈悦', number: '1101' },
    { username: 'gu', displayName: '顾明', number: '1102' },
  ]);
  const port = Number(new URL(town.apiUrl).port);
  [wire, besides] = await Promise.all([Wire.lay(port), Wire.lay(port)]);
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([wire?.cut(), besides?.cut()]);
  await town?.raze();
});
afterEach(() => town?.rest());

const call = (page: Page) => page.getByRole('article');
const lamp = (page: Page) => page.locator('.lamp[role=status]');
/** Nobody plays anything to the one at this page any more. */
const isSilent = (page: Page): Promise<boolean> => page.evaluate('globalThis.deskEar === undefined');

async function untilTogether(page: Page, { sound }: Citizen, hz = SHEN_HZ, withinMs = 15_000): Promise<void> {
  sound.forget();
  await Promise.all([untilPageHears(page, CITIZEN_HZ, withinMs), sound.untilHears(hz, withinMs)]);
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

test('the page of a desk shows life every half a minute, for as long as its line stands', async () => {
  const page = await atDesk(town, browser, { username: 'shen', hz: SHEN_HZ });
  const lines: number[][] = [];
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/v1/live')) return;
    const beats: number[] = [];
    lines.push(beats);
    socket.on('framesent', ({ payload }) => {
      if (String(payload) === '{"type":"heartbeat"}') beats.push(Date.now());
    });
  });
  await page.reload();
  // A server that heard nothing for two minutes signs him out.
  await expect.poll(() => lines.map(({ length }) => length), { timeout: 45_000 }).toEqual([2]);
  const [first = 0, second = 0] = lines[0] ?? [];
  expect(second - first).toBeGreaterThan(29_000);
  expect(second - first).toBeLessThan(35_000);
});

test('the network of two desks is cut in their talks: who stays on his page is heard all the while, who loaded his anew is rung again', {
  timeout: 150_000,
}, async () => {
  const [shen, gu] = await Promise.all([
    atDesk(town, browser, { username: 'shen', hz: SHEN_HZ, baseURL: wire.through(town.apiUrl) }),
    atDesk(town, browser, { username: 'gu', hz: GU_HZ, baseURL: besides.through(town.apiUrl) }),
  ]);
  const wires = [wire, besides];
  town.visit(() => Promise.all(wires.map((one) => one.mend())));
  const talks = async (page: Page, hz: number, number: string): Promise<Citizen> => {
    await ready(page);
    const citizen = await town.citizen({ dialled: '12345', number });
    await call(page).getByText('来电，已等待').waitFor();
    citizen.sound.speak(CITIZEN_HZ);
    await page.keyboard.press('F2');
    await untilTogether(page, citizen, hz);
    return citizen;
  };
  const hers = await talks(shen, SHEN_HZ, '13800138502');
  const his = await talks(gu, GU_HZ, '13800138503');

  await Promise.all(wires.map((one) => one.cut()));
  await lamp(shen).getByText(CUT).waitFor();
  // Nobody answers a page that is loaded now; his citizen waits.
  await expect(gu.reload()).rejects.toThrow();
  await untilTogether(shen, hers);
  await Promise.all(wires.map((one) => one.mend()));
  // The browser's own page of a failure may be on its way still.
  await expect
    .poll(
      () =>
        gu.goto('/desk').then(
          () => true,
          () => false,
        ),
      { timeout: 20_000, interval: 500 },
    )
    .toBe(true);
  await untilTogether(gu, his, GU_HZ, 40_000);
  await call(gu).getByText('与市民通话').waitFor();
  await lamp(shen).getByText('实时').waitFor();
  await untilTogether(shen, hers);

  for (const [page, citizen] of [
    [shen, hers],
    [gu, his],
  ] as const) {
    await page.keyboard.press('F10');
    expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  }
  const agentsOf = async (number: string) =>
    (await town.callInBooks(number)).legs.map(({ agentNumber }) => agentNumber);
  expect(await agentsOf('13800138502')).toEqual(['1101']);
  expect(await agentsOf('13800138503')).toEqual(['1102', '1102']);
});

test('no page has thrown anything, but for what a browser says of a network that is away', () => {
  const unasked = browser.mishaps.filter(
    (one) => !/WebSocket connection to|net::ERR_|^chrome-error:/.test(one),
  );
  expect(unasked).toEqual([]);
});
