import { Location, Reading } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { KNOWLEDGE_WORDS } from './words.ts';

export const area: Area = {
  code: 'knowledge',
  order: 50,
  pages: [
    {
      name: 'knowledge',
      path: '/knowledge',
      title: 'title',
      for: 'everyone',
      icon: Reading,
      component: () => import('./KnowledgeSearch.vue'),
    },
    {
      name: 'knowledgeEntry',
      path: '/knowledge/:id',
      title: 'entry',
      for: 'everyone',
      component: () => import('./EntryPage.vue'),
    },
    {
      name: 'places',
      path: '/places',
      title: 'places.title',
      for: 'everyone',
      icon: Location,
      component: () => import('./PlacesNear.vue'),
    },
  ],
  words: KNOWLEDGE_WORDS,
};
