import type { Page } from 'playwright-core';
import { textMessage } from '../../../support/text-message.ts';
import type { Town } from '../../../support/town.ts';
import { linkedTicket, ticketOf } from '../../../support/visit-link.ts';
import { firstGrid, firstRow, mainPart, onceIn, pressed, type Scene } from '../scene.ts';

// Tickets: the lists, the page of one, what a unit has, the desk that calls back, and what citizens see of theirs.

/** A text message that became a ticket, and some of which none could be made. */
const wroteIn = onceIn(async (town) => {
  for (const [text, from] of [
    ['投诉：余荡村五组路口垃圾箱满了一星期没人清运，夏天味道很大。', '13912340191'],
    ['退订', '13912340192'],
    ['【移动】您本月话费余额不足十元，请及时充值。', '10086'],
    ['RD20201127-000001 那件事怎么样了，我是他邻居，电话13912340193', '13912340193'],
  ] as const)
    await textMessage(town, { text, from });
});

/** So many that a list has something to scroll, of several kinds, places and units. */
const manyTickets = onceIn(async (town) => {
  const kinds = [
    [
      'COMPLAINT',
      'utilities.water',
      'water',
      '水管爆裂，路面积水半个月无人维修，反复报修均答复已派人，至今没有解决，请尽快修复并给予说明。',
    ],
    ['ENQUIRY', 'utilities.power', null, '咨询分时电价如何办理。'],
    ['HELP', 'transport.road', 'urban-management', '道路破损严重，雨天积水，多辆电动车摔倒。'],
    ['COMPLAINT', 'urban.vendors', 'urban-management', '占道经营堵塞消防通道。'],
    ['SUGGESTION', 'utilities.water', null, '建议在新区增设饮水点。'],
  ] as const;
  for (let nth = 0; nth < 40; nth += 1) {
    const [type, categoryCode, unitCode, content] = kinds[nth % kinds.length] ?? kinds[0];
    await town.lead.post('/v1/tickets', {
      ...{
        type,
        categoryCode,
        content,
        place: nth % 2 === 0 ? '掘港街道余荡村三组' : '城中街道人民路 118 号',
      },
      ...{ citizenName: '王小明', citizenNumber: `139123402${String(nth).padStart(2, '0')}` },
      ...(unitCode === null ? {} : { unitCode }),
    });
  }
});
const oneTicket = onceIn((town) => ticketOf(town, '13912340083'));
const visited = onceIn((town) => linkedTicket(town, '13912340084'));
/** In nobody's hands yet, taken by the hotline itself. */
const fresh = onceIn((town) =>
  town.lead.post<{ id: string }>('/v1/tickets', {
    ...{
      type: 'COMPLAINT',
      categoryCode: 'utilities.water',
      content: '余荡村三组整村停水两天。',
      place: '余荡村三组',
    },
    ...{ citizenName: '李华', citizenNumber: '13912340089' },
  }),
);
/** Of an incident that was handed over at once; of a first hand-over by which none could go the books are told so. */
const handedOver = onceIn(async (town) => {
  const ids: string[] = [];
  for (const [nth, place] of ['余荡村一组', '余荡村二组', '余荡村五组'].entries()) {
    const appeal = { type: 'COMPLAINT', categoryCode: 'utilities.water', content: '整村停水。', place };
    const citizen = { citizenName: '李华', citizenNumber: `1391234018${nth}` };
    ids.push((await town.lead.post<{ id: string }>('/v1/tickets', { ...appeal, ...citizen })).id);
  }
  const { id } = await town.lead.post<{ id: string }>('/v1/incidents', {
    ...{ title: '余荡村停水', categoryCode: 'utilities.water', area: '余荡村' },
    ...{ ticketIds: ids, reason: '同一管道爆裂' },
  });
  const handOver = async (assistUnits: readonly string[]) => {
    const { version } = await town.lead.get<{ version: number }>(`/v1/incidents/${id}`);
    const order = { version, unitCode: 'water', assistUnits, demand: '立即抢修，今晚恢复供水' };
    return await town.lead.post<{ reportId: string }>(`/v1/incidents/${id}/hand-over`, order);
  };
  const { reportId } = await handOver(['power']);
  await town.inBooks(
    `with l as (update incident_hand_over_lines set outcome = 'refused', code = 'incident.handOverGivenUp', tries = 5
         where hand_over_id = $1 returning ticket_id)
     update tickets set state = 'registered', unit_code = null from l where id = l.ticket_id returning id`,
    [reportId],
  );
  await handOver([]);
  return { id: ids[0] ?? '' };
});
const articleOf = (page: Page) => page.getByRole('article').first().waitFor();
async function tab(page: Page, name: RegExp): Promise<void> {
  await articleOf(page);
  await page.getByRole('tab', { name }).click();
}
const at = async (town: Town, of: (town: Town) => Promise<{ readonly id: string }>): Promise<string> =>
  `/tickets/${(await of(town)).id}`;

