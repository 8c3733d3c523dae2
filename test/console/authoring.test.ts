import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import { until } from '../../src/demo/poll.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

// What citizens are told: written by a unit, judged by another, found by an agent; what was looked for in vain becomes an entry.

let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const at = (username: string, path: string) => browser.signedIn(username, town.passwordOf(username), path);
const dialogOf = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** What must be there before anybody may check it. */
async function fill(page: Page, answer: string): Promise<void> {
  await field(page, '口播答复').fill(answer);
  await field(page, '文件名称 1').fill('城镇供水服务');
  await field(page, '第几条 1').fill('第五条');
  await page.getByRole('combobox', { name: '分类' }).fill('供水');
  await page.getByRole('option', { name: /供水/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
}
/** One step of a version, through its dialog. */
async function step(page: Page, move: string, reason = ''): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${move}`) }).click();
  const dialog = dialogOf(page, move);
  await dialog.waitFor();
  if (reason !== '') await dialog.getByLabel('理由').fill(reason);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' }).catch(async (cause: unknown) => {
    throw new Error(`the dialog stayed: ${await dialog.textContent()}`, { cause });
  });
}
const inState = (page: Page, state: string) =>
  page.getByRole('region', { name: '经过' }).getByText(state).first().waitFor();

/** One grey point. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
/** One entry on its way, and its page. */
const question = '水表冻裂了找谁换';
let path: string;

test('a unit’s editor writes: what a citizen would not follow is said at once, and nothing typed is lost', async () => {
  const editor = await at('unit.water', '/authoring');
  await editor.getByRole('button', { name: /写新条目/ }).waitFor();
  await expectAccessible(editor);
  await editor.keyboard.press('n');
  await editor.waitForURL('**/authoring/edit');
  await field(editor, '问题').fill(question);
  // A sentence that nobody follows by ear is said to be one while it is written.
  await fill(editor, `请您拨打热线报修${'并说明详细地址和水表位置以及损坏情况'.repeat(6)}。`);
  const check = editor.getByRole('complementary', { name: '通俗化检查' });
  await check.getByText('念出来听不清').waitFor();
  await check.getByText('必须改').first().waitFor();
  await expectAccessible(editor);

  // What was typed outlives the page.
  await editor.reload();
  await editor.getByText('已恢复上次在本机写了').waitFor();
  expect(await field(editor, '问题').inputValue()).toBe(question);
  // It is saved, and goes to nobody as it is.
  await editor.keyboard.press('Control+Enter');
  await editor.getByRole('alert').getByText('未通过通俗化检查').waitFor();
  await editor.waitForURL(/authoring\/edit\/[0-9a-f-]{36}/);
  await field(editor, '口播答复').fill('换水表不收费。\n请打 96390，当天有人上门。');
  await field(editor, '其他问法').fill('水表冻坏咋整\n水表裂了漏水');
  await expect.poll(() => check.getByText('必须改').count()).toBe(0);
  await editor.keyboard.press('Control+Enter');
  await editor.waitForURL(/authoring\/entries\//);
  await inState(editor, '待审核');
  // His own words are not his to judge.
  expect(await editor.getByRole('button', { name: /^审核通过/ }).count()).toBe(0);
  path = new URL(editor.url()).pathname;
});

test('another person gives it back with what is wrong, sees what was mended, approves and publishes it', async () => {
  const checker = await at('reviewer', '/authoring');
  await checker.getByRole('gridcell', { name: question }).click();
  await checker.waitForURL(`**${path}`);
  await checker.getByRole('article').getByText('换水表不收费').waitFor();
  // The warnings stand before who judges as well.
  await checker.getByRole('region', { name: '通俗化检查' }).getByText('没有短信口径').waitFor();
  await expectAccessible(checker);
  await step(checker, '退回', '请写上短信答复');
  await inState(checker, '已退回');

  const editor = await at('unit.water', '/authoring');
  await editor.getByRole('gridcell', { name: question }).click();
  await editor.getByText('请写上短信答复').waitFor();
  await editor.getByRole('button', { name: /写新版本/ }).waitFor();
  await editor.keyboard.press('e');
  await editor.waitForURL(/authoring\/edit\//);
  await field(editor, '短信答复').fill('水表冻裂请打96390，免费更换。');
  const paper = { name: '换表流程.png', mimeType: 'image/png', buffer: PICTURE };
  await editor.locator('input[type=file]').setInputFiles(paper);
  await editor.getByRole('link', { name: paper.name }).waitFor();
  await editor.keyboard.press('Control+Enter');
  await editor.waitForURL(/authoring\/entries\//);
  await inState(editor, '待审核');

  await checker.goto(path);
  // Side by side with what was given back: what is new in it.
  await checker.locator('ins', { hasText: '水表冻裂请打96390' }).waitFor();
  // What goes with it is looked at as well.
  await checker.getByRole('article').getByRole('link', { name: paper.name }).waitFor();
  await step(checker, '审核通过');
  await inState(checker, '已通过');
  await step(checker, '发布');
  await inState(checker, '已发布');
});

test('an agent finds it by a citizen’s words', async () => {
  const agent = await town.as('1001');
  await until('the entry in the index', 60_000, async () => {
    const words = encodeURIComponent('水表冻坏咋整');
    const { hits } = await agent.get<{ hits: { title: string }[] }>(
      `/v1/knowledge/search?words=${words}&typing=true`,
    );
    return hits.some(({ title }) => title === question) ? true : null;
  });
  await agent.signOut();
  const desk = await at('1001', '/knowledge');
  await desk.getByLabel('用市民的话查').fill('水表冻坏咋整');
  await desk
    .getByRole('list', { name: '检索结果' })
    .getByRole('button')
    .filter({ hasText: question })
    .first()
    .click();
  const article = desk.getByRole('article');
  await article.getByText('换水表不收费').waitFor();
  const paper = await article.getByRole('link', { name: '换表流程.png' }).getAttribute('href');
  const opened = await desk.request.get(new URL(paper ?? '', town.apiUrl).href);
  expect([opened.headers()['content-type'], await opened.body()]).toEqual(['image/png', PICTURE]);
});

test('two editors of one entry: the later is told who was quicker, and nothing that he typed is lost', async () => {
  const unit = await town.as('unit.water');
  const words = {
    question: '停水通知在哪里看',
    answer: '看公众号。',
    categories: ['utilities.water'],
    validFrom: '2026-01-01',
  };
  const { id } = await unit.post<{ id: string }>('/v1/knowledge', words);
  const page = await at('unit.water', `/authoring/edit/${id}`);
  await expect.poll(() => field(page, '口播答复').inputValue()).toBe('看公众号。');
  await field(page, '口播答复').fill('看自来水公司的公众号。');
  await unit.post(`/v1/knowledge/${id}/versions`, { ...words, answer: '看小区公告栏。', revision: 1 });
  await page.keyboard.press('Control+s');
  const clash = page.getByRole('region', { name: '与他人的修改冲突' });
  await clash.getByText('现为第 2 版').waitFor();
  await expectAccessible(page);
  expect(await field(page, '口播答复').inputValue()).toBe('看自来水公司的公众号。');
  await clash.getByRole('button', { name: '以我写的为准' }).click();
  await page.keyboard.press('Control+s');
  await page.getByText('第 3 版').waitFor();
  const { latest } = await unit.get<{ latest: { answer: string; number: number } }>(`/v1/knowledge/${id}`);
  expect(latest).toMatchObject({ number: 3, answer: '看自来水公司的公众号。' });
  await unit.signOut();
});

test('what is typed while a draft is being saved is not taken for saved, and is there after the page is loaded anew', async () => {
  const unit = await town.as('unit.water');
  const { id } = await unit.post<{ id: string }>('/v1/knowledge', {
    ...{ question: '水费单看不懂', answer: '打 96390 问。', categories: ['utilities.water'] },
    validFrom: '2026-01-01',
  });
  const page = await at('unit.water', `/authoring/edit/${id}`);
  const words = field(page, '口播答复');
  await expect.poll(() => words.inputValue()).toBe('打 96390 问。');
  await words.fill('打 96390 问，会逐项解释。');
  const parked: Route[] = [];
  await page.route(`**/v1/knowledge/${id}/versions`, (route) => void parked.push(route));
  await page.keyboard.press('Control+s');
  await expect.poll(() => parked.length).toBe(1);
  await words.fill('打 96390 问，会逐项解释，周末也行。');
  await parked[0]?.continue();
  await expect
    .poll(async () => (await unit.get<{ latest: { answer: string } }>(`/v1/knowledge/${id}`)).latest.answer)
    .toBe('打 96390 问，会逐项解释。');
  await page.getByText('第 2 版').first().waitFor();
  await page.reload();
  await page.getByText('已恢复上次在本机写了').waitFor();
  expect(await words.inputValue()).toBe('打 96390 问，会逐项解释，周末也行。');
  await unit.signOut();
});

test('a question without a hit becomes an entry, and says that it is found', async () => {
  const words = 'zzqqyy';
  const agent = await town.as('1001');
  const { hits } = await agent.get<{ hits: object[] }>(`/v1/knowledge/search?words=${words}`);
  expect(hits).toEqual([]);
  await agent.signOut();
  const page = await at('operator', '/authoring/questions');
  const row = page.getByRole('row').filter({ hasText: words });
  await row.getByText('仍搜不到').waitFor();
  await expectAccessible(page);
  await row.getByRole('button', { name: '由此写条目' }).click();
  await page.waitForURL(/authoring\/edit\?q=/);
  expect(await field(page, '问题').inputValue()).toBe(words);
  await page.getByRole('combobox', { name: '所属单位' }).fill('自来水');
  await page
    .getByRole('option', { name: /自来水/ })
    .first()
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await fill(page, '这是自来水公司的代号。');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/authoring\/entries\//);
  await inState(page, '待审核');
  // He wrote it: another operator judges it.
  await page.getByText('须由没有参与起草').first().waitFor();
  const another = await at('operator2', new URL(page.url()).pathname);
  await step(another, '审核通过');
  await inState(another, '已通过');
  await step(another, '发布');
  await inState(another, '已发布');
  await until('the entry in the index', 60_000, async () => {
    const found = await town.lead.get<{ hits: object[] }>(`/v1/knowledge/search?words=${words}&typing=true`);
    return found.hits.length > 0 ? true : null;
  });
  await page.goto('/authoring/questions');
  await expect.poll(() => row.locator('.found').textContent()).toBe(words);
});

test('what is published at once is looked at afterwards, and the care page has it with its limit', async () => {
  const unit = await town.as('unit.water');
  const { id } = await unit.post<{ id: string }>('/v1/knowledge', {
    ...{
      question: '城东停水到几点',
      answer: '今天 18 点恢复。',
      categories: ['utilities.water'],
      validFrom: '2026-01-01',
    },
    basis: [{ document: '停水公告', clause: '第 1 号' }],
  });
  const lead = await at('lead', `/authoring/entries/${id}`);
  await step(lead, '应急发布', '市民正在大量来电');
  await inState(lead, '应急发布');
  await lead.getByText('须在').first().waitFor();
  const page = await at('unit.water', '/authoring/care');
  const tasks = page.getByRole('region', { name: '未办的任务' });
  await tasks.getByText('应急发布补审').first().waitFor();
  await expectAccessible(page);
  const second = await at('reviewer', `/authoring/entries/${id}`);
  await step(second, '补审通过');
  await inState(second, '已发布');
  await unit.signOut();
});

test('a critical notice holds back “ready” until it is read, and the lead sees by whom', async () => {
  const lead = await at('lead', '/notices');
  await lead.getByRole('button', { name: /发通知/ }).click();
  const dialog = dialogOf(lead, '发通知');
  await dialog.getByLabel('标题').fill('明天城东停水');
  await dialog.getByLabel('内容').fill('8 点至 18 点，请按条目答复。');
  await dialog.getByText('必读：读过才能示闲').click();
  await expectAccessible(lead);
  await lead.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const notice = lead.getByRole('article', { name: '明天城东停水' });
  await notice.getByRole('list', { name: /^未读/ }).getByText('1002').waitFor();
  await expectAccessible(lead);

  const session = { apiUrl: town.apiUrl, username: '1002', password: town.passwordOf('1002'), sip: town.sip };
  const agent = await AgentAtWork.start(session);
  town.visit(() => agent.leave());
  await until('the notice that holds him back', 20_000, async () => {
    const refused = await agent.api.post('/v1/agents/me/ready').then(
      () => '',
      (error: unknown) => String(error),
    );
    return refused.includes('knowledge.noticeUnread') ? true : null;
  });
  const page = await at('1002', '/notices');
  await page.getByRole('list', { name: '全部通知' }).getByText('明天城东停水').click();
  await page.getByText('您还没有读').first().waitFor();
  await expectAccessible(page);
  await page.getByRole('article').getByRole('button', { name: '已读' }).click();
  await page.getByText(/您已于 .* 读过/).waitFor();
  await agent.ready(20_000);
  // Without anybody loading it anew.
  await notice.getByRole('list', { name: /^已读/ }).getByText('1002').waitFor();

  await notice.getByRole('button', { name: '撤回通知' }).click();
  const sure = dialogOf(lead, /撤回通知/);
  await sure.waitFor();
  await lead.keyboard.press('Control+Enter');
  await sure.waitFor({ state: 'detached' });
  await notice.getByRole('button', { name: '撤回通知' }).waitFor({ state: 'detached' });
});

test('a table with a bad line: its report says where, the good lines are written, and a place is kept', async () => {
  const page = await at('operator', '/authoring/imports');
  await page.getByRole('radiogroup', { name: '导入什么' }).getByText('场所', { exact: true }).click();
  const table = [
    'code,name,address,category,keeper,telephone',
    'IMP-1,便民修鞋,掘港街道江海路1号,utilities.water,partner,0513-84123456',
    'IMP-2,没有地址的店,,utilities.water,partner,',
  ].join('\r\n');
  await page.getByLabel('选择文件（xlsx 或 CSV）').setInputFiles({
    name: '场所.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(table),
  });
  await page.getByText('共 2 行，可写入 1 行，不合格 1 行').waitFor();
  const report = page.getByRole('grid', { name: '逐行报告' });
  await report.getByRole('row').filter({ hasText: 'IMP-2' }).getByText('没有填写').waitFor();
  await expectAccessible(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载报告' }).click();
  expect((await saved).suggestedFilename()).toBe('场所-逐行报告.csv');
  await page.getByRole('button', { name: '只导入合格的 1 行' }).click();
  await page.getByRole('list', { name: '最近的导入' }).getByText('新增 1').waitFor({ timeout: 60_000 });
  // The report stays with the import.
  await report.getByText('没有填写').waitFor();
  const exported = await page.request.get('/v1/exports/places?format=csv');
  expect(await exported.text()).toContain('便民修鞋');

  await page.goto('/authoring/places');
  await page.keyboard.press('/');
  await page.getByLabel('名称、地址中的文字').fill('便民修鞋');
  await page.keyboard.press('Enter');
  const row = page.getByRole('row').filter({ hasText: '便民修鞋' });
  await row.getByText('未核实').waitFor();
  await expectAccessible(page);
  await row.getByRole('button', { name: '核实' }).click();
  await expect.poll(() => row.getByText('未核实').count()).toBe(0);
  await row.getByRole('gridcell', { name: '便民修鞋' }).click();
  const dialog = dialogOf(page, /修改场所/);
  await dialog.getByLabel('开放时间').fill('随便什么时候');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  // What was typed stays, and it says how it is written.
  await dialog.getByText('看不懂').waitFor();
  await dialog.getByLabel('开放时间').fill('每天 08:00-20:00');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await row.getByText('每天 08:00-20:00').waitFor();

  // From now on tickets can be dispatched to it.
  await row.getByRole('button', { name: '设为派单对象' }).click();
  await dialogOf(page, '设为派单对象：便民修鞋').getByLabel('单位代码').fill('partner-xiuxie');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await page.getByText('已设为派单对象 partner-xiuxie').waitFor();
  const { units } = await town.lead.get<{ units: readonly { code: string; name: string }[] }>('/v1/units');
  expect(units).toContainEqual(expect.objectContaining({ code: 'partner-xiuxie', name: '便民修鞋' }));
});

test('entries that are to be told at once: who sent them waits for another and is told so, who decides is offered it', async () => {
  const page = await at('operator', '/authoring/imports');
  await page.getByText('复核后直接发布', { exact: false }).click();
  const table = [
    'code,question,answer,unit,category,basis,public',
    'TOLD-1,水表慢了找谁校,可打自来水公司电话，三日内上门校表。,县自来水公司,供水,城镇供水服务|第五条,是',
  ].join('\r\n');
  await page.getByLabel('选择文件（xlsx 或 CSV）').setInputFiles({
    ...{ name: '条目.csv', mimeType: 'text/csv', buffer: Buffer.from(table) },
  });
  await page.getByRole('button', { name: '导入这 1 行' }).click();
  const mine = (who: Page) => who.getByRole('listitem').filter({ hasText: '条目.csv' });
  await mine(page).getByText('1 行等待另一人复核').waitFor();
  await mine(page).getByText('您参与过，“通过并发布、不通过”由另一人做').waitFor();
  expect(await mine(page).getByRole('button', { name: /通过/ }).count()).toBe(0);
  await expectAccessible(page);

  const lead = await at('lead', '/authoring/imports');
  await mine(lead).getByRole('button', { name: '不通过' }).waitFor();
  await mine(lead).getByRole('button', { name: '通过并发布' }).click();
  await mine(lead).getByText('新增 1').waitFor({ timeout: 60_000 });
  expect(await mine(lead).getByText('您参与过', { exact: false }).count()).toBe(0);
});

test('how far a file has come is seen on the page while it is written, and nothing of it before it is whole', async () => {
  const page = await at('operator', '/authoring/imports');
  await page.getByRole('radiogroup', { name: '导入什么' }).getByText('场所', { exact: true }).click();
  const rows = Array.from({ length: 800 }, (_, n) => {
    // The worker reaches this one in its second stretch.
    const code = n === 700 ? 'IMP-1' : `LONG-${n}`;
    return `${code},便民点${n},掘港街道江海路${n}号,utilities.water,partner,0513-84123456`;
  });
  const file = {
    name: '八百场所.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['code,name,address,category,keeper,telephone', ...rows].join('\n')),
  };
  const list = page.getByRole('list', { name: '最近的导入' });
  const mine = list.getByRole('listitem').filter({ hasText: '八百场所.csv' });
  await town.whileLocked(`select from places where code = $1 for update`, ['IMP-1'], async () => {
    await page.getByLabel('选择文件（xlsx 或 CSV）').setInputFiles(file);
    await page.getByRole('button', { name: '导入这 800 行' }).click();
    const bar = mine.getByRole('progressbar');
    await expect.poll(() => bar.getAttribute('aria-valuenow'), { timeout: 60_000 }).toBe('62');
    await expectAccessible(page);
    const written = await town.inBooks<{ n: number }>(
      `select count(*)::int as n from places where code like 'LONG-%'`,
    );
    expect(written.n).toBe(0);
  });
  await mine.getByText('新增 799').waitFor({ timeout: 60_000 });
  expect(await mine.getByRole('progressbar').count()).toBe(0);
});

test('which areas have partners and volunteers is seen at once, and which lack them', async () => {
  const { areas } = await town.lead.get<{
    areas: readonly { name: string; missing: readonly string[] }[];
  }>('/v1/reports/place-coverage');
  const lacking = areas.filter(({ missing }) => missing.length > 0);
  const page = await at('lead', '/authoring/coverage');
  await page.getByRole('status').getByText(`${areas.length} 个区域，${lacking.length} 个有缺`).waitFor();
  const grid = page.getByRole('grid', { name: '服务覆盖' });
  const names = () => grid.locator('tr.row td:first-child').allTextContents();
  await expect.poll(names).toContain(areas[0]?.name);
  await expectAccessible(page);
  await page.getByText('只看有缺的').click();
  await expect.poll(async () => (await names())[0]).toBe(lacking[0]?.name);
  expect(await grid.locator('tr.row').first().textContent()).toMatch(/加盟店|志愿服务队/);
});

test('an expert is registered by his unit, and shown as there or away', async () => {
  const page = await at('unit.water', '/authoring/experts');
  await page.getByRole('button', { name: /登记专家/ }).click();
  const dialog = dialogOf(page, '登记专家');
  await dialog.getByLabel('姓名').fill('顾工');
  await dialog.getByLabel('电话').fill('051384990001');
  await dialog.getByLabel('可接听时间').fill('24h');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row').filter({ hasText: '顾工' }).getByText('可接听').waitFor();
  await expectAccessible(page);
});

test('a surge pack is made ready with entries found by words, says what it would tell, and is put away', async () => {
  const page = await at('operator', '/authoring/packs');
  await page.getByRole('button', { name: /准备知识包/ }).click();
  const dialog = dialogOf(page, '准备知识包');
  await dialog.getByLabel('代码').fill('flood');
  await dialog.getByLabel('名称').fill('防汛');
  await dialog.getByRole('combobox', { name: '按编号或问法找条目' }).fill('社保');
  await page.getByRole('option', { name: /社保/ }).first().click();
  await dialog.getByRole('list').getByText('社保').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const pack = page.getByRole('article', { name: '防汛' });
  await pack.getByText('已在答复，届时置顶').waitFor();
  await expectAccessible(page);
  await pack.getByRole('button', { name: '删除' }).click();
  await dialogOf(page, /删除/).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('还没有应急知识包').waitFor();
});

test('whoever heard a wrong answer can be looked for once it is told no more', async () => {
  const unit = await town.as('unit.water');
  const reviewer = await town.as('reviewer');
  const { id } = await unit.post<{ id: string }>('/v1/knowledge', {
    ...{
      question: '水费几号交',
      answer: '每月 5 号。',
      categories: ['utilities.water'],
      validFrom: '2026-01-01',
    },
    basis: [{ document: '供水合同', clause: '第三条' }],
  });
  let revision = 1;
  for (const [who, move] of [
    [unit, 'submit'],
    [reviewer, 'approve'],
    [reviewer, 'publish'],
    [reviewer, 'withdraw'],
  ] as const) {
    const moved = await who.post<{ revision: number }>(`/v1/knowledge/${id}/versions/1/moves`, {
      ...{ move, revision, reason: '日期写错', push: 'none' },
    });
    revision = moved.revision;
  }
  const page = await at('lead', `/authoring/entries/${id}`);
  await page.getByRole('button', { name: '答复更正' }).click();
  const dialog = dialogOf(page, /更正/);
  await dialog.getByLabel(/错在哪里/).fill('日期写错，应为每月 15 号');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/authoring\/corrections\?of=/);
  await page.getByRole('article').getByText('没有市民听过错误答复').waitFor();
  await expectAccessible(page);
  await Promise.all([unit.signOut(), reviewer.signOut()]);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
