import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

// What the worker could not do is seen, looked into and run again by who may.

const ROLES = resolve(import.meta.dirname, '../../src/roles');
const WORDS = resolve(import.meta.dirname, '../../src/console/pages/jobs/words.ts');
const WHY = 'the unit has no supervisor';

let town: Town;
let browser: ConsoleBrowser;
let ticket: { readonly id: string; readonly number: string };
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
  ticket = await town.lead.post<{ id: string; number: string }>('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'utilities.water', content: '水管爆裂。', place: '余荡村三组' },
    citizenNumber: '13912340091',
  });
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

/** As the worker leaves a deadline that it could not fire. */
const failDeadline = () =>
  town.inBooks<{ id: string }>(
    `update deadlines set failure = $2, failed_at = now(), failures = 3
     where id = (select id from deadlines where ticket_id = $1 and clock = 'citizen' and level = 100 limit 1)
     returning id::text`,
    [ticket.id, WHY],
  );
const at = (username: string) => browser.signedIn(username, town.passwordOf(username), '/jobs');

test('an operator finds the failed deadline with its reason, and runs it again for one of his own', async () => {
  const page = await at('operator');
  await page.getByText('没有失败的任务').waitFor();
  const queues = page.getByRole('region', { name: '任务队列' });
  for (const name of [/^工单时限.* 0 0 \d+ 0 /, /^催办、督办/, /^知识条目/]) {
    await queues.getByRole('row', { name }).waitFor();
  }
  await expectAccessible(page);

  const { id } = await failDeadline();
  await page.keyboard.press('r');
  const row = page.getByRole('row', { name: new RegExp(ticket.number) });
  await row.getByText('市民时钟 100%').waitFor();
  await row.getByText(WHY).waitFor();
  await page.getByRole('region', { name: '时限' }).getByText('▲ 1').waitFor();
  await expectAccessible(page);

  await row.getByRole('button', { name: '查看、重跑' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`deadline ${id}`).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  // Without a reason nothing is sent.
  await dialog.getByRole('textbox').fill('督办人已补录，重新执行');
  await page.keyboard.press('Control+Enter');
  await page.getByText('已重新排入').waitFor();
  await page.getByText('没有失败的任务').waitFor();
  expect(
    await town.inBooks(
      `select d.failures, d.failure, a.reason from deadlines d join audit_trail a on a.subject_id = 'deadline ' || d.id
       where d.id = $1`,
      [id],
    ),
  ).toEqual({ failures: 0, failure: null, reason: '督办人已补录，重新执行' });
});

test('a lead sees why, and who can help; what somebody else has run meanwhile is told and leaves the list', async () => {
  const { id } = await failDeadline();
  const lead = await at('lead');
  await lead.getByRole('button', { name: '查看', exact: true }).click();
  await lead.getByRole('dialog').getByText('由运营员或管理员重新执行').waitFor();

  const page = await at('operator');
  await page.getByRole('button', { name: '查看、重跑' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('原因已排除，重新执行');
  await town.inBooks('update deadlines set failure = null, failures = 0 where id = $1 returning id', [id]);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('没有失败的任务').waitFor();
});

test('a round that fails is listed by its name in words, for as long as its worker says so', async () => {
  const page = await at('operator');
  await town.inBooks(
    `insert into round_failures (round, worker, failure, since, last_at, failures)
     values ('meetingTasks', gen_random_uuid(), 'relation missing', now() - interval '3 minutes', now(), 18) returning round`,
  );
  const row = page.getByRole('row', { name: /会议任务督办.*relation missing/ });
  await page.getByRole('button', { name: '刷新' }).press('Enter');
  await row.getByText('18', { exact: true }).waitFor();
  await expectAccessible(page);
  await town.inBooks(`delete from round_failures where failure = 'relation missing' returning round`);
  await page.getByRole('button', { name: '刷新' }).press('Enter');
  await row.waitFor({ state: 'detached' });
});

test('every round of the worker has its words', () => {
  const rounds = readdirSync(ROLES)
    .filter((file) => file.endsWith('-rounds.ts'))
    .flatMap((file) => [...readFileSync(join(ROLES, file), 'utf8').matchAll(/\bname: '(\w+)',/g)])
    .map(([, name]) => name);
  const words = readFileSync(WORDS, 'utf8');
  expect(rounds.length).toBeGreaterThan(50);
  expect(rounds.filter((name) => words.split(`      ${name}: '`).length !== 3)).toEqual([]);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
