import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../../src/demo/poll.ts';
import { content } from '../domain/knowledge/entries.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, DESK_PASSWORD, employ, presence, ready } from '../support/desk-page.ts';
import { Town } from '../support/town.ts';

// From call to ticket, without the mouse: the citizen is on the line while the agent writes.

const WATER = '水管爆裂，自来水漫到路面上，请尽快维修。';
const ENTRY = content({
  question: '水表坏了谁负责换',
  otherWays: ['水表不走字找谁', '家里水表坏了要钱吗'],
  answer: '水表坏了由自来水公司免费换。您报一下户号，工作人员两天内上门。',
  message: '水表故障由自来水公司免费更换，两个工作日内上门。',
  basis: [{ document: '江苏省城乡供水管理条例', clause: '第三十条', link: '' }],
  categories: ['utilities.water'],
});

let town: Town;
let browser: ConsoleBrowser;
let page: Page;
let entryId: string;
let categoryName: string;
let other: { readonly code: string; readonly name: string } | undefined;
beforeAll(async () => {
  town = await Town.found();
  const admin = await town.as('admin');
  await employ(town, [{ username: 'shen', displayName: '沈悦', number: '1101' }]);
  const { categories } = await admin.get<{ categories: readonly { code: string; name: string }[] }>(
    '/v1/categories',
  );
  categoryName = categories.find(({ code }) => code === 'utilities.water')?.name ?? '';
  // Whose name is found once.
  other = categories.find(
    ({ name }) => name !== categoryName && categories.filter((one) => one.name.includes(name)).length === 1,
  );
  entryId = await published();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

async function published(): Promise<string> {
  const [editor, reviewer] = await Promise.all([town.as('unit.water'), town.as('reviewer')]);
  let { id, revision } = await editor.post<{ id: string; revision: number }>('/v1/knowledge', ENTRY);
  for (const [who, move] of [
    [editor, 'submit'],
    [reviewer, 'approve'],
    [reviewer, 'publish'],
  ] as const) {
    const path = `/v1/knowledge/${id}/versions/1/moves`;
    ({ revision } = await who.post<{ revision: number }>(path, { move, revision }));
  }
  return id;
}

const state = () => presence(page);
const written = () => page.getByLabel('诉求内容');

/** At the desk, ready, and in a talk with this citizen. */
async function inTalk(number: string) {
  page = await atDesk(town, browser, { username: 'shen', hz: 1_300 });
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number });
  await page.getByRole('article').getByText('来电，已等待').waitFor();
  await page.keyboard.press('F2');
  await page.getByRole('article').getByText('与市民通话').waitFor();
  // It is there from the first second, and what is typed goes into it.
  await page.locator('textarea:focus').waitFor();
  return citizen;
}

