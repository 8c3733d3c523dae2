import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../src/demo/api-client.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

// A dispatcher keeps the catalogue as a spreadsheet: writes, pastes, checks, tries it on last month, publishes.

let town: Town;
let browser: ConsoleBrowser;
let dispatcher: ApiClient;
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
  dispatcher = await town.as('dispatcher');
  town.visit(() => dispatcher.signOut());
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const opened = async (): Promise<Page> => {
  const page = await browser.signedIn('dispatcher', town.passwordOf('dispatcher'), '/catalogue');
  await page.getByRole('grid', { name: '派单目录' }).waitFor();
  return page;
};
/** Of hundreds of lines those with these words. */
async function look(page: Page, words: string): Promise<void> {
  await page.getByLabel('分类、区域、设施、单位或依据').fill(words);
  await page.keyboard.press('Enter');
}
const leadOf = async (category: string): Promise<string | undefined> =>
  (await dispatcher.get<{ entries: { leadUnit: string }[] }>(`/v1/dispatch/responsible?category=${category}`))
    .entries[0]?.leadUnit;

const ticketNobodys = (): Promise<unknown> =>
  town.lead.post('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'utilities.telecom', unitCode: 'cable-tv' },
    ...{
      content: '小区宽带断了三天无人来修。',
      place: '城中街道',
      citizenName: '王小明',
      citizenNumber: '13912340095',
    },
  });

test('a category without anybody is marked, given a unit by the keyboard, checked, tried on last month and published', async () => {
  await ticketNobodys();
  const page = await opened();
  const grid = page.getByRole('grid', { name: '派单目录' });
  await page.keyboard.press('/');
  await page.keyboard.type('通信网络');
  await grid.getByRole('row', { name: /^无人负责 通信网络/ }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  for (let right = 0; right < 3; right += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.type('x');
  await page.keyboard.press('Escape');
  // Escape takes back: nothing was written.
  expect(await page.getByRole('button', { name: /保存并检查/ }).count()).toBe(0);
  await page.keyboard.press('F2');
  await page.keyboard.type('没有的单位');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  const side = page.getByRole('complementary', { name: '检查、差异与回放' });
  await side.getByText('没有叫“没有的单位”的承办单位').waitFor();
  await expectAccessible(page);
  await side.getByRole('button', { name: /没有叫/ }).click();
  await grid.locator('td.here.wrong').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('广电网络公司');
  await page.keyboard.press('Enter');
  // Kept on this machine although nobody saved it.
  await page.reload();
  await look(page, '通信网络');
  await grid.getByRole('row', { name: /^新增 通信网络 广电网络公司/ }).waitFor();
  await page.getByRole('button', { name: /保存并检查/ }).click();
  await side.getByText(/有误 0 处；新增 1 条，移出 0 条；.*消除 1 个/).waitFor();
  await side.getByRole('tab', { name: '差异' }).click();
  await side
    .getByRole('table', { name: '与现行目录的差异' })
    .getByText(/广电网络公司/)
    .waitFor();
  await side.getByRole('tab', { name: '回放' }).click();
  // The worker learns of what was dispatched in its own time.
  const changed = side.getByRole('table', { name: '首选单位不同的工单' });
  await expect
    .poll(
      async () => {
        const answered = page.waitForResponse(/\/replay/);
        await side.getByRole('button', { name: '回放最近 30 日' }).click();
        await answered;
        return await changed.count();
      },
      { timeout: 90_000, interval: 1_000 },
    )
    .toBe(1);
  await changed
    .getByRole('row', { name: /通信网络 .*无人 → 广电网络公司 广电网络公司 草稿正确 1/ })
    .waitFor();
  await side
    .getByRole('table', { name: '首选准确率' })
    .getByRole('row', { name: /^草稿 / })
    .waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '发布…' }).click();
  const publishing = page.getByRole('dialog', { name: '发布派单目录草稿' });
  await publishing.getByLabel('理由').fill('通信线路归口广电网络公司');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/已发布，目录现为第 \d+ 版。/)
    .waitFor();
  expect(await leadOf('utilities.telecom')).toBe('cable-tv');
});

