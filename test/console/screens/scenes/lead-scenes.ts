import type { Page } from 'playwright-core';
import { DESK_PASSWORD, employ } from '../../../support/desk-page.ts';
import type { Town } from '../../../support/town.ts';
import { answered as pickedUp } from '../../../support/voices.ts';
import { spendBusyDays } from '../busy-days.ts';
import { firstRow, onceIn, pressed, type Scene } from '../scene.ts';

// Who watches the hour: the lead's board, calm and in a surge, and the wall.

const busyDays = onceIn(spendBusyDays);
/** One talks, one is away, and two citizens wait. */
async function atWork(town: Town): Promise<void> {
  const talks = await town.agent('1001');
  const first = await town.citizen({ dialled: '12345', number: '13800138061' });
  await pickedUp(await talks.phone.nextCall(30_000), 'first');
  await first.answered;
  const away = await town.agent('1002');
  await away.api.post('/v1/agents/me/not-ready', { reason: 'meeting' });
  await town.citizen({ dialled: '12345', number: '13800138062' });
  await town.citizen({ dialled: '051384120002', number: '13800138063' });
  await town.untilCallIs('13800138062', 'queued', 40_000);
}
const queues = (page: Page) => page.locator('.queues tbody tr').first().waitFor();
const surge = onceIn((town) =>
  town.lead.post<object>('/v1/surge-mode', {
    ...{ queues: ['general'], minutes: 60, recalls: true, backOfficeJoins: true, wrapUpSeconds: 10 },
    ...{ callbackAfterSeconds: 30, text: '城东停水正在抢修，预计十八时恢复。', reason: '强降雨来电激增' },
  }),
);
const listener = onceIn((town) =>
  employ(town, [{ username: 'chen', displayName: '陈岚', number: '1190', roles: ['lead'] }]),
);

async function listens(page: Page, town: Town): Promise<void> {
  await page.getByRole('button', { name: /话机就绪|Telephone ready/ }).waitFor();
  const agent = await town.agent('1001');
  await town.citizen({ dialled: '12345', number: '13800138064' });
  await pickedUp(await agent.phone.nextCall(30_000), 'first');
  await pressed(page, /^(侦听|Listen)$/);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('新人带教');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('F2');
  await page.getByRole('region', { name: /正在旁听|You listen to/ }).waitFor();
}
/** One that was answered and put down by the citizen, and what happened in it. */
const talkOver = onceIn(async (town) => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138065' });
  await pickedUp(await agent.phone.nextCall(30_000), 'first');
  await citizen.answered;
  citizen.hangUp();
  await town.callInBooks('13800138065');
  await town.rest();
});
async function home(page: Page, town: Town): Promise<void> {
  await page.request.post('/v1/agents/me/sign-out');
  await town.rest();
}
const BOARD = { page: 'lead', account: 'lead' } as const;

export const LEAD_SCENES: readonly Scene[] = [
  {
    ...{ page: 'calls', account: 'lead', path: '/calls' },
    ready: async (page, town) => {
      await talkOver(town);
      await page.reload();
      await firstRow(page);
      await page.locator('[role=grid] tbody tr.row').first().click();
      await page.getByTestId('ending').waitFor();
    },
  },
  {
    ...{ page: 'reports', account: 'lead' },
    path: async (town) => {
      await talkOver(town);
      return '/reports';
    },
    ready: (page) => page.getByRole('main').getByRole('table').first().waitFor(),
  },
  {
    ...{ page: 'reports', view: 'employers', account: 'lead', path: '/reports' },
    ready: async (page) => {
      await page.getByRole('tab', { name: /派出单位考核|Employers/ }).click();
      await page.getByRole('main').getByRole('button', { expanded: false }).first().click();
    },
  },
  {
    ...{ page: 'agentDay', account: 'lead' },
    path: async (town) => {
      await talkOver(town);
      const { agents } = await town.lead.get<{ agents: { agentId: string; number: string }[] }>('/v1/agents');
      return `/agents/${agents.find(({ number }) => number === '1001')?.agentId}/day`;
    },
    ready: (page) => page.getByRole('main').getByRole('table').first().waitFor(),
  },
  {
    ...{ page: 'ownDay', account: '1001' },
    path: async (town) => {
      await talkOver(town);
      return '/my-day';
    },
    ready: (page) => page.getByRole('main').getByRole('table').first().waitFor(),
  },
  { ...BOARD, view: 'night', path: '/lead', brief: true, ready: queues },
  {
    ...{ ...BOARD, path: '/lead', dark: true },
    ready: async (page, town) => {
      await busyDays(town);
      await atWork(town);
      await queues(page);
      await page
        .getByRole('button', { name: /^(强制签出|Sign out)/ })
        .first()
        .waitFor();
    },
    leave: (_, town) => town.rest(),
  },
  {
    ...{ ...BOARD, view: 'whyWaits', path: '/lead' },
    ready: async (page, town) => {
      await atWork(town);
      await queues(page);
      await page.keyboard.press('w');
      const why = page.getByRole('region', { name: /为何仍在等待|Why it waits/ });
      await why.getByRole('listitem').first().waitFor();
    },
    leave: (_, town) => town.rest(),
  },
  {
    ...{
      page: 'lead',
      view: 'listens',
      account: 'chen',
      password: DESK_PASSWORD,
      desktopOnly: true,
      dark: true,
    },
    path: async (town) => {
      await listener(town);
      return '/lead';
    },
    ready: listens,
    leave: home,
  },
  {
    ...{ ...BOARD, view: 'surgeForm', path: '/lead' },
    ready: async (page) => {
      await pressed(page, /高峰模式…|Surge mode…/);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    ...{ ...BOARD, view: 'surge', dark: true },
    path: async (town) => {
      await surge(town);
      return '/lead';
    },
    ready: (page) => page.getByRole('region', { name: /高峰模式|Surge mode/ }).waitFor(),
  },
  {
    page: 'wall',
    path: async (town) => {
      await busyDays(town);
      return '/wall';
    },
    account: 'lead',
    dark: true,
    ready: async (page) => {
      await queues(page);
      await page.locator('canvas').waitFor();
    },
  },
];
