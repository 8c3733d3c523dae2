import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT } from '../../src/runtime/instance.ts';
import { obtainFont } from '../../src/runtime/obtain-font.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { inState, move } from '../support/ticket-page.ts';
import { Town } from '../support/town.ts';

// What the hotline does about units beyond the single ticket: is it true, is it left out, what is written to units, and
// what several of them decide at one table. Each of it by two people.

interface Opened {
  readonly id: string;
  readonly number: string;
  readonly version: number;
}

let town: Town;
let browser: ConsoleBrowser;
let ticket: Opened;
let other: Opened;
beforeAll(async () => {
  town = await Town.found({ documentFont: await obtainFont(PROJECT, () => undefined) });
  browser = await ConsoleBrowser.open(town.apiUrl);
  ticket = await opened('井盖漏水，两家单位都说不归自己管。');
  other = await opened('同一处井盖又漏水了。');
  const unit = await town.as('unit.water');
  const moves = `/v1/tickets/${ticket.id}/moves`;
  await unit.post(moves, { move: 'signFor', version: ticket.version });
  await unit.post(moves, { move: 'contact', version: ticket.version + 1, reason: '上门查看，井盖完好' });
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const opened = async (content: string): Promise<Opened> => {
  const { id, number } = await town.lead.post<{ id: string; number: string }>('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'utilities.water', content, place: '余荡村三组' },
    ...{ citizenNumber: '13912340071', unitCode: 'water' },
  });
  return { id, number, version: (await town.lead.get<{ version: number }>(`/v1/tickets/${id}`)).version };
};
const at = (username: string, path: string): Promise<Page> =>
  browser.signedIn(username, town.passwordOf(username), path);
const dialogOf = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });
async function sent(page: Page, dialog: Locator): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' }).catch(async (cause: unknown) => {
    throw new Error(`the dialog stayed: ${await dialog.textContent()}`, { cause });
  });
}
async function choose(page: Page, within: Page | Locator, field: string, option: string | RegExp) {
  await within.getByRole('combobox', { name: field, exact: true }).press('ArrowDown');
  await page.getByRole('option', { name: option }).click();
  await page.keyboard.press('Tab');
}

test('an appeal is found untrue with evidence of its own time line; without evidence nothing is sent, and what was typed stays', async () => {
  const page = await at('supervisor', `/tickets/${ticket.id}`);
  await page.getByRole('tab', { name: '是否属实' }).click();
  await page.getByText(/还没有认定/).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '认定是否属实' }).click();
  let dialog = dialogOf(page, /认定是否属实/);
  await dialog.getByText('不属实', { exact: true }).click();
  await dialog.getByLabel('理由和证据说明').fill('现场查看井盖完好，无漏水');
  expect(await dialog.getByRole('button', { name: /确定/ }).isDisabled()).toBe(true);
  await page.reload();
  await page.getByRole('tab', { name: '是否属实' }).click();
  await page.getByRole('button', { name: '认定是否属实' }).click();
  dialog = dialogOf(page, /认定是否属实/);
  expect(await dialog.getByLabel('理由和证据说明').inputValue()).toBe('现场查看井盖完好，无漏水');
  await choose(page, dialog, '证据（本工单的经过、录音、公文，可多选）', /已联系诉求人/);
  await expectAccessible(page);
  await sent(page, dialog);
  const truths = page.getByRole('list', { name: '是否属实' });
  await truths.getByText('不属实', { exact: true }).waitFor();
  await truths.getByText('以此为准').waitFor();
  await truths.getByText(/经过第 \d+ 行/).waitFor();
  await expectAccessible(page);
});

