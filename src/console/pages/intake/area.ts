import { Message } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { INTAKE_WORDS } from './words.ts';

export const area: Area = {
  code: 'intake',
  order: 42,
  pages: [
    {
      name: 'incoming',
      path: '/incoming',
      title: 'title',
      for: ['agent', 'lead', 'operator'],
      icon: Message,
      aside: true,
      component: () => import('./IncomingPage.vue'),
    },
  ],
  words: INTAKE_WORDS,
};
