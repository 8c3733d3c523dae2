import { Timer } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { JOB_WORDS } from './words.ts';

export const area: Area = {
  code: 'jobs',
  order: 90,
  pages: [
    {
      name: 'jobs',
      path: '/jobs',
      title: 'title',
      for: ['operator', 'lead', 'admin'],
      icon: Timer,
      component: () => import('./JobBoard.vue'),
    },
  ],
  words: JOB_WORDS,
};
