import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { placeOneCall } from '../../src/demo/one-call.ts';
import { Phone } from '../../src/demo/phone/phone.ts';
import { SAMPLE_RATE } from '../../src/demo/sound/alaw.ts';
import { toneShare } from '../../src/demo/sound/tone.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { DESK_PASSWORD, atDesk as deskOf, employ, ready, presence as state } from '../support/desk-page.ts';
import { speakThere, untilPageHears } from '../support/desk-voice.ts';
import { CITIZEN_HZ, Town } from '../support/town.ts';

// What an agent's shift is made of besides the talk: breaks, the ring, his telephones, and who is to be called back.

const SHEN_HZ = 1_300;
let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  await employ(town, [{ username: 'shen', displayName: '沈悦', number: '1101' }]);
  const operator = await town.as('operator');
  // Calls are placed at night as well.
  const rules = await operator.get<object>('/v1/outbound-rules');
  const quietHours = { fromMinute: 0, toMinute: 0 };
  await town.put('operator', '/v1/outbound-rules', { ...rules, quietHours, reason: '测试不分昼夜' });
  await operator.signOut();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

const call = (page: Page) => page.getByRole('article');
const lamp = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const atDesk = (): Promise<Page> => deskOf(town, browser, { username: 'shen', hz: SHEN_HZ });
/** Whose telephone stands on the desk, says the house, and who has brought none. */
async function newcomer(username: string): Promise<Page> {
  const page = await browser.window();
  await speakThere(page, SHEN_HZ);
  await page.goto('/sign-in?to=/desk');
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(town.passwordOf(username));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('桌面话机不通').waitFor();
  await state(page).getByText('刚签入').waitFor();
  town.visit(async () => {
    await page.request.post('/v1/agents/me/sign-out');
    await page.close();
  });
  return page;
}
/** A citizen is taken by the key and both hear each other. */
async function taken(page: Page, number: string) {
  const citizen = await town.citizen({ dialled: '12345', number });
  await call(page).getByText('来电，已等待').waitFor();
  citizen.sound.speak(CITIZEN_HZ);
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
  await Promise.all([untilPageHears(page, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);
  return citizen;
}
/** The talk is over, and whoever insists needs no outcome. */
async function over(page: Page, before = '示闲'): Promise<void> {
  await page.keyboard.press('F10');
  await state(page).getByText('整理').waitFor();
  await page.keyboard.press('Alt+q');
  await page.getByRole('alert').getByText('请先登记去向').waitFor();
  await page.keyboard.press('Alt+q');
  await state(page).getByText(before).waitFor();
}
/** Seconds that are left, as they stand beside the state. */
async function left(page: Page): Promise<number> {
  const words = await page.getByRole('region', { name: '座席状态' }).getByText(/^剩 /).textContent();
  const [, minutes, seconds] = /剩 (\d+):(\d+)/.exec(words ?? '') ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

test('a break counts down from its limit, a wrap-up to its end; the key puts that off by a minute, twice by two', async () => {
  const page = await atDesk();
  await page.keyboard.press('Alt+n');
  await page.getByRole('menuitem', { name: /休息.*限 15 分钟/ }).click();
  await state(page).getByText('休息').waitFor();
  const begun = await left(page);
  expect(begun).toBeGreaterThan(14 * 60);
  expect(begun).toBeLessThanOrEqual(15 * 60);
  await expect.poll(() => left(page)).toBeLessThan(begun);
  await expectAccessible(page);

  await ready(page);
  await taken(page, '13800138701');
  await page.keyboard.press('F10');
  await state(page).getByText('整理').waitFor();
  expect(await left(page)).toBeLessThanOrEqual(5);
  await page.keyboard.press('Alt+w');
  await expect.poll(() => left(page)).toBeGreaterThan(55);
  await page.keyboard.press('Alt+w');
  await expect.poll(() => left(page)).toBeGreaterThan(110);
  expect(await left(page)).toBeLessThanOrEqual(125);
  await expectAccessible(page);
  await page.keyboard.press('Alt+q');
  await page.getByRole('alert').getByText('请先登记去向').waitFor();
  await page.keyboard.press('Alt+q');
  await state(page).getByText('示闲').waitFor();
});

test('whoever signs out by the list of breaks asks for nothing else, and comes back by the button', async () => {
  const page = await atDesk();
  const asked: string[] = [];
  page.on('request', (request) => {
    const wish = /agents\/me\/([\w-]+)/.exec(request.url())?.[1];
    if (wish !== undefined && request.method() === 'POST') asked.push(wish);
  });
  await page.keyboard.press('Alt+n');
  await page.getByRole('menuitem', { name: '签出' }).click();
  await state(page).getByText('未签入').waitFor();
  // A wish waits for those before it: what the list had asked for besides has been sent by then.
  await page.getByRole('button', { name: '签入', exact: true }).click();
  await state(page).getByText('刚签入').waitFor();
  expect(asked.filter((wish) => wish.startsWith('sign') || wish === 'not-ready')).toEqual([
    'sign-out',
    'sign-in',
  ]);
  expect(await page.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(0);
});

test('a key pressed while the one before has no answer is done after it; where no answer comes, or it is the same key, it is said not to be', async () => {
  const page = await atDesk();
  await ready(page);
  const held = async (path: RegExp) => {
    let release = (_: 'answer' | 'fail'): void => undefined;
    const released = new Promise<'answer' | 'fail'>((resolve) => {
      release = resolve;
    });
    await page.route(
      path,
      async (route) => ((await released) === 'answer' ? route.continue() : route.abort()),
      { times: 1 },
    );
    return { release, asked: page.waitForRequest(path) };
  };
  const pause = async (reason: RegExp): Promise<void> => {
    await page.keyboard.press('Alt+n');
    await page.getByRole('menuitem', { name: reason }).click();
  };
  const alert = page.getByRole('alert');
  const first = await held(/agents\/me\/not-ready/);
  await pause(/休息/);
  await first.asked;
  await page.keyboard.press('Alt+r');
  const done = page.waitForResponse(/agents\/me\/ready/);
  first.release('answer');
  expect((await done).status()).toBe(200);
  await state(page).getByText('示闲').waitFor();

  const lost = await held(/agents\/me\/not-ready/);
  await pause(/休息/);
  await lost.asked;
  await page.keyboard.press('Alt+r');
  lost.release('fail');
  await alert.getByText('“示闲 Alt+R”没有执行').waitFor();
  for (const told of browser.mishaps.splice(0)) expect(told).toContain('ERR_FAILED');

  await taken(page, '13800138708');
  const hold = await held(/agents\/me\/talk\/hold/);
  await page.keyboard.press('F4');
  await hold.asked;
  await page.keyboard.press('F4');
  await alert.getByText('“保持 F4”没有执行').waitFor();
  hold.release('answer');
  await call(page).getByText('市民保持中').waitFor();
  await over(page);
});

/** What the page has done to be noticed; as text: the tests know no types of a browser. */
const ATTENTION = `(() => {
  const seen = (globalThis.attention = { notices: [], closed: 0, tones: 0, silenced: 0 });
  const ringing = new Set();
  globalThis.Notification = class extends EventTarget {
    static permission = 'granted';
    static requestPermission = async () => 'granted';
    constructor(words) {
      super();
      seen.notices.push(words);
    }
    close() {
      seen.closed += 1;
    }
  };
  const { start } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = function (...at) {
    if (this instanceof OscillatorNode && this.frequency.value === 450) {
      seen.tones += 1;
      ringing.add(this.context);
    }
    return start.apply(this, at);
  };
  const { close } = AudioContext.prototype;
  AudioContext.prototype.close = function () {
    if (ringing.delete(this)) seen.silenced += 1;
    return close.apply(this);
  };
})()`;

test('a call rings with the tone of a telephone, a notice of the desktop and a title that blinks; answered, all three end', async () => {
  const page = await atDesk();
  await page.addInitScript({ content: ATTENTION });
  await page.goto('/knowledge');
  await lamp(page, '话机就绪').waitFor();
  await ready(page);
  const seen = () => page.evaluate<unknown>('globalThis.attention');
  expect(await seen()).toEqual({ notices: [], closed: 0, tones: 0, silenced: 0 });
  const citizen = await town.citizen({ dialled: '12345', number: '13800138702' });
  await expect.poll(seen).toMatchObject({ tones: 1, silenced: 0, closed: 0 });
  await expect.poll(() => page.title()).toContain('☎ 来电');
  // On whatever page he is: the one on which it is worked is opened.
  await call(page).getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
  await expect.poll(seen).toEqual({
    notices: [expect.stringMatching(/^来电/)],
    ...{ closed: 1, tones: 1, silenced: 1 },
  });
  expect(await page.title()).not.toContain('☎');
  citizen.hangUp();
  await state(page).getByText('整理').waitFor();
});

test('of two tabs one is the telephone, and says so in the other; it is closed, and the next call rings there', async () => {
  const page = await atDesk();
  const second = await page.context().newPage();
  town.visit(() => second.close());
  await speakThere(second, SHEN_HZ);
  await second.goto('/desk');
  await lamp(second, '话机在另一个标签页').waitFor();
  await expectAccessible(second);
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number: '13800138703' });
  await call(second).getByText('请在另一个标签页接听').waitFor();
  citizen.sound.speak(CITIZEN_HZ);
  await page.bringToFront();
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
  await untilPageHears(page, CITIZEN_HZ);
  await over(page);

  await page.close();
  await lamp(second, '话机就绪').waitFor();
  await ready(second);
  await taken(second, '13800138704');
  await over(second);
});

test('an agent without his desk telephone takes calls in the page by one key, and gives them back to it when it is there', async () => {
  const page = await newcomer('1002');
  await expectAccessible(page);
  await page.keyboard.press('Alt+b');
  await lamp(page, '话机就绪').waitFor();
  await ready(page);
  await taken(page, '13800138705');
  await over(page);

  const { name, secret } = await town.put<{ name: string; secret: string }>(
    '1002',
    '/v1/agents/me/phones/desk',
  );
  const phone = await Phone.open({ account: { name, secret, registrar: town.sip } });
  town.visit(() => phone.close());
  await phone.register();
  await lamp(page, '话机就绪').click();
  // The switch asks a fresh telephone whether it is there before it sends calls to it.
  const givenBack = async (): Promise<number> => {
    const answer = page.waitForResponse((one) => one.url().endsWith('/v1/agents/me/phone'));
    await page.getByRole('button', { name: '改用桌面话机' }).click();
    return (await answer).status();
  };
  await expect.poll(givenBack, { timeout: 20_000, interval: 1_000 }).toBe(200);
  await lamp(page, '桌面话机').waitFor();
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number: '13800138706' });
  const rung = await phone.nextCall(15_000);
  await call(page).getByText('话机不允许时，请拿起听筒').waitFor();
  await rung.answer();
  await town.converse(citizen, rung);
  await call(page).getByText('与市民通话').waitFor();
  await over(page);
});