/** The category is found by its name. */
async function sortIt(): Promise<void> {
  await page.keyboard.press('Control+3');
  await page.keyboard.press('Alt+l');
  await page.keyboard.type(categoryName);
  await page.getByRole('option', { name: categoryName }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('转为工单还需').waitFor({ state: 'detached' });
}

test('the appeal is written by keyboard, outlives a reload, and becomes a ticket of the call that joins its like', async () => {
  const like = await town.lead.post<{ id: string; number: string }>('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'utilities.water', content: WATER, place: '余荡村三组' },
    citizenNumber: '13912340067',
  });
  await inTalk('13800138401');
  await page.keyboard.type(WATER);
  await page.keyboard.press('Tab');
  await page.keyboard.type('水管爆裂漫水');
  await page.keyboard.press('Tab');
  await page.keyboard.type('余荡村五组');
  await page.getByText('转为工单还需：诉求类型、分类').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').getByText('请先填写：诉求类型、分类').waitFor();
  await sortIt();
  const unit = page.getByRole('region', { name: '承办单位' }).getByRole('button', { name: /Alt\+7|自来水/ });
  await unit.first().waitFor();
  await page.keyboard.press('Alt+7');
  const hints = page.getByRole('region', { name: '近三日相似的诉求' });
  await hints.getByText(like.number).waitFor();
  await page.keyboard.press('Alt+b');
  await hints.getByText(`登记后与工单 ${like.number}`).waitFor();
  await expectAccessible(page);

  await page.reload();
  await expect.poll(() => written().inputValue()).toBe(WATER);
  await hints.getByText(`登记后与工单 ${like.number}`).waitFor();
  await page.getByRole('article').getByText('与市民通话').waitFor();

  // The wrap-up is not ended without an outcome.
  await page.keyboard.press('F10');
  await state().getByText('整理').waitFor();
  await page.keyboard.press('Alt+q');
  await page.getByRole('alert').getByText('请先登记去向').waitFor();
  await page.keyboard.press('Control+Enter');
  const reached = page.getByRole('status', { name: '通话去向' });
  await reached.getByText('转工单').waitFor();
  await reached.getByText('尚未并入').waitFor({ state: 'detached' });
  await expectAccessible(page);
  const { id: callId } = await town.callInBooks('13800138401');
  const { tickets } = await town.lead.get<{ tickets: readonly { id: string; number: string }[] }>(
    `/v1/tickets?callId=${callId}`,
  );
  expect(tickets).toMatchObject([
    {
      ...{ callId, type: 'COMPLAINT', title: '水管爆裂漫水', place: '余荡村五组', state: 'dispatched' },
      category: { code: 'utilities.water' },
    },
  ]);
  await reached.getByRole('link', { name: tickets[0]?.number ?? '' }).waitFor();
  const { incidents } = await town.lead.get<{ incidents: readonly { id: string }[] }>('/v1/incidents');
  const incident = await town.lead.get<{ appeals: readonly { ticketId: string }[] }>(
    `/v1/incidents/${incidents[0]?.id}`,
  );
  expect(incident.appeals.map(({ ticketId }) => ticketId).sort()).toEqual([like.id, tickets[0]?.id].sort());
  await page.keyboard.press('Alt+q');
  await state().getByText('示闲').waitFor();
});

test('a complaint about the people of a unit names it in the form: it is not offered, and does not get the ticket', async () => {
  await inTalk('13800138409');
  await page.keyboard.type('营业厅窗口人员态度恶劣，推诿不办');
  await page.getByRole('combobox', { name: /被投诉单位/ }).waitFor({ state: 'detached' });
  await sortIt();
  const offered = page.getByRole('region', { name: '承办单位' }).getByRole('button', { name: /自来水/ });
  await offered.first().waitFor();
  await page.getByRole('combobox', { name: /被投诉单位/ }).click();
  await page.keyboard.type('自来水公司');
  await page.getByRole('option', { name: /（water）/ }).click();
  await page.getByText('不派给该单位单独办理').waitFor();
  await offered.waitFor({ state: 'detached' });
  // What lies within it is refused as well, and said to be before it is sent.
  const unit = page.getByRole('region', { name: '承办单位' });
  await unit.getByRole('combobox').click();
  await page.keyboard.type('北片');
  await page.getByRole('option', { name: /（water-repair-north）/ }).click();
  await page.getByText('被投诉单位不能同时承办').waitFor();
  await unit.getByRole('combobox').click();
  await page.keyboard.type('住房和城乡');
  await page.getByRole('option', { name: /（housing-construction）/ }).click();
  await page.getByText('不派给该单位单独办理').waitFor();
  await unit.locator('.el-select').hover();
  await unit.locator('.el-select__clear').click();
  await expectAccessible(page);
  // It outlives a reload, as all of the form.
  await page.reload();
  await page.getByText('不派给该单位单独办理').waitFor();
  await page.getByRole('article').getByText('与市民通话').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status', { name: '通话去向' }).getByText('转工单').waitFor();
  await page.keyboard.press('F10');
  await state().getByText('整理').waitFor();
  const { id: callId } = await town.callInBooks('13800138409');
  const { tickets } = await town.lead.get<{ tickets: readonly object[] }>(`/v1/tickets?callId=${callId}`);
  expect(tickets).toMatchObject([{ state: 'registered', accusedUnit: { code: 'water' }, unit: null }]);
  await page.keyboard.press('Alt+q');
  await state().getByText('示闲').waitFor();
});

