import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

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

test('a call is seen from its arrival, with the reason why it waits, until an agent has it', async () => {
  const page = await browser.signedIn('lead', town.passwordOf('lead'), '/lead');
  await page.getByText('现在没有通话').waitFor();
  const citizen = await town.citizen({ dialled: '12345', number: '13800138051' });
  const calls = page.getByRole('region', { name: /^通话/ });
  await calls.getByText('排队', { exact: true }).waitFor({ timeout: 30_000 });
  const agent = await town.agent('1001');
  const call = await agent.phone.nextCall(30_000);
  await call.answer();
  await town.converse(citizen, call);
  await calls.getByText('通话', { exact: true }).waitFor();
  await calls.getByRole('button', { name: '耳语' }).click();
  // A reason goes on record before anybody listens.
  const dialog = page.getByRole('dialog', { name: '耳语' });
  await dialog.getByRole('button', { name: '耳语' }).click();
  await dialog.getByText('请填写理由').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await call.hangUp();
  await citizen.ended;
  await page.getByText('现在没有通话').waitFor({ timeout: 30_000 });
});

test('a lead moves an agent to another queue while he works, and the next caller of that queue rings there', async () => {
  const agent = await town.agent('1002');
  const page = await browser.signedIn('lead', town.passwordOf('lead'), '/lead');
  await page.getByLabel(/^筛选/).fill('1002');
  const agents = page.getByRole('region', { name: /^话务员/ });
  await agents.getByRole('button', { name: '调整队列' }).click();
  const dialog = page.getByRole('dialog', { name: /调整队列/ });
  // Out of the general desk, into the water desk.
  await dialog.getByText('总席', { exact: true }).click();
  await dialog.getByText('供水专席', { exact: true }).click();
  await dialog.getByRole('button', { name: '调整队列' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect
    .poll(
      async () =>
        (await town.lead.get<{ agents: { number: string; queues: string[] }[] }>('/v1/agents')).agents.find(
          ({ number }) => number === '1002',
        )?.queues,
    )
    .toEqual(['desk-water']);
  await agents.getByText('供水专席', { exact: true }).waitFor();

  await agents.getByRole('button', { name: '强制签出' }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('换班提前离岗');
  await page.keyboard.press('Enter');
  await page.getByText('没有符合条件的话务员').waitFor();
  expect((await agent.seen())?.state).toBe('SIGNED_OUT');
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
