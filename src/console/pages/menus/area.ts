import { Share } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { MENU_WORDS } from './words.ts';

export const area: Area = {
  code: 'menus',
  order: 31,
  pages: [
    {
      name: 'menus',
      path: '/menus',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      icon: Share,
      beside: 'rules',
      component: () => import('./MenusPage.vue'),
    },
  ],
  words: MENU_WORDS,
};
