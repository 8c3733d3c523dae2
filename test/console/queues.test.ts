import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

// An operator changes how calls wait, brings numbers in as a file, enters one and looks ahead, in the browser; the next
// calls go by it.

let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterEach(() => town.rest());
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const at = async (username: string, path: string): Promise<Page> => {
  const page = await browser.signedIn(username, town.passwordOf(username), path);
  await page.getByRole('navigation', { name: '规则各页' }).waitFor();
  return page;
};
const dialogOf = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const versionOf = (page: Page): string => new URL(page.url()).searchParams.get('version') ?? '';
async function sent(page: Page, dialog: ReturnType<typeof dialogOf>): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' }).catch(async (cause: unknown) => {
    throw new Error(`the dialog stayed: ${await dialog.textContent()}`, { cause });
  });
}
async function choose(
  page: Page,
  dialog: ReturnType<typeof dialogOf>,
  field: string,
  option: RegExp,
): Promise<void> {
  await dialog.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
  // From the list to the next field: in the list, Enter chooses.
  await page.keyboard.press('Tab');
}
async function openQueue(page: Page, name: string): Promise<ReturnType<typeof dialogOf>> {
  await page.getByRole('grid', { name: '队列' }).getByText(name).first().click();
  const dialog = dialogOf(page, new RegExp(`修改队列 ${name}`));
  await dialog.waitFor();
  return dialog;
}
/** The page stands at this revision of the draft. */
const atRevision = (page: Page, revision: number): Promise<void> =>
  page.getByText(`· 修订 ${revision}`, { exact: false }).waitFor();
async function publish(page: Page, reason: string): Promise<void> {
  const version = versionOf(page);
  await page.getByRole('button', { name: `发布第 ${version} 版` }).click();
  const publishing = dialogOf(page, `发布第 ${version} 版`);
  await publishing.getByLabel('理由').fill(reason);
  await sent(page, publishing);
}

