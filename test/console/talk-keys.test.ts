import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { localDateOf } from '../../src/domain/deadlines/local-time.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk as deskOf, employ, ready, presence as state } from '../support/desk-page.ts';
import { untilPageHears } from '../support/desk-voice.ts';
import { CITIZEN_HZ, Town } from '../support/town.ts';

// Whom an agent brings into a talk, swaps with, gives it to and waits for: each by a key of the page, and heard by whom it is.

const [SHEN_HZ, GU_HZ, POLICE_HZ] = [1_300, 1_900, 2_300];
let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  await employ(town, [
    { username: 'shen', displayName: '沈悦', number: '1101' },
    { username: 'gu', displayName: '顾明', number: '1102' },
  ]);
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

const call = (page: Page) => page.getByRole('article');
const key = (page: Page, name: string | RegExp) => page.getByRole('toolbar').getByRole('button', { name });
const parties = (page: Page) => page.getByRole('region', { name: '通话各方' });
const atDesk = (username: 'shen' | 'gu', hz: number): Promise<Page> =>
  deskOf(town, browser, { username, hz });
/** A citizen calls, and the page that becomes ready takes the call: both hear each other. */
async function answered(page: Page, number: string): Promise<Citizen> {
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number });
  await call(page).getByText('来电，已等待').waitFor();
  citizen.sound.speak(CITIZEN_HZ);
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
  await Promise.all([untilPageHears(page, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);
  return citizen;
}
/** Whom he looks for stands first in the directory. */
async function sought(page: Page, words: string, found: RegExp): Promise<void> {
  await page.keyboard.press('F8');
  const directory = page.getByRole('dialog', { name: '通讯录' });
  await directory.getByRole('textbox').first().fill(words);
  await directory.locator('[aria-current=true]').filter({ hasText: found }).waitFor();
}

test('a consultation is swapped with the citizen and back by one key, and completed by another: the colleague has him', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138711');
  const colleague = await atDesk('gu', GU_HZ);
  await ready(colleague);
  await sought(page, '顾明', /顾明/);
  await page.keyboard.press('Enter');
  await call(colleague).getByText('来电，已等待').waitFor();
  await colleague.keyboard.press('F2');
  await call(page).getByText('与对方咨询，市民听音乐').waitFor();
  await untilPageHears(page, GU_HZ);

  await page.keyboard.press('Alt+s');
  await call(page).getByText('已切回市民，对方听音乐').waitFor();
  await Promise.all([untilPageHears(page, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);
  await expectAccessible(page);
  await page.keyboard.press('Alt+s');
  await call(page).getByText('与对方咨询，市民听音乐').waitFor();
  await Promise.all([untilPageHears(page, GU_HZ), untilPageHears(colleague, SHEN_HZ)]);

  await page.keyboard.press('Alt+c');
  await state(page).getByText('整理').waitFor();
  await call(colleague).getByText('与市民通话').waitFor();
  await Promise.all([untilPageHears(colleague, CITIZEN_HZ), citizen.sound.untilHears(GU_HZ, 15_000)]);
  await colleague.keyboard.press('F10');
  await state(colleague).getByText('整理').waitFor();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
});

test('what is sensitive is not recorded from one press of the key to the next, and the card says so meanwhile', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138712');
  const told = call(page).getByText(/^录音暂停 /);
  await page.keyboard.press('Alt+p');
  await told.waitFor();
  await expectAccessible(page);
  await key(page, /^恢复录音/).waitFor();
  await page.keyboard.press('Alt+p');
  await told.waitFor({ state: 'detached' });
  await key(page, /^暂停录音/).waitFor();
  await page.keyboard.press('F10');
  await state(page).getByText('整理').waitFor();
  await citizen.ended;
  const { facts } = await town.callInBooks('13800138712');
  const types = facts.map(({ type }) => type).filter((type) => /^recording(Paused|Resumed)$/.test(type));
  expect(types).toEqual(['recordingPaused', 'recordingResumed']);
});

test('an emergency desk is brought in from the directory by keyboard; until it has accepted nobody leaves', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138713');
  const desk = await town.unitPhone();
  const ringing = desk.nextCall(20_000);
  await page.keyboard.press('F8');
  const directory = page.getByRole('dialog', { name: '通讯录' });
  const emergency = directory.getByRole('button', { name: /110/ }).first();
  await emergency.waitFor();
  await directory.getByRole('textbox').first().and(page.locator(':focus')).waitFor();
  // From the field to the emergency desks, without the mouse.
  const focused = page.locator(':focus');
  await page.keyboard.press('Tab');
  while (!/110/.test((await focused.textContent()) ?? '')) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const police = await ringing;
  expect(police).toMatchObject({ dialled: '110', from: '12345' });
  await police.answer();
  police.sound.speak(POLICE_HZ);
  await parties(page).getByText('尚未受理').waitFor();
  await Promise.all([untilPageHears(page, POLICE_HZ), citizen.sound.untilHears(POLICE_HZ, 20_000, 2)]);
  await expectAccessible(page);

  await page.keyboard.press('Alt+v');
  await page.getByRole('alert').getByText('紧急台尚未受理，请留在通话中，或先移出紧急台').first().waitFor();
  await call(page).getByText('与市民通话').waitFor();
  await page.keyboard.press('Alt+a');
  await parties(page).getByText('尚未受理').waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+v');
  await state(page).getByText('整理').waitFor();
  await Promise.all([
    citizen.sound.untilHears(POLICE_HZ, 15_000),
    police.sound.untilHears(CITIZEN_HZ, 15_000),
  ]);
  await police.hangUp();
  await citizen.ended;
  const { facts } = await town.callInBooks('13800138713');
  expect(facts.find(({ type }) => type === 'emergencyAccepted')?.body).toMatchObject({ desk: '110' });
  for (const mishap of browser.mishaps.splice(0)) expect(mishap).toContain('status of 409');
});

