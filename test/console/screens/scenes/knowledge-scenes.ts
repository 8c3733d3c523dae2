import { until } from '../../../../src/demo/poll.ts';
import type { Town } from '../../../support/town.ts';
import { anArticle, entryFor, type Scene } from '../scene.ts';

// What citizens are told, and where it is looked for.

/** The sample is read into the index in its own time. */
const searchFor = (town: Town, words: string): Promise<string> =>
  until(`“${words}” in the index`, 60_000, async () => {
    const path = `/v1/knowledge/search?words=${encodeURIComponent(words)}`;
    const { hits } = await town.lead.get<{ hits: readonly object[] }>(path);
    return hits.length > 0 ? `/knowledge?q=${encodeURIComponent(words)}` : null;
  });
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
];
