import type { Page } from 'playwright-core';
import { ApiClient } from '../../../src/demo/api-client.ts';
import { until } from '../../../src/demo/poll.ts';
import type { Town } from '../../support/town.ts';
import { linkedTicket, ticketOf } from '../../support/visit-link.ts';

/** How a page comes to look as it does at work. */
export interface Scene {
  /** Of the page, as its area names it. */
  readonly page: string;
  /** Where it is looked at; a function where the address names something that the town holds. */
  readonly path: string | ((town: Town) => Promise<string>);
  /** Who sits before it; null: nobody is signed in. */
  readonly account: string | null;
  /** Resolves when there is something to see. */
  readonly ready: (page: Page) => Promise<unknown>;
}

const firstRow = (page: Page) => page.getByRole('grid').first().waitFor();
/** The sample is read into the index in its own time. */
const searchFor = (town: Town, words: string): Promise<string> =>
  until(`“${words}” in the index`, 60_000, async () => {
    const path = `/v1/knowledge/search?words=${encodeURIComponent(words)}`;
    const { hits } = await town.lead.get<{ hits: readonly object[] }>(path);
    return hits.length > 0 ? `/knowledge?q=${encodeURIComponent(words)}` : null;
  });
/** The first entry with these words in its question. */
async function entryFor(town: Town, words: string): Promise<string> {
  const { entries } = await town.lead.get<{ entries: readonly { id: string }[] }>(
    `/v1/knowledge?limit=1&text=${encodeURIComponent(words)}`,
  );
  return `/knowledge/${entries[0]?.id ?? ''}`;
}

/** What somebody sits before for hours is looked at in the dark, too. */
export const DARK: ReadonlySet<string> = new Set([
  ...[
    'desk',
    'tickets',
    'ticket',
    'lead',
    'wall',
    'rules',
    'visits',
    'supervision',
    'unit',
    'knowledge',
    'jobs',
    'menus',
    'announcements',
    'circular',
    'restrictions',
    'outbound',
    'limits.calendar',
    'catalogue',
  ],
]);

/** A draft with a menu of every kind of way: seven keys, a ticket's progress, and who presses none. */
async function classicDraft(town: Town): Promise<number> {
  const operator = await ApiClient.signIn(town.apiUrl, 'operator', town.passwordOf('operator'));
  const { number } = await operator.post<{ number: number }>('/v1/rules/versions', {
    title: '启用按键菜单',
    preset: 'classic-menu',
  });
  return number;
}
async function incidentOf(town: Town): Promise<void> {
  await town.lead.post('/v1/announcements', {
    title: '城南停水',
    text: '城南片区因管道抢修停水，预计18时恢复。',
    until: new Date(Date.now() + 4 * 3_600_000).toISOString(),
    area: { prefixes: ['8411', '8412'], unknownHear: true },
    reason: '自来水公司来函',
  });
}

/** Minutes about one ticket, not confirmed yet. */
async function meetingOf(town: Town): Promise<string> {
  const ticket = await town.lead.post<{ id: string }>('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'utilities.water', content: '井盖漏水。', place: '余荡村三组' },
    ...{ citizenNumber: '13912340082', unitCode: 'water' },
  });
  const { id } = await town.lead.post<{ id: string }>('/v1/meetings', {
    ...{ heldAt: '2026-01-12T08:00:00+08:00', topic: '余荡村井盖归属', place: '三楼会议室', chair: '副县长' },
    participants: [{ unitCode: 'water', position: '井盖属城管' }],
    ...{ ticketIds: [ticket.id], text: '经协商，形成以下意见。' },
    decisions: [{ words: '先处置，后定责' }],
    tasks: [{ unitCode: 'water', task: '更换井盖', workingDays: 3, ticketIds: [ticket.id] }],
  });
  return id;
}