/** The way of the telephone in a page to the switch, apart from that of the page itself. */
async function cuttable(page: Page) {
  const sockets = new Set<{ close(): Promise<void> }>();
  let open = true;
  await page.routeWebSocket(/\/sip$/, (socket) => {
    if (!open) return void socket.close();
    sockets.add(socket);
    socket.connectToServer();
  });
  return {
    cut: async () => {
      open = false;
      await Promise.all([...sockets].map((one) => one.close()));
    },
    mend: () => {
      open = true;
    },
  };
}

test('the telephone in the page is lost while he is ready: his calls ring on his desk; who has none there is told what to do', async () => {
  const page = await browser.window();
  const way = await cuttable(page);
  await speakThere(page, SHEN_HZ);
  await page.goto('/sign-in?to=/desk');
  await page.getByLabel('用户名').fill('shen');
  await page.getByLabel('密码').fill(DESK_PASSWORD);
  await page.keyboard.press('Enter');
  await lamp(page, '话机就绪').waitFor();
  town.visit(async () => {
    await page.request.post('/v1/agents/me/sign-out');
    await page.close();
  });
  await ready(page);
  await way.cut();
  const told = page.getByRole('alert').filter({ hasText: '本浏览器接不了来电' });
  await told.waitFor({ timeout: 20_000 });
  await told.getByText(/按 Alt\+N 示忙，换一台电脑登录/).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Alt+b');
  await told.getByText('您没有这种话机，请先开通').waitFor();

  const answer = await page.request.put('/v1/agents/me/phones/desk');
  const { name, secret } = (await answer.json()) as { name: string; secret: string };
  const phone = await Phone.open({ account: { name, secret, registrar: town.sip } });
  town.visit(() => phone.close());
  // The switch reads of the telephone in a moment.
  const registered = (): Promise<boolean> =>
    phone.register().then(
      () => true,
      () => false,
    );
  await expect.poll(registered, { timeout: 20_000, interval: 1_000 }).toBe(true);
  // By itself, without a key: nobody stands at a desk that rings nowhere.
  await page.getByText('已改由桌面话机接听。').first().waitFor({ timeout: 60_000 });
  await told.waitFor({ state: 'detached' });
  await lamp(page, '桌面话机').waitFor();
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number: '13800138707' });
  const rung = await phone.nextCall(15_000);
  await rung.answer();
  await town.converse(citizen, rung);
  await call(page).getByText('与市民通话').waitFor();
  await over(page);
  // The page is there again: he takes his calls back to it as the words say.
  way.mend();
  await lamp(page, '桌面话机').click();
  await page.getByRole('button', { name: '改用本浏览器' }).click();
  await lamp(page, '话机就绪').waitFor();
}, 120_000);

