import { Clock } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { together } from '../../words/word-table.ts';
import { CALENDAR_WORDS } from './calendar-words.ts';
import { IMPACT_WORDS } from './impact-words.ts';
import { WHY_WORDS } from './why-words.ts';
import { LIMIT_WORDS } from './words.ts';

const READERS = ['operator', 'lead', 'supervisor', 'dispatcher', 'admin'] as const;

export const area: Area = {
  code: 'limits',
  order: 46,
  pages: [
    {
      name: 'limits',
      path: '/limits',
      title: 'title',
      for: READERS,
      icon: Clock,
      aside: true,
      component: () => import('./LimitsPage.vue'),
    },
    {
      name: 'limits.calendar',
      path: '/limits/calendar',
      title: 'calendar.title',
      for: READERS,
      component: () => import('./CalendarPage.vue'),
    },
    {
      name: 'limits.why',
      path: '/limits/why',
      title: 'why.title',
      for: READERS,
      component: () => import('./WhyPage.vue'),
    },
  ],
  words: together(LIMIT_WORDS, IMPACT_WORDS, WHY_WORDS, CALENDAR_WORDS),
};
