import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../src/demo/api-client.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';
import { ticketOf } from '../support/visit-link.ts';

// An operator changes how long everything may take and which days are worked, and sees first which tickets it concerns.

let town: Town;
let browser: ConsoleBrowser;
let ticket: { readonly id: string; readonly number: string };
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
  ticket = await ticketOf(town, '13912340091');
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const at = async (username: string, path: string): Promise<Page> => {
  const page = await browser.signedIn(username, town.passwordOf(username), path);
  await page.getByRole('navigation', { name: '时限各页' }).waitFor();
  return page;
};
async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('limits are drafted in the table, kept over a reload, seen in their effect, and decided by a second person', async () => {
  const page = await at('operator', '/limits');
  const table = page.getByRole('table', { name: '时限表' });
  await table.getByRole('row', { name: /^投诉 5 个工作日/ }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '在此版上起草修改' }).click();
  const amount = page.getByLabel('投诉 数量');
  await amount.fill('3');
  await amount.press('Tab');
  await table.getByText('现行 5 个工作日').waitFor();
  await page.getByText('与现行相比，1 处不同').waitFor();
  await expectAccessible(page);

  // Nothing that was typed is lost.
  await page.reload();
  await page.getByText('正在起草', { exact: false }).waitFor();
  expect(await page.getByLabel('投诉 数量').inputValue()).toBe('3');
  const panel = page.getByRole('region', { name: '看影响，再提交' });
  await panel.getByLabel('理由').fill('县政府第12次常务会议纪要');
  expect(await panel.getByRole('button', { name: '提交' }).isDisabled()).toBe(true);
  await page.keyboard.press('Alt+P');
  await panel.getByText('须由另一名运营员或班长批准').waitFor();
  await panel.getByRole('row', { name: /类型：投诉 5 个工作日 .* 3 个工作日/ }).waitFor();
  const compared = panel.getByRole('table', { name: /假如在办工单当初按新时限受理：\d+ 件/ });
  await compared.getByRole('row', { name: new RegExp(ticket.number) }).waitFor();
  await panel.getByText(/在办 \d+ 件工单保留受理时的时限/).waitFor();
  await expectAccessible(page);
  // What was seen is of another wording now: it has to be looked at again.
  await page.getByLabel('投诉 数量').fill('4');
  await page.getByLabel('投诉 数量').press('Tab');
  await panel.getByText('请重新看影响').waitFor();
  await page.keyboard.press('Alt+P');
  await panel.getByRole('row', { name: /类型：投诉 5 个工作日 .* 4 个工作日/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/第 \d+ 版已提交，等待另一人批准/)
    .waitFor();

  // Not by who proposed it: no button of his, and he is told whose it is.
  const sets = page.getByRole('list', { name: '历次规定' });
  await sets.getByText('您参与过，“批准、不批准”由另一人做').waitFor();
  await sets.getByRole('button', { name: /^撤回第 \d+ 版$/ }).waitFor();
  expect(await sets.getByRole('button', { name: /^(不)?批准第/ }).count()).toBe(0);
  await expectAccessible(page);

  const lead = await at('lead', '/limits');
  await lead.getByRole('button', { name: /^批准第 \d+ 版$/ }).click();
  await lead
    .getByRole('dialog', { name: /批准第/ })
    .getByLabel('理由')
    .fill('同意，自今日起');
  await lead.keyboard.press('Control+Enter');
  await lead
    .getByRole('status')
    .getByText(/第 \d+ 版：已批准/)
    .waitFor();
  await lead.reload();
  await lead
    .getByRole('table', { name: '时限表' })
    .getByRole('row', { name: /^投诉 4 个工作日/ })
    .waitFor();
});