test('a unit comes in as the third at once, is silenced, and is put out again while the citizen stays', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138714');
  const unit = await town.unitPhone();
  const ringing = unit.nextCall(20_000);
  await page.getByLabel('地点').first().fill('如城街道人民路1号');
  await sought(page, '司法', /司法/);
  await page.getByTestId('along').getByText('地点 如城街道人民路1号').waitFor();
  await page.keyboard.press('Alt+i');
  const asked = await ringing;
  // E6: the unit need not ask again.
  expect(decodeURIComponent(asked.sipHeader('X-12345-Location'))).toBe('如城街道人民路1号');
  await asked.answer();
  asked.sound.speak(GU_HZ);
  const row = parties(page).getByRole('listitem').filter({ hasText: '司法' });
  await row.getByRole('button', { name: '静音', exact: true }).waitFor();
  await citizen.sound.untilHears(GU_HZ, 20_000, 2);
  await row.getByRole('button', { name: '静音', exact: true }).press('Enter');
  await row.getByText('已静音').waitFor();
  await citizen.sound.untilHears(SHEN_HZ, 15_000);
  await row.getByRole('button', { name: '移出' }).press('Enter');
  expect(await asked.ended).toBe('byThem');
  await row.waitFor({ state: 'detached' });
  await Promise.all([untilPageHears(page, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);
  await page.keyboard.press('F10');
  await state(page).getByText('整理').waitFor();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
});

test('what happened in a call is read afterwards: who hung up first, after what, and why this agent was rung', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138715');
  await citizen.hangUp();
  await state(page).getByText('整理').waitFor();
  const { id } = await town.callInBooks('13800138715');
  // Without their names queues stand there by their codes: said, and no reason to show no calls.
  const problem = { code: 'request.tooOften', title: '请求过于频繁', titleEn: 'Too often', status: 429 };
  await page.route('**/v1/queues', (route) =>
    route.fulfill({ status: 429, json: { ...problem, instance: 'x' } }),
  );
  await page.goto('/calls');
  const unnamed = page.getByRole('alert').filter({ hasText: '未取到队列名称' });
  await unnamed.waitFor();
  await page.getByRole('gridcell', { name: 'general', exact: true }).first().waitFor();
  await page.unroute('**/v1/queues');
  await unnamed.getByRole('button', { name: '重试' }).click();
  await unnamed.waitFor({ state: 'detached' });
  await page.getByRole('gridcell', { name: '总席', exact: true }).first().waitFor();
  await page
    .getByRole('grid', { name: '通话' })
    .getByRole('row')
    .filter({ hasText: '话务员接听' })
    .first()
    .click();
  const record = page.getByRole('region', { name: '经过' });
  await record
    .getByTestId('ending')
    .getByText(/市民先挂机，已通话/)
    .waitFor();
  await record.getByText(/呼叫 1101：general：最长空闲/).waitFor();
  await record.getByText(/^.*离开队列 .*：已接听$/).waitFor();
  await expectAccessible(page);

  // It came to no ticket, and is heard from here all the same, for a purpose (F5).
  await town.recordingOf(id);
  await page.reload();
  await page.getByRole('row').filter({ hasText: '话务员接听' }).first().click();
  await record.getByText('与市民的通话').waitFor();
  await record.getByRole('button', { name: '收听' }).click();
  const asked = page.getByRole('dialog', { name: '收听' });
  await asked.getByLabel('用途').fill('复核告知内容');
  await page.keyboard.press('Enter');
  await record.locator('audio').waitFor();
  await expect
    .poll(() => record.locator('canvas').getAttribute('data-columns').then(Number))
    .toBeGreaterThan(0);
  const { reason } = await town.inBooks<{ reason: string }>(
    `select reason from audit_trail where action = 'call.recordingPlayed' and subject_id = $1`,
    [id],
  );
  expect(reason).toBe('复核告知内容');
  await expectAccessible(page);
  // Who reads English reads it all so: names alone are Chinese.
  await page.evaluate(`localStorage.setItem('yihaotong.language', 'en')`);
  await page.reload();
  await page.getByRole('row').filter({ hasText: 'Answered by an agent' }).first().click();
  const told = page.getByRole('region', { name: 'What happened' }).locator('ol');
  await told.getByText(/idle longest/).waitFor();
  const words = (await told.textContent())?.replaceAll('总席', '');
  expect(words).not.toMatch(/\p{Script=Han}/u);
});