test('what is a part of an open incident joins it by one key', async () => {
  const [categoryCode, area] = ['utilities.water', '人民路'];
  const like = await town.lead.post<{ id: string }>('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode, content: '整条街从早上停水到现在。', place: '丰利镇人民路12号' },
    citizenNumber: '13912340068',
  });
  const incident = await town.lead.post<{ id: string; number: string }>('/v1/incidents', {
    ...{ title: '人民路停水', categoryCode, area, ticketIds: [like.id], reason: '整条街停水' },
  });
  await inTalk('13800138407');
  await page.keyboard.type('家里一点水也没有');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('丰利镇人民路30号');
  await sortIt();
  const hints = page.getByRole('region', { name: '近三日相似的诉求' });
  await hints.getByRole('listitem').filter({ hasText: incident.number }).getByText('Alt+G').waitFor();
  await page.keyboard.press('Alt+g');
  await hints.getByText(`登记后并入群体事件：${incident.number}`).waitFor();
  // Pressed again it is taken back.
  await page.keyboard.press('Alt+g');
  await hints.getByText('登记后并入群体事件').waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+g');
  await hints.getByText(`登记后并入群体事件：${incident.number}`).waitFor();
  await page.keyboard.press('Control+Enter');
  const reached = page.getByRole('status', { name: '通话去向' });
  await reached.getByText('转工单').waitFor();
  await reached.getByText('尚未并入').waitFor({ state: 'detached' });
  await page.keyboard.press('F10');
  await state().getByText('整理').waitFor();
  const { id: callId } = await town.callInBooks('13800138407');
  const { tickets } = await town.lead.get<{ tickets: readonly { id: string }[] }>(
    `/v1/tickets?callId=${callId}`,
  );
  const joined = await town.lead.get<{ appeals: readonly { ticketId: string }[] }>(
    `/v1/incidents/${incident.id}`,
  );
  expect(joined.appeals.map(({ ticketId }) => ticketId).sort()).toEqual([like.id, tickets[0]?.id].sort());
});

test('an answer is found by the citizen’s words, read, and quoted by one key; taken back, the form is as it was', async () => {
  // The worker puts it into the index, and gives way to everybody.
  await until('the entry among the answers', 60_000, async () => {
    const words = encodeURIComponent('水表不动了');
    const { hits } = await town.lead.get<{ hits: readonly { id: string }[] }>(
      `/v1/knowledge/search?words=${words}`,
    );
    return hits.some(({ id }) => id === entryId) ? hits : null;
  });
  await inTalk('13800138402');
  await page.keyboard.type('家里水表不走字了');
  const panel = page.getByRole('complementary', { name: '知识与场所' });
  // Opened by the key that stands beside it.
  const key = await panel.getByRole('button', { name: ENTRY.question }).locator('kbd').textContent();
  await page.keyboard.press(key ?? '');
  await panel.getByText(ENTRY.answer).waitFor();
  // What would be written to him is read before it is sent; what looks out of date is said to be so by one key.
  await panel.getByText(ENTRY.message).waitFor();
  await page.keyboard.press('Alt+Shift+O');
  await panel.getByRole('status').getByText('已提给负责单位').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Alt+y');
  const reached = page.getByRole('status', { name: '通话去向' });
  await reached.getByText('当场答复').waitFor();
  const quotesOf = async () => {
    const { calls } = await town.lead.get<{ calls: readonly { id: string }[] }>('/v1/calls?limit=1');
    const path = `/v1/calls/${calls[0]?.id}/quotes`;
    return (await town.lead.get<{ quotes: readonly object[] }>(path)).quotes;
  };
  expect(await quotesOf()).toMatchObject([{ entryId, version: 1, retractedAt: null }]);

  await reached.getByRole('button', { name: '撤回' }).press('Enter');
  await expect.poll(() => written().inputValue()).toBe('家里水表不走字了');
  const withMessage = panel.getByRole('button', { name: '以此答复并发短信' });
  await expect.poll(() => withMessage.isEnabled()).toBe(true);
  await page.keyboard.press('Alt+Shift+y');
  await reached.getByText('短信已发出').waitFor();
  await page.keyboard.press('F10');
  await state().getByText('整理').waitFor();
  await page.reload();
  await reached.getByText('当场答复').waitFor();
  await page.keyboard.press('Alt+q');
  await state().getByText('示闲').waitFor();
  const { id: callId, outcome } = await town.callInBooks('13800138402');
  expect(outcome).toBe('answeredOnSpot');
  // By these words it is found sooner the next time.
  const looked = `select words, line, hits > 0 as found from knowledge_searches where call_id = $1`;
  expect(await town.inBooks(looked, [callId])).toEqual({
    words: '家里水表不走字了',
    line: '12345',
    found: true,
  });
  const doubted = 'select kind, version from knowledge_doubts where call_id = $1';
  expect(await town.inBooks(doubted, [callId])).toEqual({ kind: 'outOfDate', version: 1 });
});