test('of two operators who change limits at once the later sees what the earlier changed, and neither loses his own', async () => {
  const [page, other] = await Promise.all([at('operator', '/limits'), at('operator2', '/limits')]);
  const write = async (who: Page, lines: Record<string, string>, reason: string) => {
    for (const [label, value] of Object.entries(lines)) {
      await who.getByLabel(label, { exact: true }).fill(value);
      await who.getByLabel(label, { exact: true }).press('Tab');
    }
    await who.getByRole('region', { name: '看影响，再提交' }).getByLabel('理由').fill(reason);
  };
  const [supervised, reopened, archived] = [
    '按规则下发的督办单反馈时限（工作日）',
    '结案后多少个自然日内可重办',
    '结案后多少个自然日自动归档',
  ];
  for (const who of [page, other]) await who.getByRole('button', { name: '在此版上起草修改' }).click();
  await write(other, { [reopened]: '25', [archived]: '200' }, '档案局要求保留更久');
  await write(page, { [supervised]: '4', [reopened]: '20' }, '督办反馈统一为四日');
  const panelOf = (who: Page) => who.getByRole('region', { name: '看影响，再提交' });
  await page.keyboard.press('Alt+P');
  await panelOf(page).getByText('没有改变市民时限', { exact: false }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/第 \d+ 版已生效/)
    .waitFor();

  await other.keyboard.press('Alt+P');
  const clash = panelOf(other).getByRole('alert').filter({ hasText: '他人已另行提出时限规定' });
  await clash.getByText(/运营员.* 于 .* 改到修订 \d+/).waitFor();
  await clash.getByText('理由：督办反馈统一为四日').waitFor();
  const theirs = clash.getByRole('list', { name: '他人改了什么' });
  await theirs.getByText(`${supervised}：3 → 4`).waitFor();
  await theirs.getByText(`${reopened}：15 → 20`).waitFor();
  await theirs.getByText('您也改了，为 25').waitFor();
  expect(await theirs.getByRole('listitem').count()).toBe(2);
  await expectAccessible(other);
  // Not sent as it stands, and not thrown away by one click.
  expect(await panelOf(other).getByRole('button', { name: /^提交/ }).isDisabled()).toBe(true);
  await clash.getByRole('button', { name: '放弃我的草稿' }).click();
  const sure = other.getByRole('dialog', { name: '放弃我的草稿' });
  await sure.getByText('放弃后不能找回', { exact: false }).waitFor();
  await sure.getByRole('button', { name: '取消' }).click();
  await sure.waitFor({ state: 'hidden' });
  await clash.getByRole('button', { name: '看过了，在最新一版上保留我的改动' }).click();
  await clash.waitFor({ state: 'detached' });
  const shown = (label: string) => other.getByLabel(label, { exact: true }).inputValue();
  expect([await shown(supervised), await shown(reopened), await shown(archived)]).toEqual(['4', '25', '200']);
  await other.keyboard.press('Alt+P');
  await panelOf(other).getByText('没有改变市民时限', { exact: false }).waitFor();
  await other.keyboard.press('Control+Enter');
  await other
    .getByRole('status')
    .getByText(/第 \d+ 版已生效/)
    .waitFor();
  const { sets, inForce } = await town.lead.get<{
    sets: { number: number; content: object }[];
    inForce: number;
  }>('/v1/limits');
  expect(sets.find(({ number }) => number === inForce)?.content).toMatchObject({
    ...{ superviseWorkingDays: 4, reopenWithinDays: 25, archiveAfterDays: 200 },
  });
});

test('who approves what was made from a set that was taken back since is told which, by whom and why, and nothing comes back by it', async () => {
  const [author, other] = await Promise.all([town.as('operator'), town.as('operator2')]);
  for (const one of [author, other]) town.visit(() => one.signOut());
  const { sets } = await author.get<{ sets: { number: number }[] }>('/v1/limits');
  const propose = (who: ApiClient, base: number, content: object) =>
    who.post<{ number: number }>('/v1/limits', {
      ...{ preset: 'jiangsu-3-5', base, content, reason: '县政府第12次常务会议纪要' },
    });
  const days = (amount: number) => ({ limits: { HELP: { unit: 'workingDays', amount } } });
  const first = await propose(author, sets[0]?.number ?? 0, days(7));
  const second = await propose(other, first.number, { ...days(7), archiveAfterDays: 250 });
  const withdrawn = { decision: 'withdraw', reason: '常务会议改期' };
  await author.post(`/v1/limits/${first.number}/decisions`, withdrawn);

  const lead = await at('lead', '/limits');
  const list = lead.getByRole('list', { name: '历次规定' });
  await list.getByText(`据第 ${first.number} 版起草`).waitFor();
  await list.getByRole('button', { name: `批准第 ${second.number} 版`, exact: true }).click();
  const dialog = lead.getByRole('dialog', { name: `批准第 ${second.number} 版` });
  await dialog.getByLabel('理由').fill('同意，自今日起');
  await lead.keyboard.press('Control+Enter');
  await dialog.getByRole('alert').getByText('据以起草的那一版未获批准或已撤回', { exact: false }).waitFor();
  await dialog.getByText(new RegExp(`第 ${first.number} 版：已撤回.*理由：常务会议改期`)).waitFor();
  await expectAccessible(lead);
  await dialog.getByRole('button', { name: '取消' }).click();
  const { sets: after } = await author.get<{ sets: { number: number; state: string }[] }>('/v1/limits');
  expect(after.find(({ number }) => number === second.number)?.state).toBe('proposed');
  await other.post(`/v1/limits/${second.number}/decisions`, withdrawn);
});

