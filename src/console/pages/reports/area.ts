import { Histogram, Stopwatch } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { REPORT_WORDS } from './words.ts';

export const area: Area = {
  code: 'reports',
  order: 43,
  pages: [
    {
      name: 'reports',
      path: '/reports',
      title: 'title',
      for: ['lead', 'operator', 'supervisor', 'leader', 'admin', 'vendorLead'],
      icon: Histogram,
      aside: true,
      component: () => import('./ReportsPage.vue'),
    },
    {
      name: 'agentDay',
      path: '/agents/:id/day',
      title: 'day.title',
      for: ['lead', 'operator', 'supervisor', 'vendorLead'],
      component: () => import('./AgentDay.vue'),
    },
    {
      name: 'ownDay',
      path: '/my-day',
      title: 'day.own',
      for: ['agent'],
      icon: Stopwatch,
      aside: true,
      component: () => import('./OwnDay.vue'),
    },
  ],
  words: REPORT_WORDS,
};