test('a unit asks for exclusion, two people of the hotline agree and only two, and the numbers are public', async () => {
  const unit = await at('unit.water', `/tickets/${ticket.id}`);
  await unit.getByRole('tab', { name: '是否属实' }).click();
  await unit.getByRole('button', { name: '申请剔除' }).click();
  const asking = dialogOf(unit, /申请剔除/);
  await choose(unit, asking, '事由', '诉求不属实');
  await asking.getByRole('textbox', { name: '证据' }).fill('现场照片与中心认定一致');
  await sent(unit, asking);
  await unit.getByText(`已申请剔除 ${ticket.number}`).waitFor();

  const agree = async (username: string, name: string): Promise<Page> => {
    const page = await at(username, '/supervision?tab=exclusions');
    const card = page.getByRole('article', { name: ticket.number });
    await card.getByRole('button', { name, exact: true }).click();
    const dialog = dialogOf(page, new RegExp(name));
    await dialog.getByRole('textbox').fill('证据充分');
    await sent(page, dialog);
    return page;
  };
  const first = await agree('adjudicator', '同意');
  await first.getByText('一人已同意，待复核').first().waitFor();
  // The same person is not the second one, and is told so.
  await first.getByText('本人已同意，待他人复核').waitFor();
  expect(await first.getByRole('button', { name: '复核同意' }).count()).toBe(0);
  await expectAccessible(first);
  const second = await agree('supervisor', '复核同意');
  await second.getByRole('article', { name: ticket.number }).getByText('已剔除').waitFor();
  // On the ticket itself, for who may know it, it stands as well.
  const standing = unit.getByRole('region', { name: '剔除' });
  await standing.getByText('待审', { exact: true }).waitFor();
  await unit.reload();
  await unit.getByRole('tab', { name: '是否属实' }).click();
  await standing.getByRole('article', { name: '诉求不属实' }).getByText('已剔除').waitFor();
  await expectAccessible(unit);
  await second.getByText('公示件数').click();
  const counts = second.getByRole('region', { name: '公示件数' });
  await counts.getByRole('row', { name: /县自来水公司 诉求不属实 1 0/ }).waitFor();
  await expectAccessible(second);
});

test('a circular is drafted from the books, mended, signed by another, and its unit signs for it', async () => {
  // Issued in the days that are over.
  const order = { ticketId: other.id, instrument: 'written', demand: '三日内修复' };
  await town.lead.post('/v1/supervision', order);
  await town.inBooks(
    `update supervision_orders set issued_at = issued_at - interval '40 days', due_at = due_at - interval '40 days' returning id`,
  );
  const page = await at('supervisor', '/supervision?tab=circulars');
  await page.getByText(/还没有通报/).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '起草通报' }).click();
  const drafting = dialogOf(page, '起草通报');
  const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  await drafting.getByPlaceholder('起始日').fill(day(60));
  await drafting.getByPlaceholder('截止日').fill(day(3));
  await page.keyboard.press('Enter');
  await expectAccessible(page);
  await sent(page, drafting);
  await page.waitForURL(/\/circulars\//);
  const text = page.getByRole('region', { name: '正文' });
  await text.getByText(/县自来水公司：督办1件/).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '督办 县自来水公司 1' }).click();
  const rows = dialogOf(page, /督办：县自来水公司/);
  await rows.getByText(other.number).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await rows.waitFor({ state: 'detached' });

  // What he writes outlives a reload; a number that he types is pointed out.
  await page.keyboard.press('e');
  const body = page.getByLabel(/正文（一行一段/);
  await body.fill(`${await body.inputValue()}\n另有9件未计入。`);
  await page.reload();
  await body.waitFor();
  expect(await body.inputValue()).toContain('另有9件未计入');
  await expectAccessible(page);
  // Nor does one click throw it away.
  await page.getByRole('button', { name: '放弃修改' }).click();
  const sure = dialogOf(page, '放弃修改');
  await sure.getByText('放弃后不能找回', { exact: false }).waitFor();
  await sure.getByRole('button', { name: '取消' }).click();
  await sure.waitFor({ state: 'hidden' });
  expect(await body.inputValue()).toContain('另有9件未计入');
  await page.keyboard.press('Control+Enter');
  await page.getByText('手写的数字：没有统计支撑，请核对（9件）').waitFor();
  const address = new URL(page.url()).pathname;

  await page.getByRole('button', { name: '送签' }).click();
  const submitting = dialogOf(page, '送签');
  await choose(page, submitting, '签发人', '班长 顾明');
  await sent(page, submitting);
  await page.getByText('待签发').first().waitFor();
  expect(await page.getByRole('button', { name: '签发并印发' }).count()).toBe(0);

  const lead = await at('lead', address);
  await lead.getByRole('button', { name: '签发并印发' }).click();
  const signing = dialogOf(lead, '签发并印发');
  await signing.getByText(/签发的就是您看到的这一稿/).waitFor();
  await expectAccessible(lead);
  await sent(lead, signing);
  const receipts = lead.getByRole('region', { name: '签阅情况' });
  await receipts.getByText(/签阅 0 \/ \d+/).waitFor();
  await lead.getByRole('button', { name: '撤回通报', exact: true }).waitFor();
  // Who wrote it does not take it back.
  await page.reload();
  await page.getByText('您参与过，“撤回通报”由另一人做').waitFor();
  expect(await page.getByRole('button', { name: '撤回通报', exact: true }).count()).toBe(0);

  const unit = await at('unit.water', '/supervision?tab=circulars');
  await unit.getByRole('link', { name: /督办情况的通报/ }).click();
  await unit.getByRole('button', { name: '签阅', exact: true }).click();
  await unit.getByText('✓ 本单位已签阅').waitFor();
  await expectAccessible(unit);
  await lead.reload();
  await receipts.getByText(/签阅 1 \/ \d+/).waitFor();
  await expectAccessible(lead);
});

