import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, employ } from '../support/desk-page.ts';
import { pageHears } from '../support/desk-voice.ts';
import { Town } from '../support/town.ts';
import { answered, goesOn, HZ, hears } from '../support/voices.ts';

/** Of the desks of a town of tests. */
const WRAP_UP_MS = 5_000;
let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  await employ(town, [
    { username: 'chen', displayName: '陈岚', number: '1190', roles: ['lead'], queues: ['desk-water'] },
    { username: 'shen', displayName: '沈悦', number: '1191' },
  ]);
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

/** With a telephone in the page, signed in by having opened it, and not ready. */
const seated = (username: 'chen' | 'shen', path: string, hz: number = HZ.second): Promise<Page> =>
  atDesk(town, browser, { username, path, hz });
const callsOf = (page: Page) => page.getByRole('region', { name: /^通话 / });
const agentsOf = (page: Page) => page.getByRole('region', { name: /^话务员/ });
/** A lead does something to the one talk there is. */
async function actOn(page: Page, mode: string, reason: string): Promise<void> {
  await callsOf(page).getByRole('button', { name: mode, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: mode });
  await dialog.getByLabel('理由').fill(reason);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}
/** A lead's own seat, as call control has it. */
const seatOf = async (number: string) =>
  (
    await town.lead.get<{ agents: { number: string; queues: string[]; lent?: string[] }[] }>('/v1/agents')
  ).agents.find((one) => one.number === number);