export const TICKET_SCENES: readonly Scene[] = [
  { page: 'unit', view: 'none', path: '/unit', account: 'unit.ecology', brief: true, ready: firstGrid },
  {
    page: 'unit.parts',
    view: 'none',
    path: '/unit-parts',
    account: 'unit.ecology',
    brief: true,
    ready: mainPart,
  },
  {
    page: 'tickets',
    view: 'none',
    path: '/tickets?view=all',
    account: 'lead',
    brief: true,
    ready: firstGrid,
  },
  { page: 'visits', view: 'none', path: '/visits', account: '1009', brief: true, ready: mainPart },
  {
    page: 'tickets',
    path: async (town) => {
      await manyTickets(town);
      return '/tickets?view=all';
    },
    account: 'lead',
    dark: true,
    ready: firstRow,
  },
  {
    page: 'unit',
    path: async (town) => {
      await oneTicket(town);
      return '/unit';
    },
    account: 'unit.water',
    dark: true,
    ready: firstRow,
  },
  { page: 'unit.parts', path: '/unit-parts', account: 'unit.water', ready: mainPart },
  { page: 'ticket', path: (town) => at(town, oneTicket), account: 'lead', dark: true, ready: articleOf },
  {
    page: 'ticket',
    view: 'unit',
    path: (town) => at(town, oneTicket),
    account: 'unit.water',
    brief: true,
    ready: articleOf,
  },
  {
    ...{ page: 'ticket', view: 'handedOver', account: 'lead', brief: true },
    path: (town) => at(town, handedOver),
    ready: async (page) => {
      await tab(page, /关联|Related/);
      await page.getByRole('list', { name: /应急交办|Handed over at once/ }).waitFor();
    },
  },
  { page: 'ticket', view: 'visited', path: (town) => at(town, visited), account: 'lead', ready: articleOf },
  {
    ...{ page: 'ticket', view: 'dispatch', account: 'dispatcher', brief: true },
    path: (town) => at(town, fresh),
    ready: async (page) => {
      await articleOf(page);
      await page.keyboard.press('1');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    ...{ page: 'ticket', view: 'judge', account: 'adjudicator', brief: true },
    path: (town) => at(town, oneTicket),
    ready: async (page) => {
      await articleOf(page);
      await pressed(page, /^(裁定|Adjudicate)…/);
      await page.getByRole('dialog').waitFor();
    },
  },
  ...(
    [
      ['parts', /协办与转办|Parts/],
      ['documents', /公文|Documents/],
      ['truth', /是否属实|Truth/],
      ['extensions', /延期|Extensions/],
      ['related', /关联|Related/],
      ['views', /查看记录|Views/],
    ] as const
  ).map(([view, name]) => ({
    ...{ page: 'ticket', view, account: 'lead', brief: true as const },
    path: (town: Town) => at(town, oneTicket),
    ready: (page: Page) => tab(page, name),
  })),
  {
    page: 'visits',
    path: async (town) => {
      await visited(town);
      return '/visits';
    },
    account: '1009',
    dark: true,
    ready: firstRow,
  },
  {
    page: 'visitLink',
    path: async (town) => `/v#${(await linkedTicket(town, '13912340085')).token}`,
    account: null,
    ready: (page) => page.getByRole('group').first().waitFor(),
  },
  {
    page: 'appeal',
    path: '/appeal',
    account: null,
    ready: (page) => page.getByRole('textbox').first().waitFor(),
  },
  {
    ...{ page: 'appeal', view: 'refused', path: '/appeal', account: null, brief: true },
    ready: async (page) => {
      await page.getByRole('textbox').first().fill('青园路路灯三天不亮，晚上接孩子看不见路。');
      await pressed(page, /^(提交|Send)$/);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    ...{ page: 'appeal', view: 'anonymous', path: '/appeal', account: null, brief: true },
    ready: async (page) => {
      await page.locator('input[type=tel]').fill('0513 8411 0001');
      await page.getByRole('checkbox').check();
    },
  },
  {
    ...{ page: 'appeal', view: 'received', path: '/appeal', account: null },
    ready: async (page) => {
      await page.getByRole('textbox').first().fill('青园路路灯三天不亮，晚上接孩子看不见路。');
      // Each look is another citizen: one has so many an hour.
      await page.locator('input[type=tel]').fill(`1391234${(Date.now() % 9000) + 1000}`);
      await pressed(page, /^(提交|Send)$/);
      await page.getByRole('status').waitFor();
    },
  },
  {
    page: 'channels',
    path: async (town) => {
      await wroteIn(town);
      return '/channels';
    },
    account: 'lead',
    ready: (page) => page.getByRole('main').getByRole('table').waitFor(),
  },
  {
    page: 'incoming',
    path: async (town) => {
      await wroteIn(town);
      return '/incoming';
    },
    account: '1001',
    ready: (page) => page.getByRole('main').getByRole('listitem').first().waitFor(),
  },
  {
    ...{ page: 'incoming', view: 'all', path: '/incoming', account: '1001', brief: true },
    ready: async (page) => {
      await page
        .getByRole('radiogroup')
        .getByText(/全部|All/)
        .click();
      await page
        .getByText(/已登记工单|Ticket opened/)
        .first()
        .waitFor();
    },
  },
  {
    ...{ page: 'incoming', view: 'settle', path: '/incoming', account: '1001' },
    ready: async (page) => {
      await pressed(page, /登记工单|Open a ticket/);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    page: 'follow',
    path: '/follow',
    account: null,
    ready: (page) => page.getByRole('textbox').first().waitFor(),
  },
  {
    ...{ page: 'follow', view: 'found', path: '/follow', account: null },
    ready: async (page, town) => {
      const { number } = await oneTicket(town);
      await page.getByRole('textbox').first().fill(number);
      await page.getByRole('textbox').nth(1).fill('13912340083');
      await page.keyboard.press('Enter');
      await page.getByText(number).first().waitFor();
    },
  },
  {
    page: 'adopted',
    path: '/adopted',
    account: null,
    ready: (page) => page.getByRole('navigation').waitFor(),
  },
  {
    page: 'answers',
    path: '/answers?q=社保卡丢了',
    account: null,
    ready: (page) => page.getByRole('group').first().waitFor(),
  },
];
