import type { Area } from '../../area.ts';
import { CONSULTATION_WORDS } from './words.ts';

/** For whoever the directory of experts names: reached from the head while he is asked, and by its address. */
export const area: Area = {
  code: 'consultation',
  order: 52,
  pages: [
    {
      name: 'consultation',
      path: '/consultation',
      title: 'title',
      for: 'everyone',
      component: () => import('./ConsultationPage.vue'),
    },
  ],
  words: CONSULTATION_WORDS,
};
