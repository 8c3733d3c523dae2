import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CONTACT_TALK_MS } from '../../src/domain/tickets/contact-proof.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, employ, presence, ready } from '../support/desk-page.ts';
import { untilPageHears } from '../support/desk-voice.ts';
import { keyWayHere, SippCitizen } from '../support/sipp-citizen.ts';
import { inDialog, inState, move } from '../support/ticket-page.ts';
import { CITIZEN_HZ, PROMPT_HZ, Town } from '../support/town.ts';

// One matter the whole way, from the citizen's call to the archive: everybody at a page of his own in a real browser, every
// telephone a real one. What one does appears before the next; nobody is handed anything past the pages.

const CITIZEN = '13800138501';
const UNIT_PHONE = '051384139078';
const [SHEN_HZ, LUO_HZ, UNIT_HZ] = [1_300, 1_900, 2_600];
const WORDS = '水管爆裂，自来水漫到路面上，请尽快维修。';

let town: Town;
let browser: ConsoleBrowser;
/** The unit's page, open from before the call until all is done, and all that it was told. */
let unit: Page;
let told: readonly string[];
let ticket: { readonly id: string; readonly number: string; readonly callId: string };
beforeAll(async () => {
  town = await Town.found();
  await employ(town, [
    { username: 'shen', displayName: '沈悦', number: '1101' },
    { username: 'luo', displayName: '骆琴', number: '1102', roles: ['returnVisitor'] },
  ]);
  const operator = await town.as('operator');
  await operator.post('/v1/unit-phones', { unitCode: 'water', number: UNIT_PHONE, label: '抢修班' });
  // These calls are placed at night as well.
  const rules = await operator.get<object>('/v1/outbound-rules');
  const quietHours = { fromMinute: 0, toMinute: 0 };
  await town.put('operator', '/v1/outbound-rules', { ...rules, quietHours, reason: '测试不分昼夜' });
  browser = await ConsoleBrowser.open(town.apiUrl);
  unit = await browser.window();
  told = overhear(unit);
  await unit.request.post('/v1/session', {
    data: { username: 'unit.water', password: town.passwordOf('unit.water') },
  });
  await unit.goto('/unit');
  await unit.getByText('这里没有工单。').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

const at = (username: string, path: string): Promise<Page> =>
  browser.signedIn(username, town.passwordOf(username), path);
/** The call, as a whole. */
const call = (page: Page) => page.getByRole('article');

/** Whatever the server tells this page from now on, as text. */
function overhear(page: Page): readonly string[] {
  const heard: string[] = [];
  page.on('response', (response) => {
    // Of a redirect, or of a page that was left meanwhile, there is no text.
    void response.text().then(
      (text) => heard.push(text),
      () => undefined,
    );
  });
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => heard.push(String(payload)));
  });
  return heard;
}

