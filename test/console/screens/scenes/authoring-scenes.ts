import type { Page } from 'playwright-core';
import { until } from '../../../../src/demo/poll.ts';
import { NO_WORDS } from '../../../../src/domain/tickets/appeal-words.ts';
import type { Town } from '../../../support/town.ts';
import { answered as pickedUp } from '../../../support/voices.ts';
import { aDialog, anArticle, entryFor, firstRow, onceIn, pressed, type Scene } from '../scene.ts';

// Who writes what citizens are told, who judges it, who has read that it has changed; and the expert who is asked out of a call.

const notice = onceIn((town) =>
  town.lead.post<object>('/v1/knowledge-notices', {
    title: '明天县城东片停水',
    text: '8:00 至 18:00，请按条目答复。',
  }),
);
/** One entry that waits to be judged, and one that was told wrongly and taken back. */
const written = onceIn(async (town) => {
  const [unit, reviewer] = await Promise.all([town.as('unit.water'), town.as('reviewer')]);
  const entry = async (
    question: string,
    answer: string,
    moves: readonly (typeof unit)[],
    names: readonly string[],
  ) => {
    const { id } = await unit.post<{ id: string }>('/v1/knowledge', {
      ...{ question, answer, categories: ['utilities.water'], validFrom: '2026-01-01' },
      basis: [{ document: '城镇供水服务', clause: '第三条' }],
    });
    let revision = 1;
    for (const [nth, who] of moves.entries()) {
      const body = { move: names[nth], revision, reason: '日期写错', push: 'none' };
      ({ revision } = await who.post<{ revision: number }>(`/v1/knowledge/${id}/versions/1/moves`, body));
    }
    return id;
  };
  const waits = await entry(
    '水表冻裂了找谁换',
    '换水表不收费。\n请打 96390，当天有人上门。',
    [unit],
    ['submit'],
  );
  const wrong = await entry(
    '水费几号交',
    '每月 5 号。',
    [unit, reviewer, reviewer, reviewer],
    ['submit', 'approve', 'publish', 'withdraw'],
  );
  await town.lead.post(`/v1/knowledge/${wrong}/corrections`, {
    ...{ versions: [1], reason: '日期写错，应为每月 15 号' },
  });
  return { waits, wrong };
});
const packed = onceIn(async (town) => {
  const operator = await town.as('operator');
  type Entries = { entries: readonly { id: string }[] };
  const { entries } = await town.lead.get<Entries>(
    `/v1/knowledge?limit=4&text=${encodeURIComponent('社保')}`,
  );
  await operator.put('/v1/knowledge-packs/flood', {
    ...{ revision: 0, title: '防汛', push: 'critical', entries: entries.map(({ id }) => id) },
  });
});
/** Whom an agent asks out of a call, with an account of his own. */
const expert = onceIn(async (town) => {
  const operator = await town.as('operator');
  const { id } = await operator.post<{ id: string }>('/v1/experts', {
    ...{
      unitCode: 'water',
      name: '陈工',
      post: '营业所',
      number: '051384990021',
      categories: ['utilities.water'],
    },
    account: 'unit.water',
  });
  return id;
});
async function asked(page: Page, town: Town): Promise<void> {
  const [expertId, agent, specialist] = [
    await expert(town),
    await town.agent('1001'),
    await town.unitPhone(),
  ];
  await town.citizen({ dialled: '12345', number: '13800138071' });
  await pickedUp(await agent.phone.nextCall(30_000), 'first');
  const callId = (await agent.seen())?.callId ?? '';
  const words = {
    ...NO_WORDS,
    type: 'ENQUIRY',
    categoryCode: 'utilities.water',
    content: '水表停走三个月，怎么收水费？',
  };
  await until('the call is his to the API', 20_000, () =>
    agent.api.put(`/v1/calls/${callId}/draft`, { began: NO_WORDS, words }).then(
      () => true,
      () => null,
    ),
  );
  const ringing = specialist.nextCall(20_000);
  await agent.api.post(`/v1/experts/${expertId}/consultation`, {});
  await pickedUp(await ringing, 'unit');
  await anArticle(page);
}
/** Looked through, not taken in: one of its lines is wrong. */
async function placesFile(page: Page): Promise<void> {
  await page
    .getByRole('radiogroup')
    .getByText(/^(场所|Places)$/)
    .click();
  const table = [
    'code,name,address,category,keeper,telephone',
    'IMP-1,便民修鞋,掘港街道江海路1号,utilities.water,partner,0513-84123456',
    'IMP-2,没有地址的店,,utilities.water,partner,',
    'IMP-3,街道服务点,掘港街道人民路9号,no.such,partner,abc',
  ].join('\r\n');
  await page.setInputFiles('input[type=file]', {
    ...{ name: '场所.csv', mimeType: 'text/csv', buffer: Buffer.from(table) },
  });
  await firstRow(page);
}

/** Before the desk's, where notices are pushed. */
export const NO_NOTICE_SCENES: readonly Scene[] = [
  {
    ...{ page: 'notices', view: 'none', path: '/notices', account: 'lead', brief: true },
    ready: (page) => page.getByText(/还没有通知|There are no notices yet/).waitFor(),
  },
];

