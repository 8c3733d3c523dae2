import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { choose, inState } from '../support/ticket-page.ts';
import { Town } from '../support/town.ts';

// What is done to a ticket beside its moves, by those who may: sorted anew, made safe first, its reply let go, put elsewhere by
// two, what a leader wrote about it, its incident, who may know it, and its visit made again.

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

interface Opened {
  readonly id: string;
  readonly number: string;
}
const opened = async (content: string, over: object = {}): Promise<Opened> =>
  town.lead.post<Opened>('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'utilities.water', content, place: '余荡村三组' },
    ...{ citizenNumber: '13912340071' },
    ...over,
  });
const at = (username: string, path: string): Promise<Page> =>
  browser.signedIn(username, town.passwordOf(username), path);
const dialogOf = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });
/** Presses the button, fills in its dialog and sends it by the keyboard. */
async function deed(
  page: Page,
  button: Locator,
  title: RegExp,
  fill: (dialog: Locator) => Promise<void>,
): Promise<void> {
  await button.click();
  const dialog = dialogOf(page, title);
  await fill(dialog);
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' }).catch(async (cause: unknown) => {
    throw new Error(`the dialog stayed: ${await dialog.textContent()}`, { cause });
  });
}
const deedOf = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: '现在可以办理' }).getByRole('button', { name: `${name}…` });

test('what came unsorted is sorted by the reviewer, with a reason that stays on the time line', async () => {
  const { id } = await opened('门口路灯不亮', { categoryCode: 'uncategorised' });
  const page = await at('reviewer', `/tickets/${id}`);
  await deed(page, deedOf(page, '更正分类'), /更正分类/, async (dialog) => {
    await choose(dialog.getByRole('combobox', { name: '诉求分类' }), '供水', /供水/);
    // Another category wants a reason.
    expect(await dialog.getByRole('button', { name: /保存/ }).isDisabled()).toBe(true);
    await dialog.getByLabel('理由（改分类时必填）').fill('网站来件未分类');
  });
  await page.getByText(/供水/).first().waitFor();
  await page.getByText('网站来件未分类').waitFor();
  expect(await town.lead.get<object>(`/v1/tickets/${id}`)).not.toMatchObject({
    category: { code: 'uncategorised' },
  });
});

test('F-12: a danger is removed first by a unit that is named for it; both conditions are seen, and said by that unit with evidence', async () => {
  const { id } = await opened('大树倾倒压在路上，归属不清');
  const page = await at('dispatcher', `/tickets/${id}`);
  await deed(page, deedOf(page, '指定先行处置单位'), /指定先行处置单位/, async (dialog) => {
    await choose(dialog.getByRole('combobox', { name: '先行处置单位' }), '城市管理', /城市管理局/);
    await dialog.getByLabel('险情').fill('大树压路，随时伤人');
  });
  await inState(page, '已派单');
  const card = page.getByRole('region', { name: '先行处置' });
  await card.getByText('险情未除').waitFor();
  await card.getByText('责任单位：尚未确定').waitFor();
  await expectAccessible(page);
  // Named once.
  expect(await deedOf(page, '指定先行处置单位').count()).toBe(0);

  const unit = await at('unit.urban-management', `/tickets/${id}`);
  const own = unit.getByRole('region', { name: '先行处置' });
  for (const [act, then] of [
    ['登记险情已除', '险情已除，根源未除'],
    ['登记根源已除', '险情、根源均已消除'],
  ] as const) {
    await deed(unit, own.getByRole('button', { name: `${act}…` }), new RegExp(act), async (dialog) => {
      await dialog.getByLabel('依据').fill('现场照片，道路已恢复');
    });
    await own.getByText(then).waitFor();
  }
  await expectAccessible(unit);
  await page.reload();
  await card.getByText('险情、根源均已消除').waitFor();
});

