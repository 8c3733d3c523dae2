import { ChatDotSquare } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { NOTICE_WORDS } from './words.ts';

export const area: Area = {
  code: 'notices',
  order: 52,
  pages: [
    {
      name: 'notices',
      path: '/notices',
      title: 'title',
      for: [
        'agent',
        'lead',
        'operator',
        'reviewer',
        'dispatcher',
        'adjudicator',
        'supervisor',
        'returnVisitor',
        'admin',
      ],
      icon: ChatDotSquare,
      aside: true,
      component: () => import('./NoticesPage.vue'),
    },
  ],
  words: NOTICE_WORDS,
};