test('another category is sought on a complete form and sent from within its open list: the ticket has what is marked there', async () => {
  await inTalk('13800138404');
  await page.keyboard.type(WATER);
  await sortIt();
  await page.keyboard.press('Alt+l');
  const sought = other?.name ?? '';
  await page.keyboard.type(sought);
  await page.locator('[role=option][aria-selected=false]', { hasText: sought }).first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status', { name: '通话去向' }).getByText('转工单').waitFor();
  await page.keyboard.press('F10');
  await state().getByText('整理').waitFor();
  const { id: callId } = await town.callInBooks('13800138404');
  const { tickets } = await town.lead.get<{ tickets: readonly object[] }>(`/v1/tickets?callId=${callId}`);
  expect(tickets).toMatchObject([{ type: 'COMPLAINT', category: { code: other?.code } }]);
});

/** What this machine keeps of his calls. */
async function keptHere() {
  const kept = JSON.parse(await page.evaluate<string>('JSON.stringify(localStorage)')) as Record<
    string,
    string
  >;
  return Object.entries(kept)
    .filter(([key]) => key.startsWith('yihaotong.typed.') && key !== ELSE)
    .map(([, one]) => JSON.parse(one) as { words: { content: string }; base: { content: string } });
}
/** Another's. */
const ELSE = 'yihaotong.typed.else.draft.x';
const DRAFTS = '**/v1/calls/*/draft';
const PATIENT = { timeout: 20_000 };

