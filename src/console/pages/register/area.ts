import type { Area } from '../../area.ts';
import { REGISTER_WORDS } from './words.ts';

export const area: Area = {
  code: 'register',
  order: 33,
  pages: [
    {
      name: 'register',
      path: '/rules/import',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      beside: 'rules',
      component: () => import('./RegisterPage.vue'),
    },
  ],
  words: REGISTER_WORDS,
};
