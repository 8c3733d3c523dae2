import { Operation } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { QUEUE_WORDS } from './words.ts';

export const area: Area = {
  code: 'queues',
  order: 31,
  pages: [
    {
      name: 'queues',
      path: '/queues',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      beside: 'rules',
      icon: Operation,
      component: () => import('./QueuesPage.vue'),
    },
  ],
  words: QUEUE_WORDS,
};
