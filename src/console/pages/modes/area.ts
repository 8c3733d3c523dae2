import type { Area } from '../../area.ts';
import { MODE_WORDS } from './words.ts';

export const area: Area = {
  code: 'modes',
  order: 32,
  pages: [
    {
      name: 'modes',
      path: '/rules/calendar',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      beside: 'rules',
      component: () => import('./ModesPage.vue'),
    },
  ],
  words: MODE_WORDS,
};
