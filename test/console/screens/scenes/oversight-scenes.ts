import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { ApiClient } from '../../../../src/demo/api-client.ts';
import type { Town } from '../../../support/town.ts';
import { linkedTicket } from '../../../support/visit-link.ts';
import { aDialog, firstGrid, firstRow, onceIn, pressed, type Scene } from '../scene.ts';

// What the hotline does about units: orders, circulars, meetings, truth, exclusions; and about callers: restrictions.

interface Opened {
  readonly id: string;
  readonly number: string;
  version: number;
}
async function opened(town: Town, content: string): Promise<Opened> {
  const { id } = await town.lead.post<{ id: string }>('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'utilities.water', content, place: '余荡村三组' },
    ...{ citizenName: '王小明', citizenNumber: '13912340082', unitCode: 'water' },
  });
  return town.lead.get<Opened>(`/v1/tickets/${id}`);
}
async function moved(who: ApiClient, ticket: Opened, move: string, more: object = {}): Promise<void> {
  const { version } = ticket;
  Object.assign(ticket, await who.post<object>(`/v1/tickets/${ticket.id}/moves`, { move, version, ...more }));
}

/** One order that was answered and closed long ago, one answered now, one open; an extension asked for; an alarm. */
const supervised = onceIn(async (town) => {
  const [unit, supervisor] = await Promise.all([town.as('unit.water'), town.as('supervisor')]);
  const [old, now, open] = [
    await opened(town, '井盖漏水，两家单位都说不归自己管。'),
    await opened(town, '水压长期不足，六楼以上用水困难。'),
    await opened(town, '自来水浑浊发黄，已持续一周。'),
  ];
  const order = (ticket: Opened, body: object) =>
    supervisor.post<{ id: string }>('/v1/supervision', { ticketId: ticket.id, ...body });
  const first = await order(old, { instrument: 'written', demand: '三日内修复并书面反馈原因。' });
  await town.inBooks(
    `update supervision_orders set issued_at = issued_at - interval '40 days', due_at = due_at - interval '40 days' returning id`,
  );
  const say = (who: ApiClient, id: string, move: string, words: string) =>
    who.post(`/v1/supervision/${id}/moves`, { move, words });
  await say(unit, first.id, 'answer', '已更换井盖并回填路面，居民确认不再漏水。');
  await say(supervisor, first.id, 'close', '现场核实，同意办结。');
  const second = await order(now, {
    ...{ instrument: 'onSite', demand: '现场查明水压不足的原因，五日内拿出改造方案。' },
    document: {
      place: '余荡村三组 12 号楼',
      at: '2026-11-20 上午',
      participants: '督办员、自来水公司分管副总',
    },
  });
  await say(unit, second.id, 'answer', '二次加压设备老化，已列入本月更换计划。');
  await order(open, {
    instrument: 'notice',
    demand: '按时限办结并说明超期原因。',
    document: { facts: '同类诉求本月第三次超期' },
  });
  await moved(unit, open, 'signFor');
  await unit.post(`/v1/tickets/${open.id}/extensions`, {
    ...{ amount: 3, reason: '管道须整体更换，材料三日后到货', evidence: '采购合同及施工计划' },
    publicReason: '管道需整体更换，正在等待材料',
  });
  await town.inBooks(
    `insert into alarms (id, key, kind, detail, detail_en, subject, times, raised_at, last_at)
     values ($1, 'demo', 'recordingLost', '录音文件夹剩余空间不足 10%，新录音可能写不下',
       'The folder of recordings has less than 10 % left, new ones may find no room', '/var/lib/recordings', 3, now() - interval '2 hours', now())
     returning id`,
    [randomUUID()],
  );
});

/** An appeal found untrue, and its exclusion agreed to by one person. */
const appraised = onceIn(async (town) => {
  const [unit, supervisor, judge] = await Promise.all(
    ['unit.water', 'supervisor', 'adjudicator'].map((username) => town.as(username)),
  );
  if (unit === undefined || supervisor === undefined || judge === undefined)
    throw new Error('nobody is there');
  const ticket = await opened(town, '夜间抽水噪声扰民，怀疑水厂违规生产。');
  await moved(unit, ticket, 'signFor');
  await moved(unit, ticket, 'contact', { reason: '上门查看，夜间无设备运行' });
  await supervisor.post(`/v1/tickets/${ticket.id}/truth`, {
    ...{ truth: 'untrue', evidence: '两次夜间到场，均无设备运行；水厂运行日志与此一致。' },
    refs: [{ kind: 'line', ref: String(ticket.version) }],
  });
  const asked = await unit.post<{ id: string }>('/v1/exclusions', {
    ...{ ticketId: ticket.id, ground: 'untrue', evidence: '中心认定不属实，附现场照片四张' },
  });
  await judge.post(`/v1/exclusions/${asked.id}/moves`, { move: 'agree', reason: '证据充分' });
  const other = await opened(town, '要求自来水公司免除全部水费。');
  await unit.post('/v1/exclusions', {
    ticketId: other.id,
    ground: 'policyBound',
    evidence: '水价文件〔2025〕12 号，已当面解释',
  });
  return ticket;
});

