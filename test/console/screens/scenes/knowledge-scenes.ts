import type { Page } from 'playwright-core';
import { until } from '../../../../src/demo/poll.ts';
import type { Town } from '../../../support/town.ts';
import { aDialog, firstRow, onceIn, type Scene } from '../scene.ts';

// What citizens are told, who writes it, and who has read that it has changed.

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
const notice = onceIn((town) =>
  town.lead.post<object>('/v1/knowledge-notices', {
    title: '明天县城东片停水',
    text: '8:00 至 18:00，请按条目答复。',
  }),
);
const anArticle = (page: Page) => page.getByRole('article').first().waitFor();

export const KNOWLEDGE_SCENES: readonly Scene[] = [
  {
    page: 'knowledge',
    path: (town) => searchFor(town, '社保卡丢了'),
    account: '1001',
    dark: true,
    ready: anArticle,
  },
  { page: 'knowledgeEntry', path: (town) => entryFor(town, '社保'), account: 'lead', ready: anArticle },
  { page: 'places', path: '/places', account: '1001', ready: (page) => page.locator('main form').waitFor() },
  { page: 'authoring', path: '/authoring?view=published', account: 'operator', ready: firstRow },
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
    ready: anArticle,
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
  { page: 'authoring.coverage', path: '/authoring/coverage', account: 'lead', ready: firstRow },
  {
    page: 'authoring.experts',
    path: '/authoring/experts',
    account: 'operator',
    ready: (page) => page.getByRole('grid').waitFor(),
  },
  {
    page: 'consultation',
    path: '/consultation',
    account: 'unit.water',
    ready: (page) => page.getByText(/没有登记在专家名录|not in the directory/).waitFor(),
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
    page: 'authoring.imports',
    path: '/authoring/imports',
    account: 'operator',
    ready: (page) => page.getByRole('heading').first().waitFor(),
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
];