test('a queue’s overflow changed: its chain is redrawn, a circle is found and mended, the next call overflows the new way', async () => {
  const author = await at('operator', '/queues');
  await author.getByRole('grid', { name: '队列' }).waitFor();
  await expectAccessible(author);

  // The general desk's wrap-up makes it a change that another person looks at; its overflow is a mistake.
  const general = await openQueue(author, '总席');
  await general.getByLabel('整理时长（秒）').fill('20');
  await general.getByRole('tab', { name: '溢出与最后出路' }).click();
  await choose(author, general, '溢出到', /供水专席/);
  await expectAccessible(author);
  await sent(author, general);
  await author.waitForURL(/version=\d+&tab=impact/);
  const version = versionOf(author);
  await atRevision(author, 2);
  await author.getByRole('tab', { name: /检查/ }).click();
  await author.getByText('队列 general 的溢出绕回自身').first().waitFor();
  await author.getByRole('button', { name: '改 general' }).click();
  const mending = dialogOf(author, /修改队列 总席/);
  await mending.getByRole('tab', { name: '溢出与最后出路' }).click();
  await mending.getByText(/队列 general 的溢出绕回自身/).waitFor();
  await mending.getByRole('combobox', { name: '溢出到' }).hover();
  await mending.locator('.el-select__clear').click();
  await author.keyboard.press('Tab');
  await sent(author, mending);
  await atRevision(author, 3);

  const water = await openQueue(author, '供水专席');
  await water.getByRole('tab', { name: '溢出与最后出路' }).click();
  await choose(author, water, '溢出到', /环保专席/);
  await water.getByLabel('等待多久后溢出（秒）').fill('2');
  await sent(author, water);
  await atRevision(author, 4);
  // Beside what is in force: over the environment desk to the general one.
  await author.getByRole('grid', { name: '队列' }).getByText('供水专席').first().hover();
  const drawn = author.getByRole('list', { name: `溢出链 第 ${version} 版` });
  await drawn.getByText('环保专席').waitFor();
  expect(await drawn.getByRole('listitem').allInnerTexts()).toMatchObject([
    expect.stringMatching(/进入[\s\S]*供水专席/),
    expect.stringMatching(/2 秒[\s\S]*环保专席/),
    expect.stringMatching(/22 秒[\s\S]*总席/),
    expect.stringMatching(/最终[\s\S]*话务员接听/),
  ]);
  await expectAccessible(author);
  await publish(author, '供水来电先由环保专席分担');
  await author.getByRole('status').getByText('须由没有参与起草和修改的另一名运营员').waitFor();

  const second = await at('operator2', `/queues?version=${version}`);
  await second.getByRole('status').getByText('待您复核').waitFor();
  await second.keyboard.press('a');
  const approving = dialogOf(second, `同意第 ${version} 版`);
  await approving.getByLabel('理由').fill('已核对溢出链');
  await sent(second, approving);
  await second.getByText(`第 ${version} 版已发布，新来电`).waitFor();

  const ecology = await town.agent('1005');
  const citizen = await town.citizen({ dialled: '051384120002', number: '13800139201' });
  const call = await ecology.phone.nextCall(20_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  await call.ended;
  expect(await town.callInBooks('13800139201')).toMatchObject({ mode: 'DEDICATED' });
});

test('a number entered in the browser is published, and its call is answered; an emergency number is not taken', async () => {
  const page = await at('operator', '/rules');
  await page.getByRole('grid', { name: '号码' }).waitFor();
  await page.keyboard.press('+');
  const form = dialogOf(page, '登记号码');
  await form.getByLabel('号码', { exact: true }).fill('120');
  await form.getByText('紧急号码，不得归并').waitFor();
  await expectAccessible(page);
  await form.getByLabel('号码', { exact: true }).fill('12369');
  await form.getByText('12369 已登记为“环保举报热线”').waitFor();
  await form.getByLabel('号码', { exact: true }).fill('0513-84110088');
  await form.getByText('051384110088 可以登记').waitFor();
  await form.getByLabel('名称').fill('垃圾分类咨询电话');
  await choose(page, form, '承办单位', /^城市管理局（/);
  await form.getByLabel('依据（文件、协议）').fill('函〔2026〕3号');
  await sent(page, form);
  await page.waitForURL(/version=\d+&tab=impact/);
  await page.getByRole('tab', { name: /差异/ }).click();
  await page
    .getByRole('list', { name: '差异' })
    .getByText(/新增号码 051384110088/)
    .waitFor();
  await publish(page, '新增垃圾分类咨询');
  await page.getByText(/第 \d+ 版已发布，新来电/).waitFor();

  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '051384110088', number: '13800139202' });
  const call = await agent.phone.nextCall(20_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  await call.ended;
  expect(await town.callInBooks('13800139202')).toMatchObject({ mode: 'FORWARD', queue: 'general' });
});

test('a number is taken out in a draft: what becomes of its calls is said first, and the way back is open', async () => {
  const page = await at('operator', '/rules');
  await page.keyboard.press('/');
  await page.getByLabel('号码、名称、单位或方式').fill('12318');
  await page.getByRole('gridcell', { name: '12318', exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialogOf(page, /修改 12318/)
    .getByRole('button', { name: '从登记簿移出 12318…' })
    .click();
  const removing = dialogOf(page, /移出 12318/);
  await removing.getByText('按未登记号码由总席受理').waitFor();
  await removing.getByText('近 30 日有 0 个来电').waitFor();
  await expectAccessible(page);
  await sent(page, removing);
  await page.waitForURL(/version=\d+&tab=impact/);
  await page.getByText('删除号码，来电不再按原规则受理').first().waitFor();
  await page.getByRole('button', { name: `撤销第 ${versionOf(page)} 版` }).click();
  const withdrawing = dialogOf(page, /撤销第/);
  await withdrawing.getByLabel('理由').fill('只是看看影响');
  await sent(page, withdrawing);
  await page.getByText(/第 \d+ 版已撤销/).waitFor();
});

/** 垃圾分类, as a spreadsheet in China writes it. */
const GBK = Buffer.from([0xc0, 0xac, 0xbb, 0xf8, 0xb7, 0xd6, 0xc0, 0xe0]);

test('a register in GBK with one bad line: its report is read, the rest goes into a draft', async () => {
  const page = await at('operator', '/rules/import');
  await page.getByRole('link', { name: '下载空白模板' }).waitFor();
  const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
  const file = Buffer.concat([
    ascii('number,name,unit_code,mode,valid_from,basis\r\n051384110077,'),
    ...[GBK, ascii(',urban-management,FORWARD,2026-12-01,1\r\n110,'), GBK],
    ascii(',urban-management,FORWARD,2026-12-01,2\r\n'),
  ]);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '号码.csv', mimeType: 'text/csv', buffer: file });
  await page.getByRole('status').getByText('2 行：新增 1，修改 0，相同 0，不接收 1').waitFor();
  await page.getByText('GBK', { exact: true }).waitFor();
  const report = page.getByRole('grid', { name: '导入报告' });
  await report.getByRole('row', { name: /^2 ＋ 新增 051384110077 垃圾分类/ }).waitFor();
  await report.getByRole('row', { name: /^3 ✕ 不接收 110 .*不得归并.*删除该行/ }).waitFor();
  await expectAccessible(page);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载报告' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('号码-导入报告.csv');
  await page.getByRole('button', { name: '起草并存入 1 行' }).click();
  await page.waitForURL(/version=\d+&tab=impact/);
  await page
    .getByRole('status')
    .getByText(`已存入第 ${versionOf(page)} 版草稿`)
    .waitFor();
  await page.getByRole('tab', { name: /差异/ }).click();
  await page
    .getByRole('list', { name: '差异' })
    .getByText(/新增号码 051384110077.*垃圾分类/)
    .waitFor();

  // A workbook under another name: it is said what to do.
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '号码.csv', mimeType: 'text/csv', buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0]) });
  await page.getByRole('alert').getByText('另存为“CSV UTF-8”或“CSV”').waitFor();
});

