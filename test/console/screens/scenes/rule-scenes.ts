import type { Page } from 'playwright-core';
import type { Town } from '../../../support/town.ts';
import { ticketOf } from '../../../support/visit-link.ts';
import { aDialog, firstGrid, firstRow, onceIn, pressed, type Scene } from '../scene.ts';

// What operators keep: numbers, queues, menus, prompts, announcements, limits, working days, the catalogue, accounts, jobs.

const operator = { account: 'operator' } as const;
/** A draft with a menu of every kind of way: seven keys, a ticket's progress, and who presses none. */
const classicDraft = onceIn(async (town) => {
  const client = await town.as('operator');
  const { number } = await client.post<{ number: number }>('/v1/rules/versions', {
    title: '启用按键菜单',
    preset: 'classic-menu',
  });
  return number;
});
const incident = onceIn((town) =>
  town.lead.post<object>('/v1/announcements', {
    title: '城南停水',
    text: '城南片区因管道抢修停水，预计18时恢复。',
    until: new Date(Date.now() + 4 * 3_600_000).toISOString(),
    area: { prefixes: ['8411', '8412'], unknownHear: true },
    reason: '自来水公司来函',
  }),
);
const draftAt = (path: string) => async (town: Town) => `${path}version=${await classicDraft(town)}`;
/** Opens the first row of the list, as its desk opens what it keeps. */
async function opens(page: Page): Promise<void> {
  await page.locator('[role=grid] tbody tr.row').first().click();
  await aDialog(page);
}
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
  await page.getByRole('status').first().waitFor();
}
/** Looked through, not taken in: what is wrong in it stands line by line. */
async function catalogueFile(page: Page): Promise<void> {
  const csv = '分类,区域,主办,依据\r\n供电,掘港街道,县自来水公司,试导入\r\n供水,,没有的单位,\r\n';
  await page.setInputFiles('input[type=file]', {
    ...{ name: 'catalogue.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
  });
  await firstRow(page);
}

async function registerFile(page: Page): Promise<void> {
  const csv = [
    'number,name,unit_code,mode,valid_from,valid_to,colour',
    '12319,City management,urban-management,FORWARD,2020/4/28,,',
    '12316,Farming,nobody,TRANSITION,2020-04-28,,red',
    '110,Police,urban-management,FORWARD,2020-04-28,,',
    '12369,,urban-management,FORWARDED,30 Feb,,',
  ].join('\r\n');
  await page.setInputFiles('input[type=file]', {
    ...{ name: 'numbers.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
  });
  await firstRow(page);
}

const RULES: readonly Scene[] = [
  { ...operator, page: 'rules', path: '/rules', dark: true, ready: firstRow },
  { ...operator, page: 'rules', view: 'draft', path: draftAt('/rules?tab=impact&'), ready: firstRow },
  {
    ...operator,
    page: 'rules',
    view: 'diff',
    path: draftAt('/rules?tab=diff&'),
    brief: true,
    ready: firstRow,
  },
  {
    ...{ ...operator, page: 'rules', view: 'try', path: '/rules?tab=try' },
    ready: async (page) => {
      await firstRow(page);
      await page.getByRole('complementary').getByRole('textbox').first().fill('12369');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary').getByRole('listitem').first().waitFor();
    },
  },
  { ...operator, page: 'rules', view: 'line', path: draftAt('/rules?'), brief: true, ready: opens },
  { ...operator, page: 'queues', path: '/queues', ready: (page) => page.getByRole('list').last().waitFor() },
  { ...operator, page: 'queues', view: 'one', path: draftAt('/queues?'), brief: true, ready: opens },
  { ...operator, page: 'modes', path: '/rules/calendar', ready: firstGrid },
  {
    ...{ ...operator, page: 'register', path: '/rules/import' },
    ready: (page) => page.locator('main').getByRole('radiogroup').waitFor(),
  },
  {
    ...{ ...operator, page: 'register', view: 'report', path: draftAt('/rules/import?') },
    ready: registerFile,
  },
  { ...operator, page: 'roster', path: '/roster', ready: firstGrid },
  { ...operator, page: 'roster', view: 'one', path: '/roster', brief: true, ready: opens },
  {
    ...{ ...operator, page: 'menus', path: draftAt('/menus?tab=findings&'), dark: true },
    ready: (page) => page.getByRole('textbox', { name: /文本|Text/ }).waitFor(),
  },
  {
    ...{ ...operator, page: 'prompts', path: '/prompts?name=greeting-main' },
    ready: (page) => page.getByRole('complementary').waitFor(),
  },
  {
    ...{ ...operator, page: 'announcements', dark: true },
    path: async (town) => {
      await incident(town);
      return '/announcements';
    },
    ready: (page) => page.getByRole('complementary').waitFor(),
  },
  {
    ...operator,
    page: 'outbound',
    path: '/outbound-rules',
    dark: true,
    ready: async (page) => {
      await page.getByRole('form').waitFor();
      await page
        .getByRole('region', { name: /座席测算|seats for return visits/ })
        .getByRole('status')
        .waitFor();
    },
  },
  {
    ...operator,
    page: 'jobs',
    path: '/jobs',
    dark: true,
    ready: (page) => page.locator('main dl').first().waitFor(),
  },
];

const KEPT: readonly Scene[] = [
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
];

export const RULE_SCENES: readonly Scene[] = [...RULES, ...KEPT];