const rated = onceIn(async (town) => {
  const { id } = await linkedTicket(town, '13912340081');
  await town.lead.post(`/v1/tickets/${id}/rating`, {
    ...{ channel: 'phone' },
    answers: { resolved: false, result: 2, process: 3, words: '修好两天又漏了，没有人再来看过。' },
  });
});

/** A draft out of the books, and the same one signed by the lead and read by one unit. */
const circulars = onceIn(async (town) => {
  await supervised(town);
  const supervisor = await town.as('supervisor');
  const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const drafted = () =>
    supervisor.post<{ id: string; revision: number }>('/v1/circulars', { from: day(60), to: day(3) });
  const sent = await drafted();
  const { signatories } = await supervisor.get<{
    signatories: readonly { id: string; displayName: string }[];
  }>('/v1/circulars/signatories');
  const signatory = signatories.find(({ displayName }) => displayName.includes('班长'))?.id;
  await supervisor.post(`/v1/circulars/${sent.id}/moves`, {
    move: 'submit',
    revision: sent.revision,
    signatory,
  });
  const { digest, revision } = await town.lead.get<{ digest: string; revision: number }>(
    `/v1/circulars/${sent.id}`,
  );
  await town.lead.post(`/v1/circulars/${sent.id}/moves`, { move: 'sign', revision, digest });
  return { sent: sent.id, draft: (await drafted()).id };
});

/** Minutes about one ticket: not confirmed yet, and confirmed by another person with a task that is under way. */
const meetings = onceIn(async (town) => {
  const ticket = await opened(town, '井盖漏水，自来水公司与城管互相推诿。');
  const minutes = (topic: string) =>
    town.lead.post<{ id: string; revision: number }>('/v1/meetings', {
      ...{ heldAt: '2026-01-12T08:00:00+08:00', topic, place: '三楼会议室', chair: '副县长' },
      participants: [
        { unitCode: 'water', position: '井盖属城管' },
        { unitCode: 'urban-management', position: '产权未移交，应由自来水公司维护' },
      ],
      ...{ ticketIds: [ticket.id], text: '经协商，形成以下意见：先处置、后定责，两家单位联合巡查。' },
      decisions: [{ words: '先处置，后定责' }],
      tasks: [{ unitCode: 'water', task: '更换井盖并恢复路面', workingDays: 3, ticketIds: [ticket.id] }],
    });
  const [draft, confirmed] = [await minutes('余荡村井盖归属'), await minutes('汛期积水点联合处置')];
  const judge = await town.as('adjudicator');
  const { revision } = await judge.get<{ revision: number }>(`/v1/meetings/${confirmed.id}`);
  await judge.post(`/v1/meetings/${confirmed.id}/moves`, { move: 'confirm', revision });
  return { draft: draft.id, confirmed: confirmed.id };
});

const measures = onceIn(async (town) => {
  const operator = await town.as('operator');
  const note = {
    number: '13912340083',
    step: 'note',
    hours: 48,
    reason: '一日来电二十余次，内容与公共服务无关',
  };
  await town.lead.post('/v1/restrictions', note);
  await town.lead.post('/v1/restrictions', {
    ...note,
    step: 'limit',
    callsPerHour: 3,
    reason: '备注后仍每日骚扰三十余次',
  });
  await operator.post('/v1/restrictions', { ...note, number: '13912340077', reason: '辱骂话务员' });
});