test('a reply that may tell who somebody is waits at the reviewer, who mends it; what may be told is confirmed', async () => {
  const replied = async (reply: string): Promise<Opened> => {
    const ticket = await opened('水表漏水', { unitCode: 'water' });
    const unit = await town.as('unit.water');
    const { version } = await town.lead.get<{ version: number }>(`/v1/tickets/${ticket.id}`);
    const moves = `/v1/tickets/${ticket.id}/moves`;
    await unit.post(moves, { move: 'signFor', version });
    await unit.post(moves, { move: 'contact', version: version + 1, reason: '电话联系过' });
    await unit.post(moves, {
      ...{ move: 'reportDone', version: version + 2, reason: '办结' },
      details: { reply },
    });
    return ticket;
  };
  const { id } = await replied('水表已换，有事找张师傅13913912345。');
  const page = await at('reviewer', `/tickets/${id}`);
  const held = page.getByRole('alert').filter({ hasText: '公开答复中可能有个人信息（手机号码）' });
  await held.waitFor();
  await expectAccessible(page);
  await deed(page, held.getByRole('button', { name: '修改答复…' }), /修改答复/, async (dialog) => {
    await dialog.getByLabel('给市民的答复').fill('水表已换，有事拨打12345。');
    await dialog.getByLabel('理由').fill('不公开个人号码');
  });
  await held.waitFor({ state: 'detached' });
  await page.getByText('水表已换，有事拨打12345。').first().waitFor();
  // The reply is changed again by another: what is offered is what stands.
  const again = await replied('水表已换，有事找李师傅13913912346。');
  await page.goto(`/tickets/${again.id}`);
  const first = page.getByRole('alert').filter({ hasText: '手机号码' });
  const mend = first.getByRole('button', { name: '修改答复…' });
  await mend.click();
  const masked = await dialogOf(page, /修改答复/)
    .getByLabel('给市民的答复')
    .inputValue();
  expect(masked).not.toContain('13913912346');
  await page.keyboard.press('Escape');
  // Whoever may see it is offered it as it is, and not the words that were masked.
  await page.getByRole('button', { name: /查看姓名和号码/ }).click();
  await dialogOf(page, /查看姓名和号码/)
    .getByLabel('理由')
    .fill('核对答复');
  await dialogOf(page, /查看姓名和号码/)
    .getByRole('button', { name: /查看姓名和号码/ })
    .click();
  await page.getByText('李师傅13913912346').waitFor();
  await deed(page, mend, /修改答复/, async (dialog) => {
    const field = dialog.getByLabel('给市民的答复');
    expect(await field.inputValue()).toContain('13913912346');
    await field.fill('水表已换，有事找李师傅13913912347。');
    await dialog.getByLabel('理由').fill('改正号码');
  });
  // Held again, and what he was shown before is not offered as what stands.
  await page.getByText('李师傅13913912346').waitFor({ state: 'detached' });
  await mend.click();
  expect(
    await dialogOf(page, /修改答复/)
      .getByLabel('给市民的答复')
      .inputValue(),
  ).not.toContain('12346');
  await page.keyboard.press('Escape');

  const other = await replied('水表已换，有事拨打0513-84123456。');
  await page.goto(`/tickets/${other.id}`);
  const office = page.getByRole('alert').filter({ hasText: '固定电话' });
  await deed(page, office.getByRole('button', { name: '确认可以公开…' }), /确认可以公开/, async (dialog) => {
    await dialog.getByRole('textbox').fill('单位办公电话');
  });
  await office.waitFor({ state: 'detached' });
});

test('a ticket is put where no move leads when another person agrees, and not by who asked for it', async () => {
  const { id, number } = await opened('重复登记的工单', { unitCode: 'water' });
  const page = await at('supervisor', `/tickets/${id}`);
  await deed(page, deedOf(page, '申请强制流转'), /申请强制流转/, async (dialog) => {
    await choose(dialog.getByRole('combobox', { name: '放到状态' }), '已结案', '已结案');
    await dialog.getByLabel('理由').fill('与前一张工单重复');
  });
  await page.getByRole('tab', { name: '强制流转' }).click();
  await page.getByText('须由另一人同意').waitFor();
  expect(await page.getByRole('button', { name: '同意并执行…' }).count()).toBe(0);
  await expectAccessible(page);

  const lead = await at('lead', '/supervision?tab=forced');
  const asked = lead.getByRole('article', { name: number });
  await asked.getByText('已派单 → 已结案').waitFor();
  await deed(lead, asked.getByRole('button', { name: '同意并执行…' }), /同意并执行/, async (dialog) => {
    await dialog.getByText('与前一张工单重复').waitFor();
    await dialog.getByRole('textbox').fill('核对无误');
  });
  await asked.getByText('已执行').waitFor();
  await expectAccessible(lead);
  await page.reload();
  await inState(page, '已结案');
});

