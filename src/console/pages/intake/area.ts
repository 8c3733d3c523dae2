import { Message, PieChart } from '@element-plus/icons-vue';
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
    {
      name: 'channels',
      path: '/channels',
      title: 'channels.title',
      for: ['lead', 'operator', 'supervisor', 'leader', 'admin'],
      icon: PieChart,
      aside: true,
      component: () => import('./ChannelReport.vue'),
    },
  ],
  words: INTAKE_WORDS,
};
