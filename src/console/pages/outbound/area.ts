import type { Area } from '../../area.ts';
import { OUTBOUND_WORDS } from './words.ts';

export const area: Area = {
  code: 'outbound',
  order: 35,
  pages: [
    {
      name: 'outbound',
      path: '/outbound-rules',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      beside: 'rules',
      component: () => import('./OutboundPage.vue'),
    },
  ],
  words: OUTBOUND_WORDS,
};