test('what a leader wrote stands on the ticket with its time, is taken up, reported and closed; a report of the case is drafted', async () => {
  const { id, number } = await opened('污水井多年外溢', { unitCode: 'water' });
  const page = await at('supervisor', `/tickets/${id}`);
  await deed(page, deedOf(page, '登记领导批示'), /登记领导批示/, async (dialog) => {
    await dialog.getByLabel('批示人及职务').fill('县长 王建国');
    await dialog.getByLabel('批示原文').fill('限期解决，举一反三。');
    await dialog.getByLabel('办理时限').fill('2099-12-31 18:00');
    await page.keyboard.press('Enter');
  });
  await page.getByRole('tab', { name: '领导批示' }).click();
  await page.getByText('限期解决，举一反三。').filter({ visible: true }).first().waitFor();
  await expectAccessible(page);

  await page.goto('/supervision?tab=instructions');
  const one = page.getByRole('article').filter({ hasText: number });
  for (const [act, words, then] of [
    ['承接', '已转自来水公司', '办理中'],
    ['反馈', '管网已改造完成', '已反馈'],
    ['办结', '现场核实，同意办结', '已办结'],
  ] as const) {
    await deed(page, one.getByRole('button', { name: `${act}…` }), new RegExp(act), async (dialog) => {
      await dialog.getByRole('textbox').fill(words);
    });
    await one.getByText(then, { exact: true }).waitFor();
    await one.getByText(words).waitFor();
  }
  await expectAccessible(page);

  await page.goto(`/tickets/${id}`);
  await page.getByRole('tab', { name: '关联' }).click();
  await page.getByRole('button', { name: '起草复杂案件专报' }).click();
  const draft = page.getByRole('textbox', { name: '起草复杂案件专报' });
  await expect.poll(() => draft.inputValue()).toContain(number);
  await expectAccessible(page);
});

test('RD-24: an incident’s citizens are told together, a ticket leaves it with a reason, and it recovers without closing one of them', async () => {
  const [one, other] = [await opened('整村停水'), await opened('家里没水', { citizenNumber: '13912340072' })];
  await town.lead.post('/v1/incidents', {
    ...{ title: '余荡村停水', categoryCode: 'utilities.water', area: '余荡村' },
    ...{ ticketIds: [one.id, other.id], reason: '同一管道爆裂' },
  });
  const page = await at('operator', `/tickets/${one.id}`);
  await page.getByRole('tab', { name: '关联' }).click();
  const act = (name: string, fill: (dialog: Locator) => Promise<void>) =>
    deed(page, page.getByRole('button', { name: `${name}…`, exact: true }), new RegExp(name), fill);
  await act('告知全部诉求人', async (dialog) => {
    await dialog.getByLabel('告知内容').fill('正在抢修，今晚八点前恢复。');
  });
  await page.getByRole('list', { name: '已告知' }).getByText('正在抢修，今晚八点前恢复。').waitFor();
  await act('已恢复，告知全部诉求人', async (dialog) => {
    await dialog.getByLabel('理由').fill('管道已修复');
  });
  await page.getByRole('button', { name: '又出现了…' }).waitFor();
  await expectAccessible(page);
  await act('把本工单移出', async (dialog) => {
    await dialog.getByLabel('理由').fill('他家是水表坏了');
  });
  // It is of no incident any more; that two neighbours brought it forward may show all the same.
  await page.getByRole('button', { name: '又出现了…' }).waitFor({ state: 'detached' });
  const { incidents } = await town.lead.get<{ incidents: { members: number }[] }>('/v1/incidents');
  expect(incidents.map(({ members }) => members)).toEqual([1]);
  const tickets = await Promise.all(
    [one, other].map(({ id }) => town.lead.get<{ state: string }>(`/v1/tickets/${id}`)),
  );
  expect(tickets.map(({ state }) => state)).toEqual(['registered', 'registered']);
});

test('who may know a confidential ticket is listed with a reason and a day, the ticket is kept to the list, and he is taken off it', async () => {
  const { id } = await opened('举报站长收受红包', { type: 'REPORT', confidential: true });
  const page = await at('supervisor', `/tickets/${id}`);
  await page.getByRole('tab', { name: '查看记录' }).click();
  const list = page.getByRole('region', { name: '知悉范围' });
  await list.getByText(/没有另列入的人/).waitFor();
  await deed(page, list.getByRole('button', { name: '列入…' }), /列入/, async (dialog) => {
    await dialog.getByLabel('账号名').fill('1009');
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel('期限').fill(`${day} 18:00`);
    await page.keyboard.press('Enter');
    await dialog.getByLabel('理由').fill('负责此件回访');
  });
  await list.getByText('罗琴').waitFor();
  await deed(page, list.getByRole('button', { name: '移出…' }), /移出/, async (dialog) => {
    await dialog.getByRole('textbox').fill('回访已完成');
  });
  await list.getByText(/移出：回访已完成/).waitFor();
  await expectAccessible(page);
});