test('a new user: the printed account, one key, the call that the demo places, and both hear each other', async () => {
  const page = await newcomer('1001');
  const card = call(page);
  await card.getByText('按 Alt+R 示闲后开始派话。').waitFor();
  await page.keyboard.press('Alt+r');
  await page.getByText('桌面话机不通，来电已改由本浏览器接听。').waitFor();
  await state(page).getByText('示闲').waitFor();
  await lamp(page, '话机就绪').waitFor();
  await card.getByText('按 F2 接听').waitFor();

  const samples = Int16Array.from({ length: 2 * SAMPLE_RATE }, (_, at) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * CITIZEN_HZ * at) / SAMPLE_RATE)),
  );
  const told: string[] = [];
  const placed = placeOneCall(
    {
      ...{ apiUrl: town.apiUrl, sip: town.sip, host: '127.0.0.1', carrierPort: town.asterisk.carrierPort },
      accounts: [{ username: 'lead', password: town.passwordOf('lead') }],
      sipp: inject('tools').sipp,
    },
    { samples },
    (line) => told.push(line),
  );
  await card.getByText('来电，已等待').waitFor({ timeout: 30_000 });
  await page.keyboard.press('F2');
  await card.getByText('与市民通话').waitFor();
  await untilPageHears(page, CITIZEN_HZ, 30_000);
  await over(page);
  expect(await placed).toBe(0);
  // What it says to do are the keys that the page shows.
  expect(told[0]).toMatch(/按 Alt\+R 示闲，来电时按 F2 接听/);
  expect(told.join()).toContain('已接听，市民正在说话');
  const { id } = await town.callInBooks('13800138020');
  const sides = await town.recordingOf(id);
  const hears = (windows: readonly Int16Array[], hz: number): boolean =>
    windows.some((window) => toneShare(window, hz) > 0.8);
  expect([hears(sides.citizen, CITIZEN_HZ), hears(sides.staff, SHEN_HZ)]).toEqual([true, true]);
});

