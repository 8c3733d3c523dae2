import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { DESK_PASSWORD, employ } from '../../../support/desk-page.ts';
import type { Town } from '../../../support/town.ts';
import { ticketOf } from '../../../support/visit-link.ts';
import { onceIn, type Scene } from '../scene.ts';

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
  { ...CALL, view: 'call', dark: true, ready: answered },
  { ...CALL, view: 'wrapUp', ready: wroteUp },
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
    page: 'deviceTest',
    path: '/device-test',
    account: '1001',
    ready: (page) => page.getByRole('heading').first().waitFor(),
  },
];