test('a day off is entered: the tickets that move are shown from when to when before anything is saved', async () => {
  const page = await at('operator', '/limits/calendar');
  const dueOf = async (): Promise<number> =>
    Date.parse((await town.lead.get<{ citizenDueAt: string }>(`/v1/tickets/${ticket.id}`)).citizenDueAt);
  const before = await dueOf();
  // The day on which the ticket is due is none that is worked.
  const day = new Date(before + 8 * 3_600_000).toISOString().slice(0, 10);
  const year = page.getByRole('heading', { name: `${day.slice(0, 4)} 年` });
  if (!(await year.isVisible().catch(() => false))) await page.keyboard.press(']');
  await year.waitFor();
  await page.locator(`[data-day="${day}"]`).click();
  await expectAccessible(page);
  const form = page.getByRole('region', { name: '改日子' });
  await form.getByLabel('名称，如 国庆节、国庆节调休').fill('全县停办日');
  await form.getByRole('button', { name: '加入草稿' }).click();
  const panel = page.getByRole('region', { name: '草稿' });
  await panel.getByText(`${day} 放假 全县停办日`).waitFor();
  await page.keyboard.press('Alt+P');
  const moves = panel.getByRole('table', { name: '看哪些工单移动' });
  await moves.getByRole('row', { name: new RegExp(`${ticket.number}.*推迟`) }).waitFor();
  await expectAccessible(page);
  expect(await dueOf()).toBe(before);
  await panel.getByLabel('理由').fill('县政府通告全县停办一日');
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/已保存（第 \d+ 次修改）/)
    .waitFor();
  await expect.poll(dueOf, { timeout: 30_000 }).toBeGreaterThan(before);
  await page.locator(`[data-day="${day}"].own`).waitFor();
});

test('a unit gets a calendar of its own and gives it back; a year that nobody entered is marked', async () => {
  const page = await at('operator', '/limits/calendar');
  await choose(page, '谁的日历', '县自来水公司');
  const panel = page.getByRole('region', { name: '草稿' });
  await panel.getByLabel('工作时段').fill('9点到5点');
  await panel.getByText('时段写作 09:00-12:00').waitFor();
  await panel.getByLabel('工作时段').fill('08:30-11:30，13:30-17:00');
  await panel.getByRole('button', { name: '改时段' }).click();
  await panel.getByText('工作时段：08:30-11:30, 13:30-17:00').waitFor();
  await panel.getByLabel('理由').fill('该单位作息时间');
  await page.keyboard.press('Alt+P');
  await panel.getByText(/在办 \d+ 件中 \d+ 件的时限会移动/).waitFor();
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/已保存/)
    .waitFor();
  await panel.getByRole('button', { name: '不再有自己的日历，同中心' }).click();
  await panel.getByLabel('理由').fill('恢复同中心');
  await page.keyboard.press('Alt+P');
  await panel
    .getByRole('status')
    .getByText(/件的时限会移动|没有一件移动/)
    .waitFor();
  await page.keyboard.press('Control+Enter');
  await panel.getByRole('button', { name: '不再有自己的日历，同中心' }).waitFor({ state: 'detached' });

  await choose(page, '谁的日历', '热线中心');
  const now = Number(
    await page
      .getByRole('heading', { name: /^\d{4} 年$/ })
      .textContent()
      .then((text) => text?.slice(0, 4)),
  );
  // A day that was chosen is not changed from a year in which nobody sees it.
  await page.locator('[data-day]').nth(100).click();
  const from = page.getByRole('region', { name: '改日子' }).getByLabel('起', { exact: true });
  await expect.poll(() => from.inputValue()).toMatch(`${now}-`);
  for (let year = now; year < 2031; year += 1) {
    await page.getByRole('button', { name: '下一年' }).click();
    await page.getByRole('heading', { name: `${year + 1} 年` }).waitFor();
  }
  expect(await from.inputValue()).toBe('');
  await page.getByText('2031 年的放假调休安排尚未录入', { exact: false }).waitFor();
  await page.locator('[data-day="2031-05-06"].assumedWorkday').waitFor();
  await page.getByLabel(/依据的文件/).fill('国办发明电〔2030〕7号');
  await page.getByRole('button', { name: '录入 2031 年' }).click();
  await page.locator('[data-day="2031-05-06"].workday').waitFor();
  await expectAccessible(page);
  await panel.getByText('录入 2031 年（国办发明电〔2030〕7号）').waitFor();
});