test('who gave up waiting comes onto the list by himself, is called back from it, heard, and ticked off', async () => {
  const number = '13800138707';
  const page = await atDesk();
  await page.getByRole('heading', { name: '待回拨的未接来电' }).waitFor();
  const item = page.getByRole('row').filter({ hasText: '138****8707' });
  expect(await item.count()).toBe(0);
  const citizen = await town.citizen({ dialled: '12345', number });
  await town.untilCallIs(number, 'queued');
  citizen.hangUp();
  // Nobody touches the page meanwhile.
  await item.getByText('排队中挂机').waitFor({ timeout: 45_000 });
  // Who hides his number cannot be called back; that he gave up is known all the same.
  const hidden = await town.citizen({ dialled: '12345', number: '' });
  await hidden.answered;
  await expect
    .poll(async () => (await town.lead.get<{ calls: readonly object[] }>('/v1/calls/live')).calls.length)
    .toBe(1);
  hidden.hangUp();
  const withheld = page.getByText('24 小时内另有 1 通未接来电隐藏了号码，无法回拨');
  await withheld.click({ timeout: 45_000 });
  const others = page.locator('details').filter({ has: withheld });
  await others.getByRole('row').filter({ hasText: '排队中挂机' }).waitFor();
  expect(await others.getByRole('button').count()).toBe(0);
  await expectAccessible(page);

  const line = await town.unitPhone();
  const callBack = async () => {
    const ringing = line.nextCall(30_000);
    await item.getByRole('button', { name: '领取并回拨' }).click();
    await call(page).getByText('外呼，请接听本人话机').waitFor();
    await call(page).getByText('未接来电回拨').waitFor();
    await page.keyboard.press('F2');
    return await ringing;
  };
  // He is on the telephone: nothing has come of it, and the item stands where it stood.
  (await callBack()).reject(486);
  await state(page).getByText('整理').waitFor();
  await item.getByRole('button', { name: '未联系上' }).waitFor({ timeout: 20_000 });
  await state(page)
    .getByText(/示忙|示闲/)
    .waitFor();

  const his = await callBack();
  expect(his.dialled).toBe(number);
  await his.answer();
  his.sound.speak(CITIZEN_HZ);
  await call(page).getByText('与市民通话').waitFor();
  await Promise.all([untilPageHears(page, CITIZEN_HZ), his.sound.untilHears(SHEN_HZ, 15_000)]);
  await page.keyboard.press('F10');
  expect(await his.ended).toBe('byThem');
  await state(page).getByText('整理').waitFor();
  await page.keyboard.press('Alt+h');
  await page.getByRole('textbox', { name: '无效来电的理由' }).waitFor();
  await page.keyboard.press('Alt+Shift+4');
  await page.getByRole('status', { name: '通话去向' }).getByText('无效来电').waitFor();
  await page.keyboard.press('Alt+q');

  await item.getByRole('button', { name: '已联系' }).click();
  await item.waitFor({ state: 'detached' });
  const row = await town.inBooks<{ state: string; result: string }>(
    'select state, result from missed_calls where number = $1',
    [number],
  );
  expect(row).toEqual({ state: 'done', result: 'reached' });
}, 120_000);

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