test('the calendar shows where a transition ends, and what follows from it', async () => {
  const page = await at('lead', '/rules/calendar');
  const { lines } = await town.lead.get<{ lines: readonly { number: string; validTo: string | null }[] }>(
    '/v1/lines',
  );
  const end = lines.find(({ number }) => number === '12316')?.validTo ?? '';
  await page.getByRole('row', { name: new RegExp(`12316 .*短期过渡 至 ${end.slice(5)}`) }).waitFor();
  const coming = page.getByRole('region', { name: '今后 90 日的变化' });
  await coming.getByRole('button', { name: /12316 .*短期过渡期满，没有后续方式：播报后转接人工/ }).click();
  await page.getByRole('region', { name: '12316 的经过' }).waitFor();
  await expectAccessible(page);
});

test('a transition that nothing follows is given more months: another operator agrees, and what is to be done about transitions is ticked off', async () => {
  const page = await at('operator', '/rules/calendar');
  const work = page.getByRole('region', { name: '过渡期事项' });
  const over = work.getByRole('listitem').filter({ hasText: /^\S*051384110001 的过渡期已于/ });
  await expect
    .poll(
      async () => {
        if ((await over.count()) > 0) return true;
        await page.reload();
        await work.waitFor();
        return false;
      },
      { timeout: 30_000, interval: 2_000 },
    )
    .toBe(true);
  await expectAccessible(page);
  await over.getByRole('button', { name: '无需办理' }).press('Enter');
  const ticking = dialogOf(page, '无需办理');
  await ticking.getByLabel('为何无需办理').fill('该号码早已停用，提示语已核对');
  await expectAccessible(page);
  await sent(page, ticking);
  await over.waitFor({ state: 'detached' });
  const { items } = await town.lead.get<{ items: readonly object[] }>(
    '/v1/work-items?state=dismissed&number=051384110001',
  );
  expect(items).toMatchObject([{ closed: { reason: '该号码早已停用，提示语已核对' } }]);

  await page.keyboard.press('/');
  await page.getByLabel('号码、名称、单位或方式').fill('12316');
  await page.getByRole('row', { name: /12316 .*短期过渡/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '延长过渡期…' }).waitFor();
  await page.keyboard.press('Alt+e');
  const extending = dialogOf(page, /^延长 12316 /);
  await extending.getByRole('spinbutton', { name: '延长几个日历月' }).fill('2');
  await extending.getByLabel('依据：文件、批示').fill('如政办〔2026〕12号');
  await extending.getByLabel('理由').fill('来电仍多，予以延长');
  await expectAccessible(page);
  await sent(page, extending);
  await page.waitForURL(/\/rules\?version=\d+&tab=diff/);
  const version = versionOf(page);
  await page
    .getByRole('list', { name: '差异' })
    .getByText(/新增.*12316|12316.*新增/)
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: `同意第 ${version} 版` }).count()).toBe(0);

  // Somebody else is about to ask the same.
  const late = await at('operator', '/rules/calendar');
  await late.getByLabel('号码、名称、单位或方式').fill('12316');
  await late.getByRole('row', { name: /12316 .*短期过渡/ }).click();
  await late.getByRole('button', { name: '延长过渡期…' }).waitFor();
  await late.keyboard.press('Alt+e');
  const again = dialogOf(late, /^延长 12316 /);
  await again.getByLabel('依据：文件、批示').fill('如政办〔2026〕13号');
  await again.getByLabel('理由').fill('再延长一次');

  const second = await at('operator2', `/rules?version=${version}`);
  await second.getByRole('status').getByText('待您复核').waitFor();
  await second.keyboard.press('a');
  const approving = dialogOf(second, `同意第 ${version} 版`);
  await approving.getByLabel('理由').fill('已核对批示');
  await sent(second, approving);
  await second.getByText(`第 ${version} 版已发布，新来电`).waitFor();
  const { history } = await town.lead.get<{
    history: readonly { approvers: readonly object[]; lines: readonly { basis: string }[] }[];
  }>('/v1/rules/numbers/12316/history');
  expect(history.at(-1)?.approvers).toHaveLength(1);
  expect(history.at(-1)?.lines.filter(({ basis }) => basis === '如政办〔2026〕12号')).toHaveLength(1);

  // Decided already: he is told, and nothing that he typed is lost.
  await late.keyboard.press('Control+Enter');
  await again.getByRole('alert').getByText('该号码过渡期满后的安排已经登记，请修改该安排').waitFor();
  expect(await again.getByLabel('理由').inputValue()).toBe('再延长一次');
  // Nobody is offered it any more, and who may not ask never was.
  for (const account of ['operator2', 'lead'] as const) {
    const after = await at(account, '/rules/calendar');
    await after.getByLabel('号码、名称、单位或方式').fill('12316');
    await after.getByRole('row', { name: /12316 .*短期过渡/ }).click();
    await after.getByRole('region', { name: '12316 的经过' }).getByText('来电仍多，予以延长').waitFor();
    expect(await after.getByRole('button', { name: '延长过渡期…' }).count()).toBe(0);
  }
  for (const told of browser.mishaps.splice(0)) expect(told).toContain('status of 409');
});