test('how the queues and who employs the agents did, and how an agent spent his day, is read on pages and kept', async () => {
  const own = await atDesk('shen', SHEN_HZ);
  await own.getByRole('link', { name: '我的一天' }).click();
  await own.getByRole('heading', { name: '沈悦 的一天' }).waitFor();
  const intervals = own.getByRole('table', { name: '经过' });
  await intervals.getByRole('row').filter({ hasText: '通话' }).first().waitFor();

  const page = await browser.signedIn('lead', town.passwordOf('lead'), '/reports');
  const report = await town.lead.get<{
    from: string;
    total: Record<string, number>;
    reconciles: boolean;
  }>(
    `/v1/reports/queues?from=${localDateOf(Date.now(), 'Asia/Shanghai')}&to=${localDateOf(Date.now(), 'Asia/Shanghai')}`,
  );
  const queues = page.getByRole('region', { name: '各队列' });
  await queues.getByRole('rowheader', { name: '总席' }).waitFor();
  const { offered, answered, overflowed, abandoned } = report.total;
  expect(answered).toBeGreaterThan(0);
  const sum = queues.getByRole('row').filter({ hasText: '合计' }).getByRole('cell');
  expect((await sum.allInnerTexts()).slice(0, 4)).toEqual(
    [offered, answered, overflowed, abandoned].map(String),
  );
  await queues.getByText('核对：每个队列的进入等于各去向之和').waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    queues.getByRole('button', { name: '下载表格' }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/^各队列-.+\.csv$/);
  await expectAccessible(page);

  await page.getByRole('tab', { name: '派出单位考核' }).click();
  const employers = page.getByRole('region', { name: '派出单位考核' });
  await employers.getByText(/^核对：各单位接听之和等于队列接听合计/).waitFor();
  await employers.getByRole('columnheader', { name: '15秒接通率' }).waitFor();
  await employers.getByRole('button', { expanded: false }).first().click();
  await expectAccessible(page);
  await employers.getByRole('link', { name: '1101 沈悦' }).click();

  // Whom the board names is looked at as well; what he did stands under his name.
  const day = page.getByRole('region', { name: '话务员的一天' });
  await day.getByRole('heading', { name: '1101 沈悦 的一天' }).waitFor();
  await day
    .getByTestId('signedIn')
    .getByText(/^签入 \d+:\d\d/)
    .waitFor();
  await day.getByRole('table', { name: '合计' }).getByRole('row').filter({ hasText: '整理' }).waitFor();
  await expectAccessible(page);
  await day.getByRole('button', { name: '前一天' }).click();
  await day.getByText('这一天没有签入：请换一天查看。').waitFor();
  await page.goto('/lead');
  await page.getByRole('link', { name: '1101 沈悦' }).click();
  await day.getByRole('heading', { name: '1101 沈悦 的一天' }).waitFor();
  await page.context().close();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
