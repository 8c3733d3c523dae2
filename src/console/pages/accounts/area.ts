import { User } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { ACCOUNT_WORDS } from './words.ts';

export const area: Area = {
  code: 'accounts',
  order: 91,
  pages: [
    {
      name: 'accounts',
      path: '/accounts',
      title: 'title',
      for: ['admin'],
      icon: User,
      component: () => import('./AccountsPage.vue'),
    },
  ],
  words: ACCOUNT_WORDS,
};