/** One for each page of the console; a page without a scene fails the run. */
export const SCENES: readonly Scene[] = [
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
    ready: (page) => page.getByTestId('presence').waitFor(),
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
    page: 'deviceTest',
    path: '/device-test',
    account: '1001',
    ready: (page) => page.getByRole('heading').first().waitFor(),
  },
  {
    page: 'unit',
    path: async (town) => {
      await ticketOf(town, '13912340081');
      return '/unit';
    },
    account: 'unit.water',
    ready: firstRow,
  },
  {
    page: 'unit.parts',
    path: '/unit-parts',
    account: 'unit.water',
    ready: (page) => page.locator('main').waitFor(),
  },
  {
    page: 'tickets',
    path: async (town) => {
      await ticketOf(town, '13912340082');
      return '/tickets?view=all';
    },
    account: 'lead',
    ready: firstRow,
  },
  {
    page: 'ticket',
    path: async (town) => `/tickets/${(await ticketOf(town, '13912340083')).id}`,
    account: 'lead',
    ready: (page) => page.getByRole('article').waitFor(),
  },
  {
    page: 'visits',
    path: async (town) => {
      await linkedTicket(town, '13912340084');
      return '/visits';
    },
    account: '1009',
    ready: firstRow,
  },
  {
    page: 'supervision',
    path: '/supervision',
    account: 'lead',
    ready: (page) => page.locator('main').waitFor(),
  },
  {
    page: 'circular',
    path: async (town) => {
      const days = { from: '2026-01-01', to: '2026-01-31' };
      return `/circulars/${(await town.lead.post<{ id: string }>('/v1/circulars', days)).id}`;
    },
    account: 'supervisor',
    ready: (page) => page.getByRole('region').first().waitFor(),
  },
  {
    page: 'meeting.new',
    path: '/meetings/new',
    account: 'supervisor',
    ready: (page) => page.getByRole('form').waitFor(),
  },
  {
    page: 'meeting',
    path: async (town) => `/meetings/${await meetingOf(town)}`,
    account: 'adjudicator',
    ready: (page) => page.getByRole('article').waitFor(),
  },
  {
    page: 'restrictions',
    path: async (town) => {
      const note = { number: '13912340083', step: 'note', hours: 48, reason: '一日来电二十余次' };
      const { restrictions } = await town.lead.get<{ restrictions: readonly object[] }>('/v1/restrictions');
      if (restrictions.length === 0) await town.lead.post('/v1/restrictions', note);
      return '/restrictions';
    },
    account: 'lead',
    ready: firstRow,
  },
  {
    page: 'outbound',
    path: '/outbound-rules',
    account: 'operator',
    ready: (page) => page.getByRole('form').waitFor(),
  },
  {
    page: 'limits',
    path: '/limits',
    account: 'operator',
    ready: (page) => page.getByRole('table', { name: /时限表|Limits/ }).waitFor(),
  },
  {
    page: 'limits.calendar',
    path: '/limits/calendar',
    account: 'operator',
    ready: (page) => page.locator('[data-day]').first().waitFor(),
  },
  {
    page: 'limits.why',
    path: '/limits/why',
    account: 'operator',
    ready: (page) => page.getByRole('table').first().waitFor(),
  },
  {
    page: 'catalogue',
    path: '/catalogue',
    account: 'dispatcher',
    ready: (page) =>
      page
        .getByRole('grid')
        .getByText(/县自来水公司/)
        .first()
        .waitFor(),
  },
  {
    page: 'accounts',
    path: '/accounts',
    account: 'admin',
    ready: firstRow,
  },
  {
    page: 'knowledge',
    path: (town) => searchFor(town, '社保卡丢了'),
    account: '1001',
    ready: (page) => page.getByRole('article').waitFor(),
  },
  {
    page: 'knowledgeEntry',
    path: (town) => entryFor(town, '社保'),
    account: 'lead',
    ready: (page) => page.getByRole('article').waitFor(),
  },
  {
    page: 'places',
    path: '/places',
    account: '1001',
    ready: (page) => page.locator('main form').waitFor(),
  },
  {
    page: 'authoring',
    path: '/authoring?view=published',
    account: 'operator',
    ready: (page) => page.locator('[role=grid] tbody tr.row').first().waitFor(),
  },
  {
    page: 'authoring.edit',
    path: '/authoring/edit?q=水表冻裂了找谁',
    account: 'unit.water',
    ready: (page) => page.getByRole('list').first().waitFor(),
  },
  {
    page: 'authoring.entry',
    path: async (town) => (await entryFor(town, '社保')).replace('/knowledge', '/authoring/entries'),
    account: 'reviewer',
    ready: (page) => page.getByRole('article').waitFor(),
  },
  {
    page: 'authoring.care',
    path: '/authoring/care',
    account: 'operator',
    ready: (page) => page.getByText(/每周一|On Mondays/).waitFor(),
  },
  {
    page: 'authoring.questions',
    path: async (town) => {
      await town.lead.get('/v1/knowledge/search?words=zzqqxx');
      return '/authoring/questions';
    },
    account: 'operator',
    ready: (page) => page.locator('[role=grid] tbody tr.row').first().waitFor(),
  },
  {
    page: 'authoring.places',
    path: '/authoring/places',
    account: 'operator',
    ready: (page) => page.locator('[role=grid] tbody tr.row').first().waitFor(),
  },
  {
    page: 'authoring.experts',
    path: '/authoring/experts',
    account: 'operator',
    ready: (page) => page.getByRole('grid').waitFor(),
  },
  {
    page: 'authoring.corrections',
    path: '/authoring/corrections',
    account: 'lead',
    ready: (page) => page.getByText(/没有更正|There are no corrections/).waitFor(),
  },
  {
    page: 'authoring.packs',
    path: '/authoring/packs',
    account: 'operator',
    ready: (page) => page.getByText(/还没有应急知识包|There is no pack yet/).waitFor(),
  },
  {
    page: 'authoring.imports',
    path: '/authoring/imports',
    account: 'operator',
    ready: (page) => page.getByRole('heading').first().waitFor(),
  },
  {
    page: 'notices',
    path: async (town) => {
      await town.lead.post('/v1/knowledge-notices', {
        title: '明天县城东片停水',
        text: '8:00 至 18:00，请按条目答复。',
      });
      return '/notices';
    },
    account: 'lead',
    ready: (page) => page.getByRole('list', { name: /通知|notices/i }).waitFor(),
  },
  {
    page: 'lead',
    path: '/lead',
    account: 'lead',
    ready: (page) => page.locator('.queues tbody tr').first().waitFor(),
  },
  {
    page: 'rules',
    path: '/rules',
    account: 'operator',
    ready: (page) => page.locator('[role=grid] tbody tr.row').first().waitFor(),
  },
  {
    page: 'queues',
    path: '/queues',
    account: 'operator',
    ready: (page) => page.getByRole('list').last().waitFor(),
  },
  {
    page: 'modes',
    path: '/rules/calendar',
    account: 'operator',
    ready: firstRow,
  },
  {
    page: 'register',
    path: '/rules/import',
    account: 'operator',
    ready: (page) => page.locator('main').getByRole('radiogroup').waitFor(),
  },
  {
    page: 'roster',
    path: '/roster',
    account: 'operator',
    ready: firstRow,
  },
  {
    page: 'menus',
    path: async (town) => `/menus?version=${await classicDraft(town)}&tab=findings`,
    account: 'operator',
    ready: (page) => page.getByRole('textbox', { name: /文本|Text/ }).waitFor(),
  },
  {
    page: 'prompts',
    path: '/prompts?name=greeting-main',
    account: 'operator',
    ready: (page) => page.getByRole('complementary').waitFor(),
  },
  {
    page: 'announcements',
    path: async (town) => {
      await incidentOf(town);
      return '/announcements';
    },
    account: 'operator',
    ready: (page) => page.getByRole('complementary').waitFor(),
  },
  {
    page: 'wall',
    path: '/wall',
    account: 'lead',
    ready: (page) => page.locator('.queues tbody tr').first().waitFor(),
  },
  {
    page: 'jobs',
    path: '/jobs',
    account: 'operator',
    ready: (page) => page.locator('main dl').first().waitFor(),
  },
  {
    page: 'visitLink',
    path: async (town) => `/v#${(await linkedTicket(town, '13912340085')).token}`,
    account: null,
    ready: (page) => page.getByRole('group').first().waitFor(),
  },
  {
    page: 'follow',
    path: '/follow',
    account: null,
    ready: (page) => page.getByRole('textbox').first().waitFor(),
  },
  {
    page: 'adopted',
    path: '/adopted',
    account: null,
    ready: (page) => page.getByRole('navigation').waitFor(),
  },
];
