import { DataBoard } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { LEAD_WORDS } from './lead-words.ts';

export const area: Area = {
  code: 'lead',
  order: 20,
  pages: [
    {
      name: 'lead',
      path: '/lead',
      title: 'title',
      for: ['lead', 'supervisor'],
      icon: DataBoard,
      component: () => import('./LeadBoard.vue'),
    },
  ],
  words: LEAD_WORDS,
};
