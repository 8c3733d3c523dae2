import type { Page } from 'playwright-core';
import type { Town } from '../../../support/town.ts';
import { ticketOf } from '../../../support/visit-link.ts';
import { aDialog, firstGrid, firstRow, onceIn, pressed, type Scene } from '../scene.ts';

// What operators keep for calls: numbers, queues, menus, prompts, announcements, how the hotline calls out, jobs.

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
/** A deadline that could not be fired, and a round that fails. */
const failure = onceIn(async (town) => {
  const { id } = await ticketOf(town, '13912340093');
  await town.inBooks(
    `update deadlines set failure = 'the unit has no supervisor', failed_at = now(), failures = 3
     where id = (select id from deadlines where ticket_id = $1 and clock = 'citizen' and level = 100 limit 1) returning id::text`,
    [id],
  );
  await town.inBooks(
    `insert into round_failures (round, worker, failure, since, last_at, failures)
     values ('meetingTasks', gen_random_uuid(), 'relation missing', now() - interval '3 minutes', now(), 18) returning round`,
  );
});
const failedAt = async (town: Town): Promise<string> => {
  await failure(town);
  return '/jobs';
};
const draftAt = (path: string) => async (town: Town) => `${path}version=${await classicDraft(town)}`;
/** Opens the first row of the list, as its desk opens what it keeps. */
async function opens(page: Page): Promise<void> {
  await page.locator('[role=grid] tbody tr.row').first().click();
  await aDialog(page);
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

export const RULE_SCENES: readonly Scene[] = [
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
  {
    ...{ ...operator, page: 'queues', view: 'callback', path: draftAt('/queues?'), brief: true },
    ready: async (page) => {
      await opens(page);
      await page.getByRole('dialog').getByRole('tab').last().click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('.el-switch:visible').click();
      await dialog.locator('input[role=spinbutton]:visible').last().waitFor();
    },
  },
  { ...operator, page: 'modes', path: '/rules/calendar', ready: firstGrid },
  {
    ...{ ...operator, page: 'modes', view: 'past', path: draftAt('/rules/calendar?'), brief: true },
    ready: async (page) => {
      await page.locator('[role=grid] tbody tr.row').first().click();
      await page
        .getByRole('region', { name: /的经过|Past of/ })
        .getByRole('listitem')
        .first()
        .waitFor();
    },
  },
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
    ...operator,
    page: 'menus',
    view: 'none',
    path: '/menus',
    brief: true,
    ready: (page) => page.getByText(/现行规则没有菜单|in force have no menu/).waitFor(),
  },
  {
    ...{ ...operator, page: 'menus', view: 'way', path: draftAt('/menus?tab=findings&'), brief: true },
    ready: async (page) => {
      await page
        .getByRole('group', { name: /图形|Drawing/ })
        .getByRole('button', { name: /^(在“|Add)/ })
        .first()
        .click();
      await aDialog(page);
    },
  },
  {
    ...{ ...operator, page: 'prompts', path: '/prompts?name=greeting-main' },
    ready: (page) => page.getByRole('complementary').waitFor(),
  },
  {
    ...{ ...operator, page: 'prompts', view: 'say', path: '/prompts?name=greeting-main', brief: true },
    ready: async (page) => {
      await page.getByRole('complementary').getByRole('button').first().click();
      await aDialog(page);
    },
  },
  {
    ...{ ...operator, page: 'announcements', view: 'new', path: '/announcements', brief: true },
    ready: async (page) => {
      await firstGrid(page);
      await page.keyboard.press('n');
      await aDialog(page);
    },
  },
  {
    ...{ ...operator, page: 'announcements', view: 'surge', path: '/announcements', brief: true },
    ready: async (page) => {
      await firstGrid(page);
      await page.keyboard.press('k');
      await aDialog(page);
      await page.getByRole('dialog').getByText('防汛').first().click();
      await pressed(page, /更多设置|More/);
    },
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
    ...{ ...operator, page: 'outbound', view: 'confirm', path: '/outbound-rules', brief: true },
    ready: async (page) => {
      await page.getByRole('form').getByRole('spinbutton').first().fill('77');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Control+s');
      await aDialog(page);
    },
  },
  {
    ...operator,
    page: 'jobs',
    path: '/jobs',
    dark: true,
    ready: (page) => page.locator('main dl').first().waitFor(),
  },
  {
    ...{ ...operator, page: 'jobs', view: 'failed', path: failedAt, dark: true },
    ready: (page) => page.getByRole('button', { name: /查看、重跑|Look, run/ }).waitFor(),
  },
  {
    ...{ ...operator, page: 'jobs', view: 'one', path: failedAt, brief: true },
    ready: async (page) => {
      await pressed(page, /查看、重跑|Look, run/);
      await aDialog(page);
    },
  },
];