test('a visit that was drawn is made again by another person; where the first word falls the matter is worked on again', async () => {
  const { id, number } = await opened('路灯不亮', { unitCode: 'water' });
  await town.inBooks(`update tickets set state = 'closed', closed_at = now() where id = $1 returning id`, [
    id,
  ]);
  await town.inBooks(
    `insert into visit_sample_days (day, percent, visits, drawn, drawn_at) values ('2026-01-05', 5, 1, 1, now()) returning day`,
  );
  await town.inBooks(
    `with v as (
       insert into visit_attempts (id, ticket_id, at, by, outcome, unit_code, resolved, result, process)
       select gen_random_uuid(), $1, now(), id, 'answered', 'water', true, 5, 5 from accounts where username = '1009' returning id)
     insert into visit_samples (id, day, attempt_id, ticket_id)
     select gen_random_uuid(), '2026-01-05', v.id, $1 from v returning id`,
    [id],
  );
  const page = await at('supervisor', '/visits/samples');
  const drawn = page.getByRole('article', { name: number });
  await deed(page, drawn.getByRole('button', { name: '登记复核结果…' }), /登记复核结果/, async (dialog) => {
    await dialog.getByText('未解决', { exact: true }).click();
    for (const scale of ['对办理结果', '对办理过程'])
      await dialog.getByRole('radiogroup', { name: scale }).getByText('不满意', { exact: true }).click();
  });
  await page.getByText(`${number}：已复核，推翻了首次回访，工单已重新办理`).waitFor();
  await page.getByText(/没有待复核的回访/).waitFor();
  await expectAccessible(page);
});

test('I6: how units did is seen with its formula, how sure it is and the tickets behind it', async () => {
  const { number } = await opened('水压不足', { unitCode: 'water' });
  const page = await at('supervisor', '/supervision?tab=scores');
  const table = page.getByRole('table', { name: '考评' });
  await table.getByRole('columnheader', { name: /退单率.*÷/ }).waitFor();
  await expectAccessible(page);
  await table.getByRole('button', { name: /^县自来水公司 退单率 0%/ }).click();
  const rows = dialogOf(page, '县自来水公司 退单率');
  await rows.getByRole('listitem').filter({ hasText: number }).getByText('未计入').waitFor();
  await expectAccessible(page);
});

test('D14: the operator enters a telephone of a unit, from which it calls its citizen, and takes it out of use', async () => {
  const page = await at('operator', '/unit-phones');
  const only = page.getByRole('combobox', { name: '只看此单位' });
  await choose(only, '城市管理', /城市管理局/);
  await page.getByText(/还没有登记话机/).waitFor();
  await deed(page, page.getByRole('button', { name: '登记话机…' }), /登记话机/, async (dialog) => {
    await choose(dialog.getByRole('combobox', { name: '承办单位' }), '城市管理', /城市管理局/);
    await dialog.getByLabel('号码').fill('13912340098');
    await dialog.getByLabel('名称，如办公室').fill('值班手机');
    await dialog.getByText('接收派单、催办、督办短信（限手机）').click();
  });
  const one = page.getByRole('article').filter({ hasText: '值班手机' });
  await one.getByText('139****0098').waitFor();
  await one.getByText('接收短信').waitFor();
  const ticket = await opened('占道经营', { unitCode: 'urban-management' });
  const unit = await at('unit.urban-management', `/tickets/${ticket.id}`);
  await unit.getByText('值班手机').first().waitFor();
  // What the hotline does beside the moves no unit is offered.
  expect(await unit.getByRole('button', { name: /更正分类|强制流转|领导批示|先行处置单位/ }).count()).toBe(0);
  await deed(page, one.getByRole('button', { name: '停用…' }), /停用/, async (dialog) => {
    await dialog.getByText(/以往通话的记录保留/).waitFor();
  });
  await page.getByText(/还没有登记话机/).waitFor();
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