test('typed on during a save, signed out before the server has it: told first, kept for him alone, sent when he is back; a lead’s changes outlive a reload', async () => {
  const number = '13800138405';
  await inTalk(number);
  await page.getByText(/^已保存/).waitFor();
  const held: (() => void)[] = [];
  await page.route(DRAFTS, async (route) => {
    if (route.request().method() === 'PUT') await new Promise<void>((go) => held.push(go));
    await route.continue().catch(() => undefined);
  });
  await page.keyboard.type('楼道灯坏了');
  await expect.poll(() => held.length, PATIENT).toBe(1);
  await page.keyboard.type('两周');
  held[0]?.();
  await expect.poll(() => held.length, PATIENT).toBe(2);
  // Were the browser to die here, nothing of his own would stand against him.
  expect(await keptHere()).toMatchObject([
    { words: { content: '楼道灯坏了两周' }, base: { content: '楼道灯坏了' } },
  ]);
  // Over the one before, which goes on holding: taken away first, what it held would reach the server after all.
  await page.route(DRAFTS, (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({
          status: 409,
          json: { code: 'call.notYetWritten', title: '稍后', titleEn: 'later', status: 409, instance: 'x' },
        })
      : route.continue(),
  );
  await page.evaluate(`localStorage.setItem('${ELSE}', '{}')`);
  await page.reload();
  await page.getByText('尚未保存，已留在本机').waitFor();
  await page.getByRole('article').getByText('与市民通话').waitFor();
  await page.keyboard.press('F10');
  await state().getByText('整理').waitFor();

  const signOut = async () => {
    await page.getByRole('button', { name: '沈悦' }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
  };
  await signOut();
  const told = page.getByRole('dialog', { name: '还有内容未送达服务器' });
  await told.waitFor();
  await expectAccessible(page);
  await told.getByRole('button', { name: '仍要退出' }).click();
  await page.getByLabel('密码').waitFor();
  expect(await keptHere()).toMatchObject([{ words: { content: '楼道灯坏了两周' } }]);
  await page.unroute(DRAFTS);
  await page.goto('/sign-in?to=/nowhere');
  await page.getByLabel('用户名').fill('shen');
  await page.getByLabel('密码').fill(DESK_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('没有这个页面').waitFor();
  await state().waitFor();
  await page.request.post('/v1/agents/me/sign-out');
  // Sent from whatever page he leaves; and another's words are another's.
  await signOut();
  await page.getByLabel('密码').waitFor();
  expect(await keptHere()).toEqual([]);
  expect(await page.evaluate(`localStorage.getItem('${ELSE}')`)).toBe('{}');

  const lead = await browser.signedIn('lead', town.passwordOf('lead'), '/open-calls');
  const reveal = async () => {
    const list = lead.getByRole('region', { name: '未登记去向的通话' });
    await list.getByRole('button', { name: /138\*\*\*\*8405/ }).click();
    await lead.getByLabel('理由').fill('话务员离岗，代为登记');
    await lead.keyboard.press('Enter');
  };
  await reveal();
  const shown = lead.getByLabel('诉求内容');
  await expect.poll(() => shown.inputValue(), PATIENT).toBe('楼道灯坏了两周');
  await shown.fill('楼道灯坏了两周，已报物业');
  await lead.reload();
  await reveal();
  await expect.poll(() => shown.inputValue(), PATIENT).toBe('楼道灯坏了两周，已报物业');
  await lead.close();
}, 180_000);

test('an address that is sent answers the call, and taken back leaves the form as it was', async () => {
  const said = '附近哪里有医院';
  await until('places in the index', 60_000, async () => {
    const path = `/v1/places/near?words=${encodeURIComponent(said)}`;
    return (await town.lead.get<{ places: readonly object[] }>(path)).places.length > 0 ? true : null;
  });
  await inTalk('13800138406');
  await page.keyboard.type(said);
  const panel = page.getByRole('complementary', { name: '知识与场所' });
  const send = panel
    .getByRole('region', { name: '附近场所' })
    .getByRole('button', { name: '地址发短信' })
    .first();
  // Where they lie is seen by one key, without leaving the call.
  await send.waitFor();
  await page.keyboard.press('Alt+Shift+M');
  const sketch = panel.getByRole('figure', { name: /示意图，上北下南/ });
  await sketch.locator('button[aria-pressed]').first().waitFor();
  await page.keyboard.press('Alt+Shift+M');
  await sketch.waitFor({ state: 'detached' });
  await send.click();
  const reached = page.getByRole('status', { name: '通话去向' });
  await reached.getByText('当场答复').waitFor();
  await reached.getByRole('button', { name: '撤回' }).press('Enter');
  await expect.poll(() => written().inputValue()).toBe(said);
  // And by the key that stands beside it.
  await send.getByText('Alt+Shift+7').waitFor();
  await page.keyboard.press('Alt+Shift+7');
  await reached.getByText('当场答复').waitFor();
  // Asked for by its name it is read out, with the day on which somebody looked last.
  await page.keyboard.press('Alt+f');
  await page.keyboard.type('如东县政务服务中心');
  await panel.getByRole('button', { name: /^场所/ }).first().click();
  const read = panel.getByRole('region', { name: '场所', exact: true });
  await read.getByText(/^\s*(未核实|\d{4}-\d{2}-\d{2} 核实)\s*$/).waitFor();
  await page.keyboard.press('F10');
  await state().getByText('整理').waitFor();
  await page.keyboard.press('Alt+q');
  await state().getByText('示闲').waitFor();
  const { outcome } = await town.callInBooks('13800138406');
  expect(outcome).toBe('answeredOnSpot');
  // The worker reads the places in when nobody else wants the machine.
}, 150_000);

test('a silent call is invalid with a reason, by two keys', async () => {
  await inTalk('13800138403');
  await page.keyboard.press('Alt+h');
  await page.getByRole('textbox', { name: '无效来电的理由' }).waitFor();
  await page.keyboard.press('Alt+Shift+1');
  await page.getByRole('status', { name: '通话去向' }).getByText('无效来电').waitFor();
  await page.keyboard.press('F10');
  await state().getByText('整理').waitFor();
  const { outcome } = await town.callInBooks('13800138403');
  expect(outcome).toBe('invalid');
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
