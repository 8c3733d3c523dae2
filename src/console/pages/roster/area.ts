import type { Area } from '../../area.ts';
import { ROSTER_WORDS } from './words.ts';

export const area: Area = {
  code: 'roster',
  order: 34,
  pages: [
    {
      name: 'roster',
      path: '/roster',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      beside: 'rules',
      component: () => import('./RosterPage.vue'),
    },
  ],
  words: ROSTER_WORDS,
};