test('what is typed of a calendar outlives a reload and a lost session, is nobody else’s, and goes when it is saved', async () => {
  const page = await at('operator', '/limits/calendar');
  const form = page.getByRole('region', { name: '改日子' });
  const name = form.getByLabel('名称，如 国庆节、国庆节调休');
  const panel = page.getByRole('region', { name: '草稿' });
  const hours = panel.getByLabel('工作时段');
  const drop = panel.getByRole('button', { name: '全部放弃' });
  const signIn = async (username: string) => {
    await page.request.delete('/v1/session');
    await page.goto('/sign-in?to=/limits/calendar');
    await page.getByLabel('用户名').fill(username);
    await page.getByLabel('密码').fill(town.passwordOf(username));
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: '时限各页' }).waitFor();
  };
  await choose(page, '谁的日历', '县自来水公司');
  const day = page.locator('[data-day]').nth(100);
  await day.click();
  const date = (await day.getAttribute('data-day')) ?? '';
  await name.fill('全站检修');
  await form.getByRole('button', { name: '加入草稿' }).click();
  await panel.getByText(`${date} 放假 全站检修`).waitFor();
  await panel.getByLabel('理由').fill('年度检修计划');
  await name.fill('检修后调休');
  await hours.fill('08:30-11:3');
  await page.reload();
  await panel.getByText(`${date} 放假 全站检修`).waitFor();
  expect(await name.inputValue()).toBe('检修后调休');
  expect(await hours.inputValue()).toBe('08:30-11:3');
  expect(await panel.getByLabel('理由').inputValue()).toBe('年度检修计划');
  expect(await form.getByLabel('起', { exact: true }).inputValue()).toBe(date);

  // One click throws none of it away.
  await drop.click();
  const sure = page.getByRole('dialog', { name: '全部放弃' });
  await sure.getByText('放弃后不能找回', { exact: false }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await sure.waitFor({ state: 'hidden' });
  await panel.getByText(`${date} 放假 全站检修`).waitFor();

  await signIn('operator2');
  await panel.getByText('还没有改动', { exact: false }).waitFor();
  await choose(page, '谁的日历', '县自来水公司');
  await panel.getByText('还没有改动', { exact: false }).waitFor();
  expect([await name.inputValue(), await hours.inputValue()]).toEqual(['', '']);

  await signIn('operator');
  await panel.getByText(`${date} 放假 全站检修`).waitFor();
  expect(await name.inputValue()).toBe('检修后调休');
  await page.keyboard.press('Alt+P');
  await panel.getByText(/件的时限会移动|没有一件移动/).waitFor();
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/已保存/)
    .waitFor();
  await page.reload();
  await panel.getByText('还没有改动', { exact: false }).waitFor();
  expect([await name.inputValue(), await hours.inputValue()]).toEqual(['', '']);
  await page.locator(`[data-day="${date}"].own`).waitFor();
});