test('of what is to be done about transitions no more is counted than has been read, and that there is more is said', async () => {
  // Meanwhile no worker takes back what follows from no transition.
  await town.whileLocked('select pg_advisory_xact_lock(1234500009)', [], async () => {
    await town.inBooks(
      `with put as (insert into work_items (id, key, kind, number, unit_code, due_day, last_day, days_before, opened_at)
         select gen_random_uuid(), 'many:' || nth, 'transitionEnd', '12316', min(code), '2026-01-01', '2026-01-01', 0, now()
         from units cross join generate_series(1, 25) nth group by nth returning 1) select count(*) from put`,
    );
    const page = await at('operator', '/rules/calendar');
    const work = page.getByRole('region', { name: '过渡期事项' });
    await work.getByRole('heading').getByText('20+', { exact: true }).waitFor();
    await work.getByRole('button', { name: '更多' }).click();
    await work
      .getByRole('heading')
      .getByText(/^2[5-9]$|^3\d$/)
      .waitFor();
    await town.inBooks(
      `with gone as (delete from work_items where key like 'many:%' returning 1) select count(*) from gone`,
    );
  });
});

test('an operator sees who has which skill, and gives one', async () => {
  const page = await at('operator', '/roster');
  await page.getByRole('grid', { name: '座席技能' }).getByText('陈晓').click();
  const form = dialogOf(page, /1001/);
  await form.getByRole('button', { name: '加一项技能' }).click();
  await form.getByRole('combobox', { name: '第 1 项技能' }).fill('en');
  await page.getByRole('option', { name: 'en', exact: true }).click();
  await form.getByLabel('en 等级').fill('3');
  await expectAccessible(page);
  await sent(page, form);
  await page.getByRole('row', { name: /1001 陈晓.* 3$/ }).waitFor();
  await expectAccessible(page);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