const TABS = [
  ['orders', 'supervisor'],
  ['extensions', 'lead'],
  ['circulars', 'supervisor'],
  ['meetings', 'supervisor'],
  ['tasks', 'supervisor'],
  ['exclusions', 'supervisor'],
  ['ratings', 'lead'],
  ['alarms', 'lead'],
] as const;
const filled = async (town: Town): Promise<void> => {
  await supervised(town);
  await Promise.all([appraised(town), rated(town), circulars(town), meetings(town)]);
};
const tabShown = (page: Page) => page.locator('main [role=tabpanel]:visible').first().waitFor();
/** Ratings open with those that contradict a visit, of which a good town has none. */
async function allRatings(page: Page): Promise<void> {
  await page
    .locator('.el-radio-button')
    .filter({ hasText: /^(全部|All)$/ })
    .click();
  await tabFilled(page);
  await page.getByRole('table', { name: /按原因|By reason/ }).waitFor();
}
const tabFilled = (page: Page) =>
  page.locator('main [role=tabpanel]:visible').locator('article, section, tbody tr, li').first().waitFor();

export const OVERSIGHT_SCENES: readonly Scene[] = [
  ...TABS.map(([tab, account]) => ({
    ...{ page: 'supervision', view: `${tab}.none`, account, brief: true as const },
    path: `/supervision?tab=${tab}`,
    ready: tabShown,
  })),
  ...TABS.map(([tab, account]) => ({
    ...(tab === 'orders' ? { page: 'supervision', dark: true as const } : { page: 'supervision', view: tab }),
    account,
    path: async (town: Town) => {
      await filled(town);
      return `/supervision?tab=${tab}`;
    },
    ready: tab === 'ratings' ? allRatings : tabFilled,
  })),
  {
    ...{ page: 'supervision', view: 'unit', account: 'unit.water', path: '/supervision', brief: true },
    ready: tabFilled,
  },
  {
    ...{ page: 'ticket', view: 'untrue', account: 'supervisor', brief: true },
    path: async (town) => `/tickets/${(await appraised(town)).id}`,
    ready: async (page) => {
      await page.getByRole('tab', { name: /是否属实|Truth/ }).click();
      await page.getByRole('list', { name: /是否属实|Truth/ }).waitFor();
    },
  },
  {
    ...{ page: 'ticket', view: 'truthDialog', account: 'supervisor', brief: true },
    path: async (town) => `/tickets/${(await appraised(town)).id}`,
    ready: async (page) => {
      await page.getByRole('tab', { name: /是否属实|Truth/ }).click();
      await pressed(page, /认定是否属实|Say whether/);
      await aDialog(page);
    },
  },
  {
    ...{ page: 'ticket', view: 'order', account: 'supervisor', brief: true },
    path: async (town) => `/tickets/${(await appraised(town)).id}`,
    ready: async (page) => {
      await pressed(page, /下发督办单|Issue/);
      await aDialog(page);
    },
  },
  {
    ...{ page: 'circular', account: 'supervisor', dark: true },
    path: async (town) => `/circulars/${(await circulars(town)).draft}`,
    ready: (page) => page.getByRole('region').first().waitFor(),
  },
  {
    ...{ page: 'circular', view: 'edit', account: 'supervisor', brief: true },
    path: async (town) => `/circulars/${(await circulars(town)).draft}`,
    ready: async (page) => {
      await pressed(page, /^(修改|Edit)/);
      await page.getByRole('textbox').first().waitFor();
    },
  },
  {
    ...{ page: 'circular', view: 'sent', account: 'lead' },
    path: async (town) => `/circulars/${(await circulars(town)).sent}`,
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
    path: async (town) => `/meetings/${(await meetings(town)).draft}`,
    account: 'adjudicator',
    ready: (page) => page.getByRole('article').first().waitFor(),
  },
  {
    ...{ page: 'meeting', view: 'confirmed', account: 'supervisor', brief: true },
    path: async (town) => `/meetings/${(await meetings(town)).confirmed}`,
    ready: (page) => page.getByRole('article').first().waitFor(),
  },
  {
    page: 'restrictions',
    view: 'none',
    path: '/restrictions',
    account: 'lead',
    brief: true,
    ready: firstGrid,
  },
  {
    page: 'restrictions',
    path: async (town) => {
      await measures(town);
      return '/restrictions';
    },
    account: 'lead',
    dark: true,
    ready: firstRow,
  },
  {
    ...{ page: 'restrictions', view: 'new', path: '/restrictions', account: 'lead', brief: true },
    ready: async (page) => {
      await pressed(page, /限制来电|Restrict/);
      await aDialog(page);
    },
  },
  {
    ...{ page: 'restrictions', view: 'one', path: '/restrictions', account: 'operator', brief: true },
    ready: async (page) => {
      await page.locator('[role=grid] tbody tr.row').first().click();
      await aDialog(page);
    },
  },
];
