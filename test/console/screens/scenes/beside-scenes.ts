import type { Town } from '../../../support/town.ts';
import { aDialog, anArticle, onceIn, type Scene } from '../scene.ts';

// What is done to a ticket beside its moves: a danger removed first, a reply that is held, by force, by a leader's word; and visits
// made again.

interface Opened {
  readonly id: string;
  readonly version: number;
}
async function opened(town: Town, content: string, over: object = {}): Promise<Opened> {
  const { id } = await town.lead.post<{ id: string }>('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'utilities.water', content, place: '余荡村三组' },
    ...{ citizenName: '王小明', citizenNumber: '13912340085' },
    ...over,
  });
  return town.lead.get<Opened>(`/v1/tickets/${id}`);
}

const endangered = onceIn(async (town) => {
  const { id, version } = await opened(town, '大树倾倒压在路上，归属不清。', { confidential: true });
  await town.lead.post(`/v1/tickets/${id}/interim`, {
    ...{ version, unitCode: 'water', hazard: '大树压路，随时伤人' },
  });
  const unit = await town.as('unit.water');
  await unit.post(`/v1/tickets/${id}/interim/acts`, {
    ...{ act: 'removeHazard', evidence: '道路已恢复，照片附后' },
  });
  return id;
});
const held = onceIn(async (town) => {
  const { id, version } = await opened(town, '水表漏水，请来更换。', { unitCode: 'water' });
  const unit = await town.as('unit.water');
  const moves = `/v1/tickets/${id}/moves`;
  await unit.post(moves, { move: 'signFor', version });
  await unit.post(moves, { move: 'contact', version: version + 1, reason: '电话联系过' });
  const details = { reply: '水表已更换，有事找张师傅13913912345。' };
  await unit.post(moves, { move: 'reportDone', version: version + 2, reason: '办结', details });
  return id;
});
const instructed = onceIn(async (town) => {
  const { id, version } = await opened(town, '污水井多年外溢，多次反映。', { unitCode: 'water' });
  const supervisor = await town.as('supervisor');
  const { id: given } = await supervisor.post<{ id: string }>('/v1/instructions', {
    ...{ level: 'own', leader: '县长 王建国', words: '限期解决，举一反三。', ticketIds: [id] },
    dueAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  });
  await supervisor.post(`/v1/instructions/${given}/moves`, { move: 'takeUp', words: '已转自来水公司' });
  await supervisor.post(`/v1/tickets/${id}/forced-moves`, {
    ...{ to: 'closed', version: version + 2, reason: '与前一张工单重复' },
  });
  return id;
});
const drawn = onceIn(async (town) => {
  const { id } = await opened(town, '路灯不亮，夜间出行不便。', { unitCode: 'water' });
  await town.inBooks(
    `insert into visit_sample_days (day, percent, visits, drawn, drawn_at) values ('2026-01-05', 5, 1, 1, now()) returning day`,
  );
  await town.inBooks(
    `with v as (
       insert into visit_attempts (id, ticket_id, at, by, outcome, unit_code, resolved, result, process)
       select gen_random_uuid(), $1, now(), id, 'answered', 'water', true, 5, 5 from accounts where username = '1009' returning id)
     insert into visit_samples (id, day, attempt_id, ticket_id)
     select gen_random_uuid(), '2026-01-05', v.id, $1 from v returning id`,
    [id],
  );
});
const phoned = onceIn(async (town) => {
  const operator = await town.as('operator');
  await operator.post('/v1/unit-phones', {
    ...{ unitCode: 'water', number: '0513-84110001', label: '办公室' },
  });
  await operator.post('/v1/unit-phones', {
    ...{ unitCode: 'water', number: '13912340099', label: '值班手机', notices: true, leader: true },
  });
});

export const BESIDE_SCENES: readonly Scene[] = [
  {
    ...{ page: 'ticket', view: 'interim', account: 'supervisor' },
    path: async (town) => `/tickets/${await endangered(town)}`,
    ready: async (page) => {
      await page.getByRole('region', { name: /先行处置|Interim/ }).waitFor();
      await page.getByRole('tab', { name: /查看记录|Views/ }).click();
      await page.getByRole('region', { name: /知悉范围|Who may know/ }).waitFor();
    },
  },
  {
    ...{ page: 'ticket', view: 'held', account: 'reviewer' },
    path: async (town) => `/tickets/${await held(town)}`,
    ready: (page) => page.getByRole('alert').first().waitFor(),
  },
  {
    ...{ page: 'ticket', view: 'classify', account: 'lead', brief: true },
    path: async (town) => `/tickets/${await held(town)}`,
    ready: async (page) => {
      await page.getByRole('button', { name: /更正分类…|Correct the category…/ }).click();
      await aDialog(page);
    },
  },
  {
    ...{ page: 'ticket', view: 'force', account: 'lead', brief: true },
    path: async (town) => `/tickets/${await held(town)}`,
    ready: async (page) => {
      await page.getByRole('button', { name: /申请强制流转…|Ask to move it by force…/ }).click();
      await aDialog(page);
    },
  },
  {
    ...{ page: 'ticket', view: 'instruct', account: 'supervisor', brief: true },
    path: async (town) => `/tickets/${await held(town)}`,
    ready: async (page) => {
      await page.getByRole('button', { name: /登记领导批示…|Enter an instruction…/ }).click();
      await aDialog(page);
    },
  },
  ...(['instructions', 'forced'] as const).map((tab) => ({
    ...{ page: 'supervision', view: tab, account: 'lead' },
    path: async (town: Town) => {
      await instructed(town);
      return `/supervision?tab=${tab}`;
    },
    ready: anArticle,
  })),
  {
    ...{ page: 'samples', account: 'supervisor' },
    path: async (town) => {
      await drawn(town);
      return '/visits/samples';
    },
    ready: anArticle,
  },
  {
    ...{ page: 'unitPhones', account: 'operator' },
    path: async (town) => {
      await phoned(town);
      return '/unit-phones';
    },
    ready: anArticle,
  },
  {
    ...{ page: 'supervision', view: 'scores', account: 'lead' },
    path: async (town) => {
      await held(town);
      return '/supervision?tab=scores';
    },
    ready: (page) => page.getByRole('table').first().waitFor(),
  },
  {
    ...{ page: 'samples', view: 'record', account: 'supervisor', brief: true },
    path: async (town) => {
      await drawn(town);
      return '/visits/samples';
    },
    ready: async (page) => {
      await anArticle(page);
      await page.locator('main article button').first().click();
      await aDialog(page);
    },
  },
];