test('of two operators who change one calendar the later sees which days the earlier made what', async () => {
  const [page, other] = await Promise.all([
    at('operator', '/limits/calendar'),
    at('operator2', '/limits/calendar'),
  ]);
  const panelOf = (who: Page) => who.getByRole('region', { name: '草稿' });
  const put = async (who: Page, date: string, what: '放假' | '上班（含调休）', name: string) => {
    const form = who.getByRole('region', { name: '改日子' });
    await who.locator(`[data-day="${date}"]`).click();
    await form.getByText(what, { exact: true }).click();
    await form.getByLabel('名称，如 国庆节、国庆节调休').fill(name);
    await form.getByRole('button', { name: '加入草稿' }).click();
    await panelOf(who).getByText(`${date} ${what} ${name}`).waitFor();
  };
  const save = async (who: Page) => {
    await who.keyboard.press('Alt+P');
    await panelOf(who)
      .getByText(/件的时限会移动|没有一件移动/)
      .waitFor();
    await who.keyboard.press('Control+Enter');
    await who
      .getByRole('status')
      .getByText(/已保存/)
      .waitFor();
  };
  const dayOf = async (nth: number) =>
    (await page.locator('[data-day]').nth(nth).getAttribute('data-day')) ?? '';
  const [first, second, third] = [await dayOf(200), await dayOf(201), await dayOf(202)];
  await put(other, first, '上班（含调休）', '照常上班');
  await put(other, third, '放假', '县庆');
  await put(page, first, '放假', '停办');
  await put(page, second, '放假', '停办');
  await panelOf(page).getByLabel('理由').fill('县政府通告');
  await save(page);

  await panelOf(other).getByLabel('理由').fill('县庆安排');
  await other.keyboard.press('Alt+P');
  const clash = panelOf(other).getByRole('alert').filter({ hasText: '他人已修改同一日历' });
  await clash.getByText('理由：县政府通告').waitFor();
  const theirs = clash.getByRole('list', { name: '他人改了什么' });
  await theirs.getByText(`${first}：按公布的安排 → 放假 停办`).waitFor();
  await theirs.getByText('您也改了，为 上班（含调休） 照常上班').waitFor();
  await theirs.getByText(`${second}：按公布的安排 → 放假 停办`).waitFor();
  await expectAccessible(other);
  await clash.getByRole('button', { name: '看过了，在最新一版上保留我的改动' }).click();
  await clash.waitFor({ state: 'detached' });
  await save(other);
  const query = `from=${first}&to=${third}`;
  const { own } = await town.lead.get<{ own: { days: object[] } }>(`/v1/calendar?${query}`);
  expect(own.days).toEqual(
    expect.arrayContaining([
      { day: first, working: true, name: '照常上班' },
      { day: second, working: false, name: '停办' },
      { day: third, working: false, name: '县庆' },
    ]),
  );
});

test('of two operators who set the hours of notices the later sees what they are, and takes them or keeps his own over them', async () => {
  const [page, other] = await Promise.all([
    at('operator', '/limits/calendar'),
    at('operator2', '/limits/calendar'),
  ]);
  const partOf = (who: Page) => who.getByRole('region', { name: '提醒时段' });
  const until = (who: Page) => partOf(who).getByLabel('提醒时段 止');
  const save = (who: Page) => partOf(who).getByRole('button', { name: '保存' });
  const hours = async (): Promise<number> => {
    const query = 'from=2026-11-25&to=2026-11-25';
    const seen = await town.lead.get<{ noticeHours: { toMinute: number } }>(`/v1/calendar?${query}`);
    return seen.noticeHours.toMinute;
  };
  await until(page).fill('19:00');
  await until(other).fill('18:00');
  await save(page).click();
  await partOf(page).getByText('提醒时段已保存').waitFor();
  await save(other).click();
  const clash = partOf(other).getByRole('alert');
  await clash.getByText('他人已改提醒时段', { exact: false }).waitFor();
  await clash.getByText('现为 08:00–19:00', { exact: true }).waitFor();
  await clash.getByText('您所填为 08:00–18:00', { exact: true }).waitFor();
  await expectAccessible(other);
  expect([await hours(), await until(other).inputValue()]).toEqual([1140, '18:00']);
  await clash.getByRole('button', { name: '仍用我填的' }).click();
  await partOf(other).getByText('提醒时段已保存').waitFor();
  expect(await hours()).toBe(1080);

  // What is typed outlives a reload, and is still held against what another has set since.
  await until(page).fill('17:00');
  await page.reload();
  await expect.poll(() => until(page).inputValue()).toBe('17:00');
  await save(page).click();
  const his = partOf(page).getByRole('alert');
  await his.getByText('现为 08:00–18:00', { exact: true }).waitFor();
  await his.getByRole('button', { name: '用现在的' }).click();
  await his.waitFor({ state: 'detached' });
  expect([await hours(), await until(page).inputValue()]).toEqual([1080, '18:00']);
});

