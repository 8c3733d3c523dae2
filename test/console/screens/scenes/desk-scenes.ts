import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { DESK_PASSWORD, employ } from '../../../support/desk-page.ts';
import type { Town } from '../../../support/town.ts';
import { ticketOf } from '../../../support/visit-link.ts';
import { aDialog, firstRow, onceIn, type Scene } from '../scene.ts';

// Who talks with citizens: the door, his desk idle and in a call, his devices.

const CITIZEN = '13912340086';
const clerk = onceIn(async (town) => {
  await employ(town, [{ username: 'shen', displayName: '沈悦', number: '1101' }]);
  await ticketOf(town, CITIZEN);
});
const atDesk = async (town: Town): Promise<string> => {
  await clerk(town);
  return '/desk';
};
const notes = onceIn(async (town) => {
  for (const [number, vulnerable, language, note] of [
    ['13912340181', true, null, '听力不好，请慢说，最好重复一遍'],
    ['13912340182', false, 'en', '外籍教师，请用英语'],
    ['051384110021', true, null, '独居老人，常问助餐点，孩子在外地'],
  ] as const)
    await town.lead.post('/v1/caller-notes', { number, vulnerable, language, note });
});
const noted = async (town: Town): Promise<string> => {
  await notes(town);
  return '/caller-notes';
};
const presence = (page: Page) => page.getByTestId('presence');

async function rung(page: Page, town: Town): Promise<void> {
  await page.getByRole('button', { name: /话机就绪|Telephone ready/ }).waitFor();
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Alt+r');
        return await presence(page).textContent();
      },
      { timeout: 40_000, interval: 500 },
    )
    .toMatch(/示闲|^(?!.*Not ready).*Ready/);
  await town.citizen({ dialled: '12345', number: CITIZEN });
  await page
    .getByRole('article')
    .getByText(/来电，已等待|Call, waiting for/)
    .waitFor();
}
async function answered(page: Page, town: Town): Promise<void> {
  await rung(page, town);
  await page.keyboard.press('F2');
  await page
    .getByRole('article')
    .getByText(/与市民通话|Talking with the citizen/)
    .waitFor();
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type('余荡村五组门口自来水管爆裂，水漫到路面上，家里停水了，请尽快派人来修。');
  await page.keyboard.press('Tab');
  await page.keyboard.type('自来水管爆裂、停水');
  await page.keyboard.press('Tab');
  await page.keyboard.type('余荡村五组');
  await page.keyboard.press('Control+3');
  await page.keyboard.press('Alt+l');
  await page.keyboard.type('供水');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page
    .getByRole('region', { name: /近三日相似的诉求|Alike/ })
    .locator('kbd')
    .first()
    .waitFor();
}
/** Something is written down of who calls, and put aside. */
async function noteBegun(page: Page, town: Town): Promise<void> {
  await answered(page, town);
  await page
    .getByRole('button', { name: /来电人情况…|About the caller…/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('textbox').first().fill('听力不好，请慢说，最好重复一遍');
}
async function noteLeft(page: Page, town: Town): Promise<void> {
  await noteBegun(page, town);
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: /尚未提交的登记|Begun and not sent/ }).waitFor();
}
/** What a specialist said in the call. */
async function expertAnswered(page: Page, town: Town): Promise<void> {
  await answered(page, town);
  await page.keyboard.press('Alt+Shift+E');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().fill('吴医保');
  await page.getByRole('option', { name: /吴医保/ }).click();
  await dialog.getByRole('textbox').first().fill('跨省住院备案补办能不能直接结算');
  await dialog
    .getByRole('textbox')
    .last()
    .fill('出院前补办备案的，可以直接结算；已经出院的，回参保地手工报销。');
}
async function wroteUp(page: Page, town: Town): Promise<void> {
  await answered(page, town);
  await page.keyboard.press('F10');
  await presence(page)
    .getByText(/整理|Wrap-up/)
    .waitFor();
}
async function home(page: Page, town: Town): Promise<void> {
  await page.request.post('/v1/agents/me/sign-out');
  await town.rest();
}
/** It holds back whoever is to be ready: it goes again with the picture. */
async function mustRead(page: Page, town: Town): Promise<void> {
  await town.lead.post('/v1/knowledge-notices', {
    ...{ title: '明天县城东片停水', text: '8:00 至 18:00，请按条目答复。', critical: true },
  });
  await page.getByRole('button', { name: /必读 1|Must read 1/ }).click();
  await page.getByRole('dialog').locator('h2').waitFor();
}
async function readByAll(_page: Page, town: Town): Promise<void> {
  type Notices = { notices: readonly { id: string; critical: boolean; withdrawnAt: string | null }[] };
  const { notices } = await town.lead.get<Notices>('/v1/knowledge-notices?limit=20');
  for (const { id, critical, withdrawnAt } of notices)
    if (critical && withdrawnAt === null) await town.lead.post(`/v1/knowledge-notices/${id}/withdrawal`, {});
}
const CALL = {
  ...{ page: 'desk', path: atDesk, account: 'shen', password: DESK_PASSWORD },
  ...{ desktopOnly: true as const, leave: home },
} as const;

export const DESK_SCENES: readonly Scene[] = [
  {
    page: 'signIn',
    path: '/sign-in',
    account: null,
    ready: (page) => page.locator('input[name=username]').waitFor(),
  },
  {
    page: 'desk',
    path: '/desk',
    account: '1001',
    dark: true,
    ready: (page) => presence(page).waitFor(),
  },
  { ...CALL, view: 'rings', ready: rung },
  {
    ...{ page: 'desk', view: 'ringsOnTable', path: '/desk', account: '1001', leave: home },
    ready: async (page, town) => {
      await presence(page).waitFor();
      await town.agent('1001');
      await town.citizen({ dialled: '12345', number: CITIZEN });
      await page
        .getByRole('article')
        .getByRole('button', { name: /^(接听|Answer)/ })
        .waitFor();
    },
  },
  { ...CALL, view: 'call', dark: true, ready: answered },
  { ...CALL, view: 'callerNote', ready: noteBegun },
  { ...CALL, view: 'callerLeft', ready: noteLeft },
  { ...CALL, view: 'expertAnswer', ready: expertAnswered },
  { ...CALL, view: 'wrapUp', ready: wroteUp },
  {
    ...{ page: 'desk', view: 'mustRead', path: '/desk', account: '1001', brief: true },
    ...{ ready: mustRead, leave: readByAll },
  },
  {
    page: 'openCalls',
    path: '/open-calls',
    account: '1001',
    ready: (page) =>
      page
        .getByRole('heading', { name: /未登记去向的通话|Calls without an outcome/ })
        .last()
        .waitFor(),
  },
  {
    // What his calls above have left without an outcome.
    ...{ page: 'openCalls', view: 'some', path: '/open-calls', account: 'lead', brief: true },
    ready: async (page) => {
      await page.locator('main li button').first().click();
      await page.locator('main .work').waitFor();
    },
  },
  {
    page: 'callerNotes',
    path: noted,
    account: 'supervisor',
    ready: firstRow,
  },
  {
    ...{ page: 'callerNotes', view: 'card', path: noted, account: 'lead' },
    ready: async (page) => {
      await firstRow(page);
      await page.locator('[role=grid] tbody tr.row').first().click();
      await aDialog(page);
    },
  },
  {
    page: 'deviceTest',
    path: '/device-test',
    account: '1001',
    ready: (page) => page.getByRole('heading').first().waitFor(),
  },
];