test('minutes are written, confirmed by another person, and become a ruling and a task that its unit reports', async () => {
  const page = await at('supervisor', '/supervision?tab=meetings');
  await page.getByText(/还没有会议纪要/).waitFor();
  await page.getByRole('button', { name: '登记会议纪要' }).click();
  await page.getByLabel('议题', { exact: true }).fill('余荡村井盖归属');
  await page.getByLabel('开会时间').fill('2026-11-20 09:30:00');
  await page.keyboard.press('Enter');
  await page.getByLabel('地点').fill('三楼会议室');
  await page.getByLabel('主持人').fill('副县长');
  const number = page.getByLabel('工单编号，回车加入');
  await number.fill('RX00000000-0000');
  await page.keyboard.press('Enter');
  await page.getByText(/没有编号为 RX00000000-0000 的工单/).waitFor();
  await number.fill(ticket.number);
  await page.keyboard.press('Enter');
  await page.getByText(ticket.number, { exact: true }).waitFor();
  await page.getByRole('button', { name: '加参会单位' }).click();
  await choose(page, page, '参会单位和意见 1', /县自来水公司/);
  await page.getByLabel('该单位的意见 1').fill('井盖属城管');
  await page.getByLabel('纪要正文').fill('经协商，形成以下意见。');
  await page.getByRole('button', { name: '加议定事项' }).click();
  await page.getByLabel('议定事项 1', { exact: true }).fill('井盖由城市管理局负责');
  await page.getByText('明确责任主体').click();
  await choose(page, page, '所裁定的工单', ticket.number);
  await choose(page, page, '主办单位', /城市管理局（/);
  await page.getByRole('button', { name: '加任务' }).click();
  await page.getByLabel('任务内容 1').fill('三日内更换井盖');
  // Half of it is missing: it says what, and the reload loses nothing.
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('alert')
    .getByText(/还缺：任务的单位/)
    .waitFor();
  await expectAccessible(page);
  await page.reload();
  expect(await page.getByLabel('任务内容 1').inputValue()).toBe('三日内更换井盖');
  await choose(page, page, '主办单位 1', /城市管理局（/);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/meetings\/[0-9a-f-]{36}$/);
  await page.getByText('待裁定人员或班长确认（起草人以外）').waitFor();
  // As it was typed, wherever this browser thinks it is.
  await page.getByText(/11-20 09:30/).waitFor();
  expect(await page.getByRole('button', { name: '确认纪要' }).count()).toBe(0);
  await expectAccessible(page);

  const judge = await at('adjudicator', new URL(page.url()).pathname);
  await judge.getByRole('button', { name: '确认纪要' }).click();
  const confirming = dialogOf(judge, /确认纪要/);
  await confirming.getByText('1 项裁定，其中 0 项成为规则；1 项任务。').waitFor();
  await expectAccessible(judge);
  // The writer changes a word while it is open: who presses now confirms nothing that he has not read.
  await page.keyboard.press('E');
  await page.getByLabel('纪要正文').fill('经协商，一致形成以下意见。');
  await page.keyboard.press('Control+Enter');
  await page.getByText('经协商，一致形成以下意见。').waitFor();
  await sent(judge, confirming);
  await judge.getByText('经协商，一致形成以下意见。').waitFor();
  await judge.getByRole('alert').getByText(/纪要/).waitFor();
  expect(await judge.getByText(/^裁定 /).count()).toBe(0);
  await judge.getByRole('button', { name: '确认纪要' }).click();
  await sent(judge, confirming);
  await judge.getByText(/^裁定 /).waitFor();
  await expectAccessible(judge);
  expect(await town.lead.get<object>(`/v1/tickets/${ticket.id}`)).toMatchObject({
    unit: { code: 'urban-management' },
  });

  // The ticket's page leads to the minutes, and shows what was taken away from them.
  const address = new URL(judge.url()).pathname;
  await judge.goto(`/tickets/${ticket.id}`);
  await judge.getByRole('tab', { name: '关联' }).click();
  await judge.getByRole('region', { name: '会议任务' }).getByText('三日内更换井盖').waitFor();
  await expectAccessible(judge);
  await judge.getByRole('region', { name: '联席会议' }).getByRole('link').click();
  await judge.waitForURL(address);

  const unit = await at('unit.urban-management', '/supervision?tab=tasks');
  await unit.getByRole('button', { name: '报结' }).click();
  const reporting = dialogOf(unit, /报结/);
  await reporting.getByRole('textbox').fill('井盖已更换');
  await sent(unit, reporting);
  await unit.getByText('单位报结：井盖已更换').waitFor();
  await expectAccessible(unit);
  const overseer = await at('supervisor', '/supervision?tab=tasks');
  await overseer.getByRole('button', { name: '认可办结' }).click();
  const accepting = dialogOf(overseer, /认可办结/);
  await accepting.getByRole('textbox').fill('现场核实');
  await sent(overseer, accepting);
  await overseer.getByRole('article').getByText('已办结').waitFor();
});