test('who reads English finds limits, days off and their marks in English; what a county wrote itself stays as it wrote it', async () => {
  const page = await browser.signedIn('operator', town.passwordOf('operator'), '/limits');
  await page.evaluate(`localStorage.setItem('yihaotong.language', 'en')`);
  await page.reload();
  await page.getByText('Jiangsu: questions 3 working days, all else 5').first().waitFor();
  expect(await page.getByText('江苏：咨询3个工作日').count()).toBe(0);
  expect(await page.getByText('系统初始').count()).toBe(0);
  await page.goto('/limits/why');
  for (const clock of ['Citizen’s clock', 'Unit’s clock']) {
    const why = page.getByRole('region', { name: clock });
    await why.getByText('Working days from the day after acceptance', { exact: false }).waitFor();
  }
  // Of the town's own words there is the name of a day that an earlier test entered, in the count of each clock.
  const said = (await page.locator('main').allInnerTexts()).join(' ').replaceAll('全县停办日', '');
  expect(said.match(/\p{Script=Han}+/gu)).toBeNull();
  await page.goto('/limits/calendar');
  const day = page.locator('[data-day$="-10-01"]');
  await expect.poll(() => day.getAttribute('title')).toContain('day off National Day');
  expect(await day.getAttribute('data-mark')).toBe('H');
  expect(await page.locator('[data-mark="休"], [data-mark="班"]').count()).toBe(0);
  await page.locator('[data-day].own[title*="停办"]').first().waitFor();
});

test('why a date: every day of the count for both clocks', async () => {
  const page = await at('operator', '/limits/why');
  await page.getByLabel('受理时间').fill('2026-10-09 16:30');
  await page.keyboard.press('Enter');
  const citizen = page.getByRole('region', { name: '市民时限' });
  await citizen.getByRole('row', { name: /2026-10-10 .*调休上班 第 1 日/ }).waitFor();
  await citizen.getByRole('heading', { name: /10-15 18:00/ }).waitFor();
  await page
    .getByRole('region', { name: '各环节（自该时起算）' })
    .getByRole('row', { name: /签收/ })
    .waitFor();
  await expectAccessible(page);
});

test('an administrator makes an account, sets its password anew, and whoever knew the old one is out', async () => {
  const page = await browser.signedIn('admin', town.passwordOf('admin'), '/accounts');
  await page.getByRole('grid', { name: '账号' }).getByText('派单员 何静').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('+');
  const form = page.getByRole('dialog', { name: '新建账号' });
  await form.getByLabel('用户名').fill('unit.gas');
  await form.getByLabel('姓名').fill('联络员 天然气公司');
  await form.getByText('承办单位', { exact: true }).click();
  await form.getByText('承办单位账号须选单位。').waitFor();
  await form.getByRole('combobox', { name: /承办单位/ }).click();
  await page.getByRole('option', { name: /^天然气公司/ }).click();
  await form.getByLabel('新密码', { exact: true }).fill('unit.gas-2026');
  await form.getByText('密码不得含用户名。').waitFor();
  await form.getByLabel('新密码', { exact: true }).fill('first morning 8');
  await form.getByLabel('再输一次新密码').fill('first morning 8');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').getByText('账号 联络员 天然气公司 已建立', { exact: false }).waitFor();
  const theirs = await browser.signedIn('unit.gas', 'first morning 8', '/unit');
  await theirs.getByRole('grid').first().waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('unit.gas');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const setting = page.getByRole('dialog', { name: '为 联络员 天然气公司 重设密码' });
  await setting.getByLabel('新密码', { exact: true }).fill('second morning 9');
  await setting.getByLabel('再输一次新密码').fill('second morning 9');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').getByText('该账号已在各处退出登录', { exact: false }).waitFor();
  await theirs.reload();
  await theirs.locator('input[name=username]').waitFor();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
