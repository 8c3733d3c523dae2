import { BellFilled } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { ANNOUNCEMENT_WORDS } from './words.ts';

export const area: Area = {
  code: 'announcements',
  order: 33,
  pages: [
    {
      name: 'announcements',
      path: '/announcements',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      icon: BellFilled,
      component: () => import('./AnnouncementsPage.vue'),
    },
  ],
  words: ANNOUNCEMENT_WORDS,
};
