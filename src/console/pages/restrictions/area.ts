import { MuteNotification } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { RESTRICTION_WORDS } from './words.ts';

export const area: Area = {
  code: 'restrictions',
  order: 56,
  pages: [
    {
      name: 'restrictions',
      path: '/restrictions',
      title: 'title',
      for: ['operator', 'lead', 'supervisor'],
      icon: MuteNotification,
      aside: true,
      component: () => import('./RestrictionPage.vue'),
    },
  ],
  words: RESTRICTION_WORDS,
};