test('a block is pasted from a spreadsheet and taken back; another unit begins on its day, what stood goes on until then', async () => {
  const page = await opened();
  const grid = page.getByRole('grid', { name: '派单目录' });
  const power = grid.getByRole('row', { name: /^供电 供电公司/ });
  await look(page, '供电');
  await power.waitFor();
  await page.keyboard.press('Insert');
  await grid.locator('tr.new td.here').waitFor();
  const block = ['社会保险', '就业创业', '工伤待遇']
    .map((name) => `${name}\t掘港街道\t\t人力资源和社会保障局\t\t\t\t"三定方案\n第二条"`)
    .join('\r\n');
  await page.evaluate(`(() => {
    const data = new DataTransfer();
    data.setData('text/plain', ${JSON.stringify(block)});
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
  })()`);
  await page
    .getByRole('status')
    .getByText(/改动 3 条/)
    .waitFor();
  await grid.getByRole('row', { name: /^新增 工伤待遇 掘港街道 人力资源和社会保障局/ }).waitFor();
  await page.keyboard.press('Control+z');
  await page
    .getByRole('status')
    .getByText(/改动 1 条/)
    .waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText(/改动 \d+ 条/).waitFor({ state: 'detached' });

  await page.getByLabel('改派自何日起').fill('2030-01-01');
  await page.keyboard.press('Enter');
  await power.getByRole('gridcell').nth(3).dblclick();
  await page.keyboard.type('住房和城乡建设局');
  await page.keyboard.press('Tab');
  await grid.getByRole('row', { name: /^已改 供电 住房和城乡建设局 2030-01-01/ }).waitFor();
  await page.keyboard.press('Control+s');
  const side = page.getByRole('complementary', { name: '检查、差异与回放' });
  await side.getByText(/有误 0 处/).waitFor();
  await side.getByRole('tab', { name: '差异' }).click();
  const diff = side.getByRole('table', { name: '与现行目录的差异' });
  await diff.getByText(/至 2029-12-31/).waitFor();
  await diff.getByText(/2030-01-01 至 长期/).waitFor();
  await page.getByRole('button', { name: '作废草稿' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '作废草稿' }).click();
  await page.getByRole('status').getByText('草稿已作废').waitFor();
});

test('what cannot even be kept is told by its line and column as the grid has them; what is missing is told by the check', async () => {
  const page = await opened();
  const grid = page.getByRole('grid', { name: '派单目录' });
  await look(page, '供电');
  const lead = grid.getByRole('row', { name: /供电 / }).getByRole('gridcell').nth(3);
  await lead.dblclick();
  await page.keyboard.insertText('长'.repeat(300));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await page
    .getByRole('alert')
    .getByText('第 1 行：供电 主办单位 太长，最多 240 个字', { exact: false })
    .waitFor();
  await lead.dblclick();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  const side = page.getByRole('complementary', { name: '检查、差异与回放' });
  await side.getByRole('button', { name: '第 1 行： 没有主办单位' }).waitFor();
  await page.getByRole('button', { name: '作废草稿' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '作废草稿' }).click();
  await page.getByRole('status').getByText('草稿已作废').waitFor();
});

test('two edit the same matter: the later is told, looks at what stands, and publishes on top of it', async () => {
  const page = await opened();
  const grid = page.getByRole('grid', { name: '派单目录' });
  const row = grid.getByRole('row', { name: /^供水 县自来水公司/ });
  await look(page, '供水');
  await row.waitFor();
  await row.getByRole('gridcell').nth(7).dblclick();
  await page.keyboard.type('权责清单第8项');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  const side = page.getByRole('complementary', { name: '检查、差异与回放' });
  await side.getByText('有误 0 处', { exact: false }).waitFor();
  const { version } = await dispatcher.get<{ version: number }>('/v1/dispatch/catalogue');
  await dispatcher.post('/v1/dispatch/catalogue', {
    ...{ version, reason: '另一人' },
    entries: [{ category: 'utilities.water', lead: 'water', basis: '另一人的依据' }],
  });
  await page.getByRole('button', { name: '发布…' }).click();
  await page.getByRole('dialog', { name: '发布派单目录草稿' }).getByLabel('理由').fill('补充依据条款');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').getByText('他人改过同一事项').waitFor();
  await page.getByRole('button', { name: '已核对，以现行目录为底' }).click();
  await side.getByText('有误 0 处', { exact: false }).waitFor();
  await page.getByRole('button', { name: '发布…' }).click();
  // The words of before stand there; the key is the dialog's once it is open.
  const again = page.getByRole('dialog', { name: '发布派单目录草稿' }).getByLabel('理由');
  await expect.poll(() => again.inputValue(), { timeout: 20_000 }).toBe('补充依据条款');
  // The draft may still be on its way to the server: until then nothing is sent.
  const send = page.getByRole('dialog', { name: '发布派单目录草稿' }).getByRole('button', { name: /^发布/ });
  await expect.poll(() => send.isEnabled(), { timeout: 20_000 }).toBe(true);
  await again.press('Control+Enter');
  await page.getByRole('status').getByText('已发布', { exact: false }).waitFor();
  const { entries } = await dispatcher.get<{ entries: { basis: string }[] }>(
    '/v1/dispatch/responsible?category=utilities.water',
  );
  expect(entries[0]?.basis).toBe('权责清单第8项');
});