test('the citizen calls: the page rings, both hear each other, and without the mouse his words become a ticket', async () => {
  const { categories } = await town.lead.get<{ categories: readonly { code: string; name: string }[] }>(
    '/v1/categories',
  );
  const category = categories.find(({ code }) => code === 'utilities.water')?.name ?? '';
  const page = await atDesk(town, browser, { username: 'shen', hz: SHEN_HZ });
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number: CITIZEN });
  await call(page).getByText('来电，已等待').waitFor();
  citizen.sound.speak(CITIZEN_HZ);
  await page.keyboard.press('F2');
  await Promise.all([untilPageHears(page, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);

  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type(WORDS);
  await page.keyboard.press('Tab');
  await page.keyboard.type('水管爆裂漫水');
  await page.keyboard.press('Tab');
  await page.keyboard.type('余荡村五组');
  await page.keyboard.press('Control+3');
  await page.keyboard.press('Alt+l');
  await page.keyboard.type(category);
  await page.getByRole('option', { name: category }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('转为工单还需').waitFor({ state: 'detached' });
  const units = page.getByRole('region', { name: '承办单位' });
  await units.getByRole('button', { name: /自来水/ }).waitFor();
  await page.keyboard.press('Alt+7');
  await page.keyboard.press('Control+Enter');
  const reached = page.getByRole('status', { name: '通话去向' });
  await reached.getByText('转工单').waitFor();
  await page.keyboard.press('F10');
  await presence(page).getByText('整理').waitFor();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  await page.keyboard.press('Alt+q');
  await presence(page).getByText('示闲').waitFor();

  const { id: callId } = await town.callInBooks(CITIZEN);
  const { tickets } = await town.lead.get<{ tickets: readonly { id: string; number: string }[] }>(
    `/v1/tickets?callId=${callId}`,
  );
  expect(tickets).toMatchObject([{ callId, title: '水管爆裂漫水', state: 'dispatched' }]);
  const [written] = tickets;
  if (written === undefined) throw new Error('no ticket');
  ticket = { ...written, callId };
});

test('it stands in the unit’s page by itself; signed for, the citizen is called through the centre, his number nowhere', async () => {
  await unit.getByRole('gridcell', { name: ticket.number }).click();
  await inState(unit, '已派单');
  await move(unit, '签收');
  await inState(unit, '已签收');
  await expectAccessible(unit);

  const carrier = await town.unitPhone();
  const ringing = carrier.nextCall(20_000);
  await unit.keyboard.press('Alt+c');
  const own = await ringing;
  expect({ dialled: own.dialled, from: own.from }).toEqual({ dialled: UNIT_PHONE, from: '12345' });
  expect(own.displayName).not.toContain(CITIZEN);
  const calls = unit.getByRole('region', { name: '电话联系' });
  await calls.getByText('进行中').waitFor();
  const his = carrier.nextCall(20_000);
  await own.answer();
  await own.connected;
  await own.sound.untilHears(PROMPT_HZ['unit-call-confirm'], 8_000);
  await own.sound.press('1');
  const citizen = await his;
  expect({ dialled: citizen.dialled, from: citizen.from }).toEqual({ dialled: CITIZEN, from: '12345' });
  await citizen.answer();
  await citizen.connected;
  const since = Date.now();
  own.sound.forget();
  citizen.sound.forget();
  own.sound.speak(UNIT_HZ);
  citizen.sound.speak(CITIZEN_HZ);
  await Promise.all([own.sound.untilHears(CITIZEN_HZ, 8_000), citizen.sound.untilHears(UNIT_HZ, 8_000)]);
  // As long as a talk must last to stand for a contact.
  await expect
    .poll(() => Date.now() - since, { timeout: 2 * CONTACT_TALK_MS, interval: 250 })
    .toBeGreaterThan(CONTACT_TALK_MS + 500);
  await own.hangUp();
  expect(await citizen.ended).toBe('byThem');

  await calls.getByText('已通话').waitFor({ timeout: 20_000 });
  await calls.getByText('首次联系凭证').waitFor();
  await inState(unit, '联系中');
  // Both clocks run, and each says why it ends when it does, day by day.
  const clocks = unit.getByRole('region', { name: '时限' });
  for (const clock of ['市民时钟', '单位时钟']) {
    await clocks.getByRole('button', { name: `${clock}的计算依据` }).click();
    const why = unit.getByRole('dialog', { name: '计算依据' });
    await why
      .getByRole('row', { name: /^\d{4}-\d\d-\d\d / })
      .first()
      .waitFor();
    await unit.keyboard.press('Escape');
    await why.waitFor({ state: 'hidden' });
  }
  expect(await unit.content()).not.toContain(CITIZEN);
  expect(told.length).toBeGreaterThan(20);
  expect(told.some((text) => text.includes(ticket.number))).toBe(true);
  expect(told.filter((text) => text.includes(CITIZEN))).toEqual([]);
}, 120_000);

test('it is handled and reported done, and its reply passes the review', async () => {
  await move(unit, '开始办理');
  await inState(unit, '办理中');
  await move(unit, '办结上报', async (dialog) => {
    await dialog.getByLabel('给市民的答复').fill('已修复水管，恢复供水。');
    await dialog.getByLabel(/办理情况/).fill('现场更换水管');
  });
  await inState(unit, '已办结上报');
  const page = await at('reviewer', '/tickets?view=replies');
  await page.getByRole('gridcell', { name: ticket.number }).click();
  await move(page, '审核答复');
  await inState(page, '答复审核中');
  await move(page, '转回访', (dialog) => dialog.getByRole('button', { name: '全部达到' }).click());
  await inState(page, '回访中');
  await page.close();
});

test('the citizen is visited by telephone from the page that asks: he picks up, both hear, and his answers close it', async () => {
  const page = await atDesk(town, browser, { username: 'luo', hz: LUO_HZ, path: '/visits' });
  const list = page.getByRole('grid', { name: '待回访的市民' });
  await list.getByRole('gridcell', { name: /水管爆裂/ }).waitFor();
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const matter = page.getByRole('article', { name: ticket.number });
  await matter.waitFor();
  await page.keyboard.press('Alt+o');
  await page.getByText(/^联系已占用至/).waitFor();

  const his = await SippCitizen.waitsAt(town.asterisk.carrierPort, '', keyWayHere());
  town.visit(() => his.dispose());
  await page.keyboard.press('Alt+c');
  await call(page).getByText('外呼，请接听本人话机').waitFor();
  // The questions stay before him while his telephone rings.
  expect(new URL(page.url()).pathname).toBe('/visits');
  await page.keyboard.press('F2');
  expect(await his.picksUp(20_000)).toEqual({ dialled: CITIZEN, from: '12345' });
  await call(page).getByText('与市民通话').waitFor();
  his.sound.speak(CITIZEN_HZ);
  await Promise.all([untilPageHears(page, CITIZEN_HZ), his.sound.untilHears(LUO_HZ, 15_000)]);
  await matter.waitFor();
  await expectAccessible(page);

  await page.getByText('已接听', { exact: true }).click();
  await matter.getByText('已解决', { exact: true }).click();
  await matter.getByRole('radiogroup', { name: '对办理结果' }).getByText('满意', { exact: true }).click();
  await matter.getByRole('radiogroup', { name: '对办理过程' }).getByText('基本满意').click();
  await page.keyboard.press('F10');
  expect(await his.ended).toMatchObject({ code: 0 });
  await presence(page).getByText('整理').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText(`已登记：${ticket.number} 已结案`).waitFor();
  expect(await page.content()).not.toContain(CITIZEN);
  const { purpose, about } = await town.inBooks<{ purpose: string; about: string }>(
    `select purpose, about_ticket as about from calls where purpose = 'returnVisit'`,
  );
  expect({ purpose, about }).toEqual({ purpose: 'returnVisit', about: ticket.id });
}, 120_000);

test('the operator archives it, and the unit sees it go', async () => {
  const page = await at('operator', `/tickets/${ticket.id}`);
  await inState(page, '已结案');
  await move(page, '归档');
  await inState(page, '已归档');
  await inState(unit, '已归档');
  const { timeline } = await town.lead.get<{ timeline: readonly { type: string }[] }>(
    `/v1/tickets/${ticket.id}`,
  );
  expect(timeline.map(({ type }) => type)).toEqual([
    ...['register', 'dispatch', 'signFor', 'citizenCalled', 'contact', 'handle', 'reportDone'],
    ...['reviewReply', 'visit', 'close', 'archive'],
  ]);
  await page.close();
});

/** How many columns of the drawing stand higher than a line: in the citizen's half, and in the agent's. */
const DRAWN = `(() => {
  const { width, height } = document.querySelector('canvas');
  const pen = document.querySelector('canvas').getContext('2d');
  const half = (top) => {
    let columns = 0;
    for (let x = 0; x < width; x += 1) {
      const { data } = pen.getImageData(x, top, 1, height / 2);
      let painted = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at] > 0) painted += 1;
      if (painted > 4) columns += 1;
    }
    return columns;
  };
  return { citizen: half(0), agent: half(height / 2) };
})()`;

test('its call is heard for a purpose and seen as a curve of both sides; who saw the citizen’s number is told', async () => {
  await town.recordingOf(ticket.callId);
  const page = await at('lead', `/tickets/${ticket.id}`);
  await page.getByRole('tab', { name: '录音' }).click();
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.getByRole('button', { name: '收听' }).click();
  await inDialog(page, /收听/, (dialog) => dialog.getByLabel('用途').fill('核对诉求内容'));
  await page.locator('audio').waitFor();
  await expect
    .poll(() => page.evaluate(DRAWN))
    .toMatchObject({ citizen: expect.toSatisfy((n) => n > 50), agent: expect.toSatisfy((n) => n > 50) });
  await expectAccessible(page);
  const { reason, username } = await town.inBooks<{ reason: string; username: string }>(
    `select t.reason, a.username from audit_trail t join accounts a on a.id = t.account_id
     where t.action = 'call.recordingPlayed' and t.subject_id = $1`,
    [ticket.callId],
  );
  expect({ reason, username }).toEqual({ reason: '核对诉求内容', username: 'lead' });

  await page.getByRole('tab', { name: '查看记录' }).click();
  await page.getByText('还没有人查看过诉求人的姓名和号码。').waitFor();
  await page.keyboard.press('Alt+v');
  const asked = page.getByRole('dialog', { name: '查看姓名和号码' });
  await asked.getByLabel('理由').fill('核对回访号码');
  await asked.getByRole('button', { name: '查看姓名和号码' }).click();
  await page.getByRole('region', { name: '诉求人' }).getByText(CITIZEN).waitFor();
  const views = page.getByRole('tabpanel', { name: '查看记录' }).getByRole('row');
  await views.filter({ hasText: '核对回访号码' }).getByText(/顾明/).waitFor();
  await page.close();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