test('an order is issued from the ticket’s page, answered by its unit and closed; more time is asked for and granted; the task sheet is a PDF', async () => {
  const third = await opened('路面塌陷，多日无人处理。');
  const unit = await at('unit.water', `/tickets/${third.id}`);
  await move(unit, '签收');
  await inState(unit, '已签收');

  const page = await at('supervisor', `/tickets/${third.id}`);
  await page.getByRole('button', { name: /^下发督办单/ }).click();
  const issuing = dialogOf(page, /下发督办单/);
  await issuing.getByLabel('督办要求').fill('三日内修复并反馈');
  await expectAccessible(page);
  await sent(page, issuing);
  const act = async (on: Page, name: string, words: string): Promise<void> => {
    await on.goto('/supervision?tab=orders');
    const order = on.getByRole('article').filter({ hasText: third.number });
    await order.getByRole('button', { name, exact: true }).click();
    const dialog = dialogOf(on, new RegExp(`^${name}`));
    await dialog.getByRole('textbox').fill(words);
    await sent(on, dialog);
  };
  await act(unit, '反馈', '已修复路面');
  await unit
    .getByRole('article')
    .filter({ hasText: third.number })
    .getByText('已反馈', { exact: true })
    .waitFor();
  await act(page, '办结', '现场核实，已修复');
  const closed = page.getByRole('article').filter({ hasText: third.number });
  await closed.getByText('已办结', { exact: true }).waitFor();
  await closed.getByText('单位反馈：已修复路面').waitFor();
  await expectAccessible(page);

  await unit.goto(`/tickets/${third.id}`);
  await unit.getByRole('tab', { name: '延期' }).click();
  await unit.getByText(/承办单位在到期前点“申请延期”/).waitFor();
  await unit.getByRole('button', { name: '申请延期' }).click();
  const asking = dialogOf(unit, '申请延期');
  await asking.getByLabel('申请理由').fill('配件须订货');
  await asking.getByLabel('依据', { exact: true }).fill('供货合同');
  await asking.getByLabel(/告知市民的理由/).fill('配件正在订货');
  await sent(unit, asking);
  const due = (): Promise<{ citizenDueAt: string }> => town.lead.get(`/v1/tickets/${third.id}`);
  const before = (await due()).citizenDueAt;
  await page.goto('/supervision?tab=extensions');
  await page.getByRole('button', { name: '批准', exact: true }).click();
  const granting = dialogOf(page, '批准');
  await granting.getByLabel('意见').fill('情况属实');
  await sent(page, granting);
  // Nothing waits any more, and the page says how something comes here.
  await page.getByText(/单位在工单页“延期”中申请后会出现在这里/).waitFor();
  expect((await due()).citizenDueAt > before).toBe(true);
  await unit.reload();
  await unit.getByRole('tab', { name: '延期' }).click();
  await unit.getByText('已批准', { exact: true }).waitFor();

  await unit.getByRole('tab', { name: '公文' }).click();
  await unit.getByText(/派给单位后可点“制发任务单”/).waitFor();
  await unit.getByRole('button', { name: '制发任务单' }).click();
  const address = await unit.getByRole('link', { name: '打开 PDF' }).getAttribute('href');
  const paper = await unit.request.get(address ?? '');
  expect(paper.status()).toBe(200);
  expect(paper.headers()['content-type']).toBe('application/pdf');
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await expectAccessible(unit);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
