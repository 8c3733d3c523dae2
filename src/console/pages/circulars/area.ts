import type { Area } from '../../area.ts';
import { CIRCULAR_WORDS } from './words.ts';

/** The list stands under supervision. */
export const area: Area = {
  code: 'circulars',
  order: 54,
  pages: [
    {
      name: 'circular',
      path: '/circulars/:id',
      title: 'title',
      within: 'supervision',
      for: ['supervisor', 'lead', 'operator', 'adjudicator', 'leader', 'unit'],
      component: () => import('./CircularPage.vue'),
    },
  ],
  words: CIRCULAR_WORDS,
};