test('a call is seen from its arrival, with the reason why it waits, until an agent has it', async () => {
  const page = await browser.signedIn('lead', town.passwordOf('lead'), '/lead');
  await page.getByText('现在没有通话').waitFor();
  const citizen = await town.citizen({ dialled: '12345', number: '13800138051' });
  const calls = callsOf(page);
  await calls.getByText('排队', { exact: true }).waitFor({ timeout: 30_000 });
  // Why, beside it: in the language of whoever leads.
  await calls.getByText('没有话务员签入').waitFor();
  const english = await browser.window();
  await english.addInitScript(`localStorage.setItem('yihaotong.language', 'en')`);
  const data = { username: 'lead', password: town.passwordOf('lead') };
  await english.request.post('/v1/session', { data });
  await english.goto('/lead');
  await english.getByText(/no agent is signed in/).waitFor();
  await english.close();
  // The row opens by a key: why it waits now, and what was told of it before.
  await page.keyboard.press('w');
  const why = calls.getByRole('region', { name: '为何仍在等待' });
  await why.getByRole('status').getByText('没有话务员签入').waitFor();
  await why.getByRole('listitem').getByText('没有话务员签入').waitFor();
  await calls.getByRole('button', { name: /没有话务员签入/, expanded: true }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await why.waitFor({ state: 'detached' });
  await calls.getByRole('button', { name: /没有话务员签入/, expanded: false }).focus();
  await page.keyboard.press('Enter');
  await why.waitFor();
  const agent = await town.agent('1001');
  const call = await agent.phone.nextCall(30_000);
  await call.answer();
  await town.converse(citizen, call);
  await calls.getByText('通话', { exact: true }).waitFor();
  await why.getByText('已不在排队').waitFor();
  await page.keyboard.press('Escape');
  await calls.getByRole('button', { name: '耳语' }).click();
  // A reason goes on record before anybody listens.
  const dialog = page.getByRole('dialog', { name: '耳语' });
  await dialog.getByRole('button', { name: '耳语' }).click();
  await dialog.getByText('请填写理由').waitFor();
  await expectAccessible(page);
  // Who has no telephone of the own is told what to do.
  await dialog.getByLabel('理由').fill('新人带教');
  await page.keyboard.press('Enter');
  await dialog.getByText('请由管理员为班长账号开通座席').waitFor();
  await page.keyboard.press('Escape');
  await call.hangUp();
  await citizen.ended;
  await page.getByText('现在没有通话').waitFor({ timeout: 30_000 });
});

test('who is on a break stands there with its reason', async () => {
  const page = await browser.signedIn('lead', town.passwordOf('lead'), '/lead');
  const desk = await seated('shen', '/desk');
  const row = agentsOf(page).getByRole('row', { name: /沈悦/ });
  await row.getByText('刚签入').waitFor();
  expect((await desk.request.post('/v1/agents/me/not-ready', { data: { reason: 'meeting' } })).ok()).toBe(
    true,
  );
  await row.getByText('会议').waitFor();
  await row.getByText('示忙', { exact: true }).waitFor();
});

test('a lead listens, whispers, joins and takes over from the board, at the telephone in his page: heard by whom he is to be heard', async () => {
  const page = await seated('chen', '/lead');
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138052' });
  const call = await answered(await agent.phone.nextCall(20_000), 'first');
  await citizen.answered;
  citizen.sound.speak(HZ.citizen);
  await hears(citizen.sound, 'first');
  await callsOf(page).getByText('通话', { exact: true }).waitFor();
  const strip = page.getByRole('region', { name: '正在旁听' });
  const act = (mode: string, reason: string) => actOn(page, mode, reason);
  const bothTalk = () => pageHears(page, [HZ.citizen, HZ.first], [HZ.second]);

  await act('侦听', '新人带教');
  await strip.getByText('您的话机在振铃').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('F2');
  await strip.getByText('正在旁听').waitFor();
  await Promise.all([bothTalk(), hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  expect(new URL(page.url()).pathname).toBe('/lead');

  await act('耳语', '提示答复口径');
  await Promise.all([bothTalk(), hears(call.sound, 'citizen', 'second'), hears(citizen.sound, 'first')]);
  await goesOn(citizen.sound);
  await act('插入', '市民情绪激动');
  await Promise.all([
    hears(citizen.sound, 'first', 'second'),
    hears(call.sound, 'citizen', 'second'),
    bothTalk(),
  ]);
  await act('侦听', '市民已平复');
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  // Ended by a key; the talk goes on as it was.
  await page.keyboard.press('Escape');
  await strip.waitFor({ state: 'detached' });
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);

  await act('插入', '市民要求班长');
  await page.keyboard.press('F2');
  await hears(citizen.sound, 'first', 'second');
  await act('拦截', '话务员无法处理');
  expect(await call.ended).toBe('byThem');
  // The citizen is the lead's own call now, on his desk.
  await page.getByRole('article').getByText('与市民通话').waitFor();
  expect(new URL(page.url()).pathname).toBe('/desk');
  await Promise.all([hears(citizen.sound, 'second'), pageHears(page, [HZ.citizen], [HZ.first, HZ.second])]);
  await page.keyboard.press('F10');
  await page.getByTestId('presence').getByText('整理').waitFor();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  const { id, ...detail } = await town.callInBooks('13800138052');
  expect(detail).toMatchObject({ result: 'answeredByAgent', releasedBy: 'agent' });
  const { reasons } = await town.inBooks<{ reasons: readonly string[] }>(
    `select array_agg(reason order by at) as reasons from audit_trail
     where subject_id = $1 and action = 'call.listenedIn'`,
    [id],
  );
  expect(reasons.map((reason) => reason.split(':')[0])).toEqual([
    ...['monitor', 'whisper', 'barge', 'monitor', 'barge', 'takeOver'],
  ]);
}, 240_000);

test('an agent reads at his desk which lead whispers, joins and takes over; of one who listens he reads nothing', async () => {
  const desk = await seated('shen', '/desk', HZ.first);
  const told = desk.getByTestId('lead-at-talk');
  await desk.keyboard.press('Alt+r');
  await desk.getByTestId('presence').getByText('示闲').waitFor();
  const page = await seated('chen', '/lead');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138054' });
  await desk.getByRole('button', { name: '接听' }).waitFor({ timeout: 30_000 });
  await desk.keyboard.press('F2');
  await citizen.answered;
  await callsOf(page).getByText('通话', { exact: true }).waitFor();
  await actOn(page, '侦听', '新人带教');
  await page.keyboard.press('F2');
  await page.getByRole('region', { name: '正在旁听' }).getByText('正在旁听').waitFor();
  await actOn(page, '耳语', '提示答复口径');
  await told.getByText('班长 陈岚 耳语中，市民听不到').waitFor();
  await actOn(page, '侦听', '市民已平复');
  await told.waitFor({ state: 'detached' });
  await actOn(page, '插入', '市民要求班长');
  await told.getByText('班长 陈岚 已加入通话').waitFor();
  await expectAccessible(desk);
  await actOn(page, '拦截', '话务员无法处理');
  await told.getByText('班长 陈岚 接替了您的通话').waitFor();
  await desk.getByRole('button', { name: 'English' }).click();
  await told.getByText('Lead 陈岚 has taken over your call').waitFor();
  await page.keyboard.press('F10');
  expect(await citizen.ended).toMatchObject({ code: 0 });
  await expect.poll(() => seatOf('1190')).toMatchObject({ state: 'WRAP_UP' });
}, 240_000);

test('a lead moves an agent to another queue while he works, and the next caller of that queue rings there', async () => {
  const agent = await town.agent('1002');
  const page = await browser.signedIn('lead', town.passwordOf('lead'), '/lead');
  await page.getByLabel(/^筛选/).fill('1002');
  const agents = agentsOf(page);
  await agents.getByRole('button', { name: '调整队列' }).click();
  const dialog = page.getByRole('dialog', { name: /调整队列/ });
  // Ticks that he turned away from are none.
  const water = dialog.getByRole('checkbox', { name: '供水专席' });
  await dialog.getByText('供水专席', { exact: true }).click();
  expect(await water.isChecked()).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await agents.getByRole('button', { name: '调整队列' }).click();
  await dialog.getByText('供水专席', { exact: true }).waitFor();
  expect(await water.isChecked()).toBe(false);
  // Out of the general desk, into the water desk.
  await dialog.getByText('总席', { exact: true }).click();
  await dialog.getByText('供水专席', { exact: true }).click();
  await dialog.getByRole('button', { name: '调整队列' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await seatOf('1002'))?.queues).toEqual(['desk-water']);
  await agents.getByText('供水专席', { exact: true }).waitFor();
  const ringing = agent.phone.nextCall(20_000);
  const citizen = await town.citizen({ dialled: '051384120002', number: '13800138053' });
  const call = await ringing;
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  await call.ended;
  expect((await town.callInBooks('13800138053')).queue).toBe('desk-water');
  await agent.untilState('WRAP_UP', 10_000);

  await agents.getByRole('button', { name: '强制签出' }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('换班提前离岗');
  await page.keyboard.press('Enter');
  await page.getByText('没有符合条件的话务员').waitFor();
  expect(await agent.seen()).toMatchObject({
    state: 'SIGNED_OUT',
    signOut: { reason: 'forced', note: '换班提前离岗' },
  });
});

test('高峰模式: one switch recalls, brings helpers, hurries and tells; ended, everything is what it was', async () => {
  const page = await seated('chen', '/lead');
  const desk = await seated('shen', '/desk');
  await desk.keyboard.press('Alt+n');
  await desk.getByRole('menuitem', { name: '会议' }).click();
  await desk.getByTestId('presence').getByText('会议').waitFor();
  const agent = await town.agent('1001');

  await page.getByRole('button', { name: '高峰模式…' }).click();
  const dialog = page.getByRole('dialog', { name: '高峰模式' });
  const queues = dialog.getByRole('group', { name: '忙不过来的队列' });
  // The desk that most have called today is what is proposed.
  expect(await queues.getByRole('checkbox', { checked: true }).count()).toBe(1);
  expect(await queues.getByRole('checkbox', { name: '总席' }).isChecked()).toBe(true);
  await dialog.getByLabel('整理秒数').fill('4');
  await dialog.getByLabel(/^来电先听到的提示/).fill('城东停水正在抢修，预计十八时恢复。');
  await dialog.getByLabel('理由').fill('强降雨来电激增');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });

  const strip = page.getByRole('region', { name: '高峰模式' });
  // She, and the sample's return visitor.
  await strip.getByText(/支援 2 人 · 整理 4 秒 · 30 秒后提示回拨 · 提示「城东停水/).waitFor();
  await strip.getByText('示忙 1 人：1191 沈悦').waitFor();
  await page.getByRole('status').getByText('请签入并示闲，支援接听').waitFor();
  await desk
    .getByRole('status')
    .getByText(/高峰模式至 .*请尽快示闲/)
    .waitFor();
  await expectAccessible(page);
  await expect
    .poll(() => seatOf('1190'))
    .toMatchObject({ queues: ['desk-water', 'general'], lent: ['general'] });
  // Moved by hand meanwhile: what was lent does not become his own.
  await page.getByLabel(/^筛选/).fill('1190');
  await agentsOf(page).getByRole('button', { name: '调整队列' }).click();
  const moving = page.getByRole('dialog', { name: /调整队列/ });
  expect(await moving.getByRole('checkbox', { checked: true }).count()).toBe(1);
  await page.keyboard.press('Escape');
  await moving.waitFor({ state: 'detached' });

  const wrapUpOf = async (number: string): Promise<number> => {
    const citizen = await town.citizen({ dialled: '12345', number });
    const call = await agent.phone.nextCall(30_000);
    await call.answer();
    await town.converse(citizen, call);
    await call.hangUp();
    await citizen.ended;
    const seat = await agent.untilState('WRAP_UP', 10_000);
    const { wrapUpUntilMs, sinceMs } = seat as unknown as { wrapUpUntilMs: number; sinceMs: number };
    await agent.api.post('/v1/agents/me/end-wrap-up');
    await agent.untilState('READY', 10_000);
    return wrapUpUntilMs - sinceMs;
  };
  expect(await wrapUpOf('13800138054')).toBe(4_000);
  await desk.keyboard.press('Alt+r');
  await strip.getByText('示忙的都已回来').waitFor();

  await strip.getByRole('button', { name: '结束高峰模式' }).click();
  const ending = page.getByRole('dialog', { name: '结束高峰模式' });
  await ending.getByLabel('理由').fill('来电已回落');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: '高峰模式…' }).waitFor();
  await expect.poll(async () => (await seatOf('1190'))?.queues).toEqual(['desk-water']);
  const { announcements } = await town.lead.get<{ announcements: { state: string; text: string }[] }>(
    '/v1/announcements',
  );
  expect(announcements[0]).toMatchObject({ state: 'closed', text: '城东停水正在抢修，预计十八时恢复。' });
  await desk.keyboard.press('Alt+n');
  await desk.getByRole('menuitem', { name: '会议' }).click();
  await desk.getByText('请尽快示闲').waitFor({ state: 'detached' });
  expect(await wrapUpOf('13800138055')).toBe(WRAP_UP_MS);
}, 240_000);

test('the share of calls connected within fifteen seconds over a rolling day stands there, with its worst window', async () => {
  interface Rate {
    readonly latest: { readonly percent: number | null };
    readonly worst: { readonly percent: number | null } | null;
  }
  const rate = () => town.lead.get<Rate>('/v1/reports/connection-rate');
  const written = (percent: number | null | undefined) => `${percent?.toFixed(2)}%`;
  // The calls of the tests before are in it, each when its minute is whole.
  await expect
    .poll(rate, { timeout: 90_000, interval: 1_000 })
    .toMatchObject({ latest: { percent: expect.any(Number) }, worst: { percent: expect.any(Number) } });
  const page = await browser.signedIn('lead', town.passwordOf('lead'), '/lead');
  const strip = page.getByText('15 秒接通率（24 小时）').locator('..');
  // One more minute may become whole between the two readings.
  await vi.waitFor(
    async () => {
      const { latest, worst } = await rate();
      const words = await strip.textContent();
      expect(words).toContain(written(latest.percent));
      expect(words).toContain(`最差时段 ${written(worst?.percent)}`);
    },
    { timeout: 90_000, interval: 1_000 },
  );
}, 240_000);

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
