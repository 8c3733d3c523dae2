import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../src/app/ports/accounts.ts';
import type { AgentSeen } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk, DESK_PASSWORD, employ, ready } from '../support/desk-page.ts';
import { untilPageHears } from '../support/desk-voice.ts';
import { CITIZEN_HZ, Town } from '../support/town.ts';

// An administrator takes accounts out of use and changes what they may do; whoever it meets is out at once, and no citizen is
// cut off by it.

const SHEN_HZ = 1_300;
let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  await employ(town, [{ username: 'shen', displayName: '沈悦', number: '1101' }]);
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

/** The administrator's list, with this account chosen in it. */
async function chosen(username: string): Promise<Page> {
  const page = await browser.signedIn('admin', town.passwordOf('admin'), '/accounts');
  town.visit(() => page.close());
  await find(page, username);
  return page;
}
async function find(page: Page, username: string): Promise<void> {
  await page.getByRole('grid', { name: '账号' }).getByText(username, { exact: true }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(username);
  await page.keyboard.press('Enter');
}
const said = (page: Page, words: string) => page.getByRole('status').getByText(words, { exact: false });

async function seen(number: string): Promise<AgentSeen | undefined> {
  const { agents } = await town.lead.get<{ agents: readonly AgentSeen[] }>('/v1/agents');
  return agents.find((one) => one.number === number);
}

test('an agent is taken out of use while he talks: his page is at the door, the talk goes on to its end, and no further call comes', {
  timeout: 120_000,
}, async () => {
  const desk = await atDesk(town, browser, { username: 'shen', hz: SHEN_HZ });
  await ready(desk);
  const citizen = await town.citizen({ dialled: '12345', number: '13800138601' });
  await desk.getByRole('article').getByText('来电，已等待').waitFor();
  citizen.sound.speak(CITIZEN_HZ);
  await desk.keyboard.press('F2');
  await Promise.all([untilPageHears(desk, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);

  const page = await chosen('shen');
  await page.keyboard.press('Control+Delete');
  const dialog = page.getByRole('dialog', { name: '停用 沈悦 的账号' });
  await dialog.getByText('正在通话的话务员打完这一通').waitFor();
  await dialog.getByLabel('理由').fill('借调期满');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await said(page, '沈悦 的账号已停用').waitFor();
  await page.getByRole('row', { name: /shen .*已停用/ }).waitFor();

  await desk.getByRole('alert').getByText('通话仍在进行').waitFor();
  await desk.locator('input[name=username]').waitFor();
  await expectAccessible(desk);
  citizen.sound.forget();
  await Promise.all([untilPageHears(desk, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);
  await desk.getByRole('button', { name: '挂断' }).click();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  await desk.getByRole('alert').getByText('通话仍在进行').waitFor({ state: 'detached' });
  await until('an agent who is none any more', 20_000, async () => {
    const agent = await seen('1101');
    return agent === undefined || agent.state === 'SIGNED_OUT' ? true : null;
  });
  const detail = await town.callInBooks('13800138601');
  expect(detail).toMatchObject({ result: 'answeredByAgent', agentNumber: '1101', releasedBy: 'agent' });

  await desk.getByLabel('用户名').fill('shen');
  await desk.getByLabel('密码').fill(DESK_PASSWORD);
  await desk.keyboard.press('Enter');
  await desk.getByRole('alert').getByText('账号已停用').waitFor();

  await page.keyboard.press('Control+Delete');
  await page.getByRole('dialog', { name: '启用 沈悦 的账号' }).getByLabel('理由').fill('续借一年');
  await page.keyboard.press('Control+Enter');
  await said(page, '沈悦 的账号已启用').waitFor();
  await desk.keyboard.press('Enter');
  await desk.getByTestId('presence').waitFor();
});

test('roles are changed by the keyboard: what would not go together is said before, and who only gets one more goes on', async () => {
  const theirs = await browser.signedIn('dispatcher', town.passwordOf('dispatcher'), '/catalogue');
  town.visit(() => theirs.close());
  await theirs.getByRole('grid', { name: '派单目录' }).waitFor();
  const page = await chosen('dispatcher');
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: '改 派单员 何静 的角色' });
  await dialog.getByText('派单员', { exact: true }).waitFor();
  expect(await dialog.getByRole('checkbox', { name: '派单员' }).isChecked()).toBe(true);
  await dialog.getByText('服务商主管', { exact: true }).click();
  await dialog.getByText('服务商主管只能有这一个角色').waitFor();
  await dialog.getByText('服务商主管', { exact: true }).click();
  await dialog.getByText('审核员', { exact: true }).click();
  await dialog.getByLabel('理由').fill('兼任审核');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await said(page, '派单员 何静 的角色已改').waitFor();
  await page.getByRole('row', { name: /dispatcher .*派单员、审核员/ }).waitFor();
  await theirs.reload();
  await theirs.getByRole('grid', { name: '派单目录' }).waitFor();
  const { reason } = await town.inBooks<{ reason: string }>(
    `select t.reason from audit_trail t join accounts a on a.id::text = t.subject_id
     where a.username = 'dispatcher' and t.action = 'account.rolesSet'`,
  );
  expect(reason).toBe('兼任审核：dispatcher → dispatcher, reviewer');
});

test('two administrators change one account: the later sees what it was, is and would be, goes on from there, and has typed nothing twice', async () => {
  const other = await town.as('admin');
  town.visit(() => other.signOut());
  const accountOf = async () => {
    const { accounts } = await other.get<{ accounts: { id: string; username: string; roles: string[] }[] }>(
      '/v1/accounts',
    );
    const found = accounts.find(({ username }) => username === 'operator2');
    if (found === undefined) throw new Error('no operator2');
    return found;
  };
  const others = async (roles: string[]): Promise<void> => {
    const { id, roles: was } = await accountOf();
    const body = { roles, was: { roles: was, unitCode: null, employer: null }, reason: '另一位管理员所改' };
    await other.post(`/v1/accounts/${id}/roles`, body);
  };
  const page = await chosen('operator2');
  const dialog = page.getByRole('dialog', { name: /^改 .* 的角色$/ });
  const tick = (role: string) => dialog.getByRole('checkbox', { name: role, exact: true });
  const ask = async (): Promise<void> => {
    await page.keyboard.press('F2');
    await dialog.getByText('运营员', { exact: true }).waitFor();
  };
  await ask();
  await dialog.getByText('审核员', { exact: true }).click();
  await dialog.getByLabel('理由').fill('兼任审核');
  await others(['operator', 'dispatcher']);
  await page.keyboard.press('Control+Enter');
  const clash = dialog.getByRole('alert');
  await clash.getByText('他人已改此账号，您的没有写入').waitFor();
  await clash.getByText('原为：运营员', { exact: true }).waitFor();
  await clash.getByText('现为：运营员、派单员', { exact: true }).waitFor();
  await clash.getByText('您所选：运营员、审核员', { exact: true }).waitFor();
  await expectAccessible(page);
  expect(await dialog.getByLabel('理由').inputValue()).toBe('兼任审核');
  await clash.getByRole('button', { name: '仍用我选的' }).click();
  await page.keyboard.press('Control+Enter');
  await said(page, '的角色已改').waitFor();
  expect((await accountOf()).roles.toSorted()).toEqual(['operator', 'reviewer']);

  // Turned away from, the ticks are gone; what lay there while the page was loaded anew is held against what he is by then.
  await ask();
  await dialog.getByText('派单员', { exact: true }).click();
  await expect.poll(() => tick('派单员').isChecked()).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await ask();
  expect(await tick('派单员').isChecked()).toBe(false);
  await dialog.getByText('派单员', { exact: true }).click();
  await dialog.getByLabel('理由').fill('增派一人');
  await others(['operator']);
  await page.reload();
  await find(page, 'operator2');
  await ask();
  await clash.getByText('现为：运营员', { exact: true }).waitFor();
  await clash.getByText('您所选：运营员、审核员、派单员', { exact: true }).waitFor();
  await clash.getByRole('button', { name: '用现在的' }).click();
  await clash.waitFor({ state: 'detached' });
  expect(await tick('派单员').isChecked()).toBe(false);
  expect(await dialog.getByLabel('理由').inputValue()).toBe('增派一人');
});

test('one’s own account offers nothing but what one may do', async () => {
  const page = await chosen('admin');
  await page.getByText('自己的账号须由另一位管理员办理。').waitFor();
  expect(await page.getByRole('button', { name: /改角色/ }).isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: /停用/ }).isDisabled()).toBe(true);
  await page.keyboard.press('Control+Delete');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

/** The roles of the house, each with an account of it alone. */
const OF_EACH_ROLE = {
  agent: '1001',
  lead: 'lead',
  operator: 'operator2',
  reviewer: 'reviewer',
  adjudicator: 'adjudicator',
  supervisor: 'supervisor',
  unit: 'unit.ecology',
  admin: 'admin',
  dispatcher: 'gao',
  returnVisitor: 'shi',
  leader: 'tan',
  vendorLead: 'yao',
} as const satisfies Record<Role, string>;
/** Whether this page still asks the server for something, or did a moment ago. */
function asked(page: Page): () => string {
  const onTheirWay = new Set<object>();
  let movedAt = performance.now();
  page.on('request', (request) => {
    onTheirWay.add(request);
    movedAt = performance.now();
  });
  for (const over of ['requestfinished', 'requestfailed'] as const) {
    page.on(over as 'requestfinished', (request) => {
      onTheirWay.delete(request);
      movedAt = performance.now();
    });
  }
  return () => (onTheirWay.size === 0 && performance.now() - movedAt > 150 ? 'nothing more' : 'on its way');
}
/** What one of them may not read on a page that is his, which says so in words. */
const SAID_ON_THE_PAGE = ['admin /wall GET /v1/incidents'];

test('each role opens every page that it is offered, each of its tabs too, and nothing there is refused', {
  timeout: 600_000,
}, async () => {
  const house = await town.as('admin');
  for (const [username, displayName, role, more] of [
    ['gao', '高派单', 'dispatcher', {}],
    ['shi', '石回访', 'returnVisitor', {}],
    ['tan', '谭县长', 'leader', {}],
    ['yao', '姚主管', 'vendorLead', { employer: 'platform' }],
  ] as const) {
    await house.post('/v1/accounts', {
      username,
      displayName,
      password: DESK_PASSWORD,
      roles: [role],
      ...more,
    });
  }
  await house.signOut();
  const refused: string[] = [];
  const opened: string[] = [];
  for (const [role, username] of Object.entries(OF_EACH_ROLE)) {
    const own = ['gao', 'shi', 'tan', 'yao'].includes(username);
    const page = await browser.signedIn(username, own ? DESK_PASSWORD : town.passwordOf(username));
    page.on('response', (response) => {
      if (response.status() !== 403) return;
      const asked = `${response.request().method()} ${new URL(response.url()).pathname}`;
      refused.push(`${role} ${new URL(page.url()).pathname} ${asked}`);
    });
    const asks = asked(page);
    const seen = new Set<string>();
    const offered = ['/'];
    for (let path = offered.shift(); path !== undefined; path = offered.shift()) {
      const link = page.locator(`a[href="${path}"]`).first();
      const before = new URL(page.url()).pathname;
      if ((await link.count()) === 0) await page.goto(path);
      else {
        await link.dispatchEvent('click');
        // Until the next page has come the tabs are those of the last; where the two are one, nothing comes.
        await page.waitForURL(({ pathname }) => pathname !== before, { timeout: 2_000 }).catch(() => null);
      }
      await expect.poll(asks, { interval: 50, timeout: 30_000 }).toBe('nothing more');
      expect(await page.getByText('没有这个页面').count(), `${role} is offered ${path}`).toBe(0);
      opened.push(`${role} ${new URL(page.url()).pathname}`);
      for (const tab of await page.locator('main [role=tab]:not([aria-disabled=true])').all()) {
        await tab.click();
        await expect.poll(asks, { interval: 50, timeout: 30_000 }).toBe('nothing more');
      }
      const links = await page.evaluate<readonly string[]>(
        `[...document.querySelectorAll('a[href^="/"]:not([download])')].map((one) => new URL(one.href).pathname)`,
      );
      for (const link of links) {
        // Of one thing among many, and of files, there is no end.
        if (seen.has(link) || /^\/v1\/|[0-9a-f]{8}-|\d{3}/.test(link)) continue;
        seen.add(link);
        offered.push(link);
      }
    }
    await page.context().close();
  }
  expect(refused.filter((one) => !SAID_ON_THE_PAGE.includes(one))).toEqual([]);
  // Who may list calls is offered their page.
  for (const role of ['agent', 'lead', 'operator', 'supervisor', 'returnVisitor', 'vendorLead'])
    expect(opened).toContain(`${role} /calls`);
  // Nobody was at the door alone.
  for (const role of Object.keys(OF_EACH_ROLE)) {
    expect(opened.filter((one) => one.startsWith(`${role} `)).length, role).toBeGreaterThan(2);
  }
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
