import { Phone } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { CALL_WORDS } from './words.ts';

export const area: Area = {
  code: 'calls',
  order: 25,
  pages: [
    {
      name: 'calls',
      path: '/calls',
      title: 'title',
      for: ['agent', 'lead', 'operator', 'supervisor', 'returnVisitor', 'vendorLead'],
      icon: Phone,
      aside: true,
      component: () => import('./CallsPage.vue'),
    },
  ],
  words: CALL_WORDS,
};