test('three hundred lines scroll with the keys, of which only those in sight are drawn; who may only look edits nothing', async () => {
  const { version } = await dispatcher.get<{ version: number }>('/v1/dispatch/catalogue');
  await dispatcher.post('/v1/dispatch/catalogue', {
    ...{ version, reason: '年度目录' },
    areas: Array.from({ length: 300 }, (_, nth) => ({ code: `village-${nth}`, name: `第${nth}村` })),
    entries: Array.from({ length: 300 }, (_, nth) => ({
      area: `village-${nth}`,
      category: '',
      lead: 'water',
    })),
  });
  const page = await opened();
  const grid = page.getByRole('grid', { name: '派单目录' });
  await page.getByText(/\d+ \/ 3\d\d 条/).waitFor();
  await grid.focus();
  await page.keyboard.press('Control+End');
  await grid.locator('td.here').waitFor();
  expect(await grid.locator('tbody tr').count()).toBeLessThan(80);

  const lead = await browser.signedIn('lead', town.passwordOf('lead'), '/catalogue');
  const seen = lead.getByRole('grid', { name: '派单目录' });
  await seen
    .getByRole('row', { name: /县自来水公司/ })
    .first()
    .waitFor();
  await seen.getByRole('gridcell', { name: '县自来水公司' }).first().dblclick();
  expect(await seen.getByRole('textbox').count()).toBe(0);
  await lead.getByText('您的角色只可查看').waitFor();
  await expectAccessible(lead);
});

test('a file that is chosen while the page still reads what stands is checked all the same', async () => {
  const page = await browser.signedIn('dispatcher', town.passwordOf('dispatcher'), '/catalogue');
  let held: Route | null = null;
  await page.route('**/v1/dispatch/catalogue?limit=1', async (route) => {
    if (held === null) held = route;
    else await route.continue();
  });
  await page.getByRole('link', { name: '导入导出' }).click();
  await expect.poll(() => held !== null).toBe(true);
  const csv = '分类,区域,主办,依据\r\n供水,,没有的单位,\r\n';
  await page.setInputFiles('input[type=file]', {
    ...{ name: '目录.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
  });
  await page.getByText('共 1 行，可收 0 行，拒收 1 行。').waitFor();
  await (held as Route | null)?.continue();
});

test('a file is checked line by line before anything is changed, its good lines come in, and the catalogue is taken back to what it was', async () => {
  const page = await browser.signedIn('dispatcher', town.passwordOf('dispatcher'), '/catalogue/import');
  await page.getByRole('navigation', { name: '派单目录各页' }).waitFor();
  const csv = '分类,区域,主办,依据\r\n供电,掘港街道,县自来水公司,试导入\r\n供水,,没有的单位,\r\n';
  await page.setInputFiles('input[type=file]', {
    ...{ name: '目录.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
  });
  await page.getByText('共 2 行，可收 1 行，拒收 1 行。').waitFor();
  const report = page.getByRole('grid', { name: '逐行报告' });
  await report.getByRole('row', { name: /^3 拒收 主办 .*没有的单位/ }).waitFor();
  await expectAccessible(page);
  const take = page.getByRole('button', { name: '只导入 1 条正确的' });
  expect(await take.isDisabled()).toBe(true);
  await page.getByLabel('理由').fill('三定方案第二条');
  await page.keyboard.press('Enter');
  await page
    .getByRole('status')
    .getByText(/已导入，目录现为第 \d+ 版：新增 1 条，移出 0 条。/)
    .waitFor();
  const inArea = () =>
    dispatcher.get<{ entries: { leadUnit: string }[] }>(
      '/v1/dispatch/responsible?category=utilities.power&area=juegang',
    );
  expect((await inArea()).entries[0]?.leadUnit).toBe('water');

  await page.getByRole('link', { name: '派单目录', exact: true }).first().click();
  const side = page.getByRole('complementary', { name: '检查、差异与回放' });
  await side.getByRole('tab', { name: '草稿与版本' }).click();
  const { version } = await dispatcher.get<{ version: number }>('/v1/dispatch/catalogue');
  await side.getByRole('button', { name: `恢复到第 ${version - 1} 版` }).click();
  const back = page.getByRole('dialog', { name: `恢复到第 ${version - 1} 版` });
  await back.getByText(/成为新的一版；其后 1 版的修改不再有效/).waitFor();
  await back.getByLabel('理由').fill('导入有误');
  await expectAccessible(page);
  // What another brings in meanwhile is not undone unseen, and the reason is not typed again.
  await dispatcher.post('/v1/dispatch/catalogue', {
    ...{ version, reason: '另一人补充依据' },
    entries: [{ category: 'utilities.gas', lead: 'gas', basis: '另一人的依据' }],
  });
  await page.keyboard.press('Control+Enter');
  const clash = back.getByRole('alert');
  await clash.getByText('目录已由他人修改，看过再恢复').waitFor();
  await clash.getByText(`第 ${version + 1} 版 · 另一人补充依据`, { exact: false }).waitFor();
  await expectAccessible(page);
  await clash.getByRole('button', { name: '看过了，继续' }).click();
  await back.getByText(/成为新的一版；其后 2 版的修改不再有效/).waitFor();
  expect(await back.getByLabel('理由').inputValue()).toBe('导入有误');
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(`已恢复到第 ${version - 1} 版的内容，目录现为第 ${version + 2} 版。`)
    .waitFor();
  expect((await inArea()).entries[0]?.leadUnit).toBe('power');
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
