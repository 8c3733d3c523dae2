import type { Page } from 'playwright-core';
import type { Town } from '../../../support/town.ts';
import { ticketOf } from '../../../support/visit-link.ts';
import { aDialog, firstRow, onceIn, pressed, type Scene } from '../scene.ts';

// What the town has settled for tickets: limits, working days, the catalogue, codes; and who has an account.

const operator = { account: 'operator' } as const;
const draftedCodes = onceIn(async (town) => {
  const client = await town.as('operator');
  const validFrom = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await client.post('/v1/codes/category/draft', { title: '2027 年诉求分类', validFrom });
});
const codesDraft = async (town: Town): Promise<string> => {
  await draftedCodes(town);
  return '/catalogue/codes';
};
async function limitDraft(page: Page): Promise<void> {
  await pressed(page, /在此版上起草修改|Draft a change/);
  const amount = page
    .getByRole('table', { name: /时限表|Limits/ })
    .getByRole('spinbutton')
    .first();
  await amount.fill('9');
  await amount.press('Tab');
  await page.keyboard.press('Alt+P');
  await page
    .getByRole('region', { name: /看影响，再提交|See what it does/ })
    .getByRole('table')
    .first()
    .waitFor();
}
/** The next day that is worked is none: what moves by it. */
async function dayOff(page: Page): Promise<void> {
  await page.locator('[data-day].workday').last().click();
  await page.getByPlaceholder(/^(名称，如|Name, e\.g\.)/).fill('全县停办日');
  await pressed(page, /加入草稿|Put into the draft/);
  await page.keyboard.press('Alt+P');
  await page.locator('main [role=status]:visible').first().waitFor();
}
/** Looked through, not taken in: what is wrong in it stands line by line. */
async function catalogueFile(page: Page): Promise<void> {
  const csv = '分类,区域,主办,依据\r\n供电,掘港街道,县自来水公司,试导入\r\n供水,,没有的单位,\r\n';
  await page.setInputFiles('input[type=file]', {
    ...{ name: 'catalogue.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
  });
  await firstRow(page);
}

export const KEPT_SCENES: readonly Scene[] = [
  {
    ...{ ...operator, page: 'limits', path: '/limits', dark: true },
    ready: (page) => page.getByRole('table', { name: /时限表|Limits/ }).waitFor(),
  },
  {
    ...{ ...operator, page: 'limits', view: 'draft' },
    path: async (town) => {
      await ticketOf(town, '13912340091');
      return '/limits';
    },
    ready: limitDraft,
  },
  {
    ...{ ...operator, page: 'limits.calendar', path: '/limits/calendar', dark: true },
    ready: (page) => page.locator('[data-day]').first().waitFor(),
  },
  { ...operator, page: 'limits.calendar', view: 'dayOff', path: '/limits/calendar', ready: dayOff },
  {
    ...{ ...operator, page: 'limits.why', path: '/limits/why' },
    ready: (page) => page.getByRole('table').first().waitFor(),
  },
  {
    ...{ page: 'catalogue', path: '/catalogue', account: 'dispatcher', dark: true },
    ready: (page) =>
      page
        .getByRole('grid')
        .getByText(/县自来水公司/)
        .first()
        .waitFor(),
  },
  {
    ...{ page: 'catalogue', view: 'draft', path: '/catalogue', account: 'dispatcher' },
    ready: async (page) => {
      await page
        .getByRole('grid')
        .getByText(/县自来水公司/)
        .first()
        .waitFor();
      await page.keyboard.press('Insert');
      await page.keyboard.type('x');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+s');
      await page.getByRole('complementary').getByRole('listitem').first().waitFor();
    },
  },
  {
    ...{ page: 'catalogue.import', path: '/catalogue/import', account: 'dispatcher' },
    ready: catalogueFile,
  },
  { ...operator, page: 'catalogue.codes', path: '/catalogue/codes', ready: firstRow },
  {
    ...{ ...operator, page: 'catalogue.codes', view: 'draft', path: codesDraft },
    ready: async (page) => {
      await firstRow(page);
      await page.getByRole('list', { name: /检查|Findings/ }).waitFor({ state: 'attached' });
    },
  },
  {
    ...{ ...operator, page: 'catalogue.codes', view: 'term', path: codesDraft, brief: true },
    ready: async (page) => {
      await firstRow(page);
      await page.locator('[role=grid] tbody tr.row').nth(3).click();
      await page.keyboard.press('Enter');
      await aDialog(page);
    },
  },
  {
    ...{ ...operator, page: 'catalogue.convenience', path: '/catalogue/convenience' },
    ready: (page) => page.getByRole('list', { name: /便民服务分类|Convenience services/ }).waitFor(),
  },
  { page: 'accounts', path: '/accounts', account: 'admin', ready: firstRow },
  {
    ...{ page: 'accounts', view: 'new', path: '/accounts', account: 'admin', brief: true },
    ready: async (page) => {
      await firstRow(page);
      await pressed(page, /新建账号|New account/);
      await aDialog(page);
    },
  },
  {
    ...{ page: 'accounts', view: 'roles', path: '/accounts', account: 'admin', brief: true },
    ready: async (page) => {
      await firstRow(page);
      await page.locator('[role=grid] tbody tr.row').nth(2).click();
      await page.keyboard.press('Escape');
      await page.keyboard.press('F2');
      await aDialog(page);
    },
  },
];
