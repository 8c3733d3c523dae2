import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

// Who may not call as he likes, step by step and by two people; and which number the hotline shows when it calls out.

const CALLER = '13912340072';

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

const at = (username: string, path: string): Promise<Page> =>
  browser.signedIn(username, town.passwordOf(username), path);
const dialogOf = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('dialog', { name, exact: true });
async function sent(page: Page, dialog: Locator): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' }).catch(async (cause: unknown) => {
    throw new Error(`the dialog stayed: ${await dialog.textContent()}`, { cause });
  });
}
async function restrict(page: Page, step: string, reason: string): Promise<void> {
  await page.keyboard.press('n');
  const dialog = dialogOf(page, '限制来电');
  await dialog.getByLabel('主叫号码').fill(CALLER);
  await dialog.getByText(step, { exact: true }).click();
  await dialog.getByLabel(/理由/).fill(reason);
  await page.keyboard.press('Control+Enter');
}
const shut = async (page: Page): Promise<void> => {
  await dialogOf(page, '来电限制').getByRole('button', { name: '关闭', exact: true }).last().click();
  await dialogOf(page, '来电限制').waitFor({ state: 'detached' });
};

test('a caller is noted at once, limited when another approves, blocked after that, and never the other way round', async () => {
  const page = await at('lead', '/restrictions');
  await page.getByText(/没有来电限制/).waitFor();
  await expectAccessible(page);
  await restrict(page, '暂停受理', '每日骚扰三十余次');
  // Not yet: a block comes after a limit. It stays typed, with the refusal beside it.
  const dialog = dialogOf(page, '限制来电');
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByLabel('主叫号码').inputValue()).toBe(CALLER);
  await expectAccessible(page);
  await dialog.getByText('备注', { exact: true }).click();
  await sent(page, dialog);
  await dialogOf(page, '来电限制').getByText('生效中').waitFor();
  await shut(page);
  await restrict(page, '限制', '备注后仍每日骚扰');
  const asked = dialogOf(page, '来电限制');
  await asked.getByText('待审批').waitFor();
  await asked.getByText('本人提出的由他人审批').waitFor();
  expect(await asked.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
  await expectAccessible(page);
  await shut(page);

  const operator = await at('operator', '/restrictions');
  const row = operator.getByRole('row', { name: /限制 每小时 3 次/ });
  await row.getByText('待审批').click();
  await dialogOf(operator, '来电限制').getByRole('button', { name: '批准', exact: true }).click();
  const approving = dialogOf(operator, /^批准：/);
  await approving.getByRole('textbox').fill('情况属实，同意限制');
  await expectAccessible(operator);
  await sent(operator, approving);
  await dialogOf(operator, '来电限制').getByText('生效中').waitFor();
});

test('the citizen appeals, somebody who had no hand in it grants it, and the limit is lifted', async () => {
  const page = await at('lead', '/restrictions');
  await page.getByRole('button', { name: '登记申诉' }).click();
  const dialog = dialogOf(page, '登记申诉');
  await dialog.getByLabel('主叫号码').fill(CALLER);
  await dialog.getByLabel('申诉内容').fill('是孩子误拨，请解除限制');
  await sent(page, dialog);
  await page.getByRole('tab', { name: '申诉（1 条待处理）' }).waitFor();
  await expectAccessible(page);
  // Who asked for the limit does not decide of it, and is told who does.
  await page.getByText('您参与过，“成立并解除、不成立”由另一人做').waitFor();
  expect(await page.getByRole('button', { name: '成立并解除' }).count()).toBe(0);

  const second = await at('operator2', '/restrictions');
  await second.getByRole('tab', { name: /申诉/ }).click();
  await second.getByRole('button', { name: '成立并解除' }).click();
  const granting = dialogOf(second, '成立并解除');
  await granting.getByRole('textbox').fill('经核实为误拨，解除');
  await sent(second, granting);
  await second.getByText(/没有待处理的申诉/).waitFor();
  await second.getByRole('tab', { name: '备注、限制和暂停受理' }).click();
  await second.getByRole('row', { name: /限制 每小时 3 次.*已解除/ }).waitFor();
  await second.getByLabel('按号码查，回车').fill('13912349999');
  await second.keyboard.press('Enter');
  await second.getByText('没有符合条件的来电限制').waitFor();
});

test('an operator changes which number is shown: the change is read once more, and of two who collide neither loses anything', async () => {
  const page = await at('operator', '/outbound-rules');
  const other = await at('operator2', '/outbound-rules');
  await page.getByRole('navigation', { name: '规则各页' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('combobox', { name: '回访', exact: true }).press('ArrowDown');
  await page.getByRole('option', { name: /^12369/ }).click();
  await page.getByText('1 项修改未保存').waitFor();
  await page.reload();
  await page.getByText('1 项修改未保存').waitFor();
  await page.keyboard.press('Control+s');
  const dialog = dialogOf(page, '修改外呼规定');
  await dialog.getByText('回访：主号码 → 12369').waitFor();
  await dialog.getByLabel('理由').fill('回访显示环保专线');
  await expectAccessible(page);
  // What he typed is there again, and no one click throws it away.
  await page.reload();
  await page.getByRole('button', { name: '放弃修改' }).click();
  const sure = dialogOf(page, '放弃修改');
  await sure.getByText('放弃后不能找回', { exact: false }).waitFor();
  // Nor does a key begin behind the question what it asks about.
  await page.keyboard.press('Control+s');
  await sure.getByRole('button', { name: '取消' }).click();
  await sure.waitFor({ state: 'hidden' });
  expect(await dialog.isVisible()).toBe(false);
  await page.keyboard.press('Control+s');
  expect(await dialog.getByLabel('理由').inputValue()).toBe('回访显示环保专线');
  await sent(page, dialog);
  await page.getByText('没有修改。').waitFor();
  expect(await town.lead.get<object>('/v1/outbound-rules')).toMatchObject({
    callerIds: { returnVisit: '12369' },
  });

  await other.getByLabel('同一号码每小时上限').fill('9');
  await other.keyboard.press('Tab');
  await other.keyboard.press('Control+s');
  const late = dialogOf(other, '修改外呼规定');
  await late.getByLabel('理由').fill('放宽同号上限');
  await other.keyboard.press('Control+Enter');
  await late.waitFor({ state: 'detached' });
  await other
    .getByRole('alert')
    .getByText(/他人已改到修订 \d+，所改已并入/)
    .waitFor();
  await other.getByText('1 项修改未保存').waitFor();
  await expectAccessible(other);
  await other.keyboard.press('Control+s');
  await late.getByText('同一号码每小时上限：6 → 9').waitFor();
  await sent(other, late);
  await other.getByText('没有修改。').waitFor();
  // Neither has lost what he did.
  expect(await town.lead.get<object>('/v1/outbound-rules')).toMatchObject({
    ...{ callerIds: { returnVisit: '12369' }, perNumberHour: 9 },
  });

  const lead = await at('lead', '/outbound-rules');
  await lead.getByText('由运营员修改。').waitFor();
  expect(await lead.getByRole('button', { name: /^保存/ }).count()).toBe(0);
  await expectAccessible(lead);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