export const AUTHORING_SCENES: readonly Scene[] = [
  {
    ...{ page: 'authoring.corrections', view: 'none', account: 'lead', brief: true },
    path: '/authoring/corrections',
    ready: (page) => page.getByText(/没有更正|There are no corrections/).waitFor(),
  },
  { page: 'authoring', path: '/authoring?view=published', account: 'operator', ready: firstRow },
  {
    ...{ page: 'authoring', view: 'waiting', account: 'reviewer', brief: true, ready: firstRow },
    path: async (town) => {
      await written(town);
      return '/authoring';
    },
  },
  {
    page: 'authoring.edit',
    path: '/authoring/edit?q=水表冻裂了找谁',
    account: 'unit.water',
    ready: (page) => page.getByRole('list').first().waitFor(),
  },
  {
    ...{ page: 'authoring.edit', view: 'checked', path: '/authoring/edit', account: 'unit.water' },
    ready: async (page) => {
      await page.getByRole('textbox').first().fill('水表冻裂了找谁换');
      const long = `请您拨打热线报修${'并说明详细地址和水表位置以及损坏情况'.repeat(6)}。`;
      await page.getByRole('textbox', { name: /^(口播答复|Spoken answer)/ }).fill(long);
      await page
        .getByRole('complementary')
        .getByText(/必须改|must/i)
        .first()
        .waitFor();
    },
  },
  {
    page: 'authoring.entry',
    path: async (town) => (await entryFor(town, '社保')).replace('/knowledge', '/authoring/entries'),
    account: 'reviewer',
    ready: anArticle,
  },
  {
    ...{ page: 'authoring.entry', view: 'waits', account: 'reviewer', brief: true, ready: anArticle },
    path: async (town) => `/authoring/entries/${(await written(town)).waits}`,
  },
  {
    ...{ page: 'authoring.entry', view: 'move', account: 'reviewer', brief: true },
    path: async (town) => `/authoring/entries/${(await written(town)).waits}`,
    ready: async (page) => {
      await pressed(page, /^(审核通过|Approve)/);
      await aDialog(page);
    },
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
    ready: firstRow,
  },
  { page: 'authoring.places', path: '/authoring/places', account: 'operator', ready: firstRow },
  {
    ...{ page: 'authoring.places', view: 'one', path: '/authoring/places', account: 'operator', brief: true },
    ready: async (page) => {
      await page.locator('[role=grid] tbody tr.row').first().click();
      await aDialog(page);
    },
  },
  { page: 'authoring.coverage', path: '/authoring/coverage', account: 'lead', ready: firstRow },
  {
    page: 'authoring.experts',
    path: '/authoring/experts',
    account: 'operator',
    ready: firstRow,
  },
  {
    ...{
      page: 'authoring.experts',
      view: 'new',
      path: '/authoring/experts',
      account: 'operator',
      brief: true,
    },
    ready: async (page) => {
      await page.getByRole('grid').waitFor();
      await page.keyboard.press('n');
      await aDialog(page);
    },
  },
  {
    page: 'consultation',
    path: '/consultation',
    account: 'unit.water',
    ready: (page) => page.getByText(/没有登记在专家名录|not in the directory/).waitFor(),
  },
  {
    ...{ page: 'consultation', view: 'asked', path: '/consultation', account: 'unit.water', dark: true },
    ready: asked,
    leave: (_, town) => town.rest(),
  },
  {
    ...{ page: 'authoring.corrections', account: 'lead' },
    ready: (page) =>
      page
        .getByText(/都已更正|没有市民听过|No call is left|No citizen heard/)
        .first()
        .waitFor(),
    path: async (town) => {
      await written(town);
      return '/authoring/corrections';
    },
  },
  {
    ...{ page: 'authoring.packs', view: 'none', path: '/authoring/packs', account: 'operator', brief: true },
    ready: (page) => page.getByText(/还没有应急知识包|There is no pack yet/).waitFor(),
  },
  {
    ...{ page: 'authoring.packs', account: 'operator', ready: anArticle },
    path: async (town) => {
      await packed(town);
      return '/authoring/packs';
    },
  },
  {
    ...{ page: 'authoring.packs', view: 'edit', path: '/authoring/packs', account: 'operator', brief: true },
    ready: async (page) => {
      await anArticle(page);
      await pressed(page, /^(修改|Edit)/);
      await aDialog(page);
    },
  },
  { page: 'authoring.synonyms', path: '/authoring/synonyms', account: 'operator', ready: firstRow },
  {
    ...{
      page: 'authoring.synonyms',
      view: 'edit',
      path: '/authoring/synonyms',
      account: 'operator',
      brief: true,
    },
    ready: async (page) => {
      await firstRow(page);
      await page.locator('[role=grid] tbody tr.row').first().click();
      await aDialog(page);
    },
  },
  {
    ...{
      page: 'authoring.synonyms',
      view: 'file',
      path: '/authoring/synonyms',
      account: 'operator',
      brief: true,
    },
    ready: async (page) => {
      await firstRow(page);
      await page.keyboard.press('i');
      const csv = Buffer.from('说法,意思,地区\n勒色袋,垃圾袋;垃圾桶,本地\n,空,\n');
      const file = { name: '说法.csv', mimeType: 'text/csv', buffer: csv };
      await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
      await page.getByRole('dialog').getByRole('status').waitFor();
    },
  },
  {
    page: 'authoring.imports',
    path: '/authoring/imports',
    account: 'operator',
    ready: (page) => page.getByRole('heading').first().waitFor(),
  },
  {
    ...{ page: 'authoring.imports', view: 'report', path: '/authoring/imports', account: 'operator' },
    ready: placesFile,
  },
  {
    page: 'notices',
    path: async (town) => {
      await notice(town);
      return '/notices';
    },
    account: 'lead',
    ready: (page) => page.getByRole('list', { name: /通知|notices/i }).waitFor(),
  },
  {
    ...{ page: 'notices', view: 'new', path: '/notices', account: 'lead', brief: true },
    ready: async (page) => {
      await anArticle(page);
      await page.keyboard.press('n');
      await aDialog(page);
    },
  },
];
