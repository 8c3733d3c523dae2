import { Grid } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { CATALOGUE_WORDS } from './words.ts';

export const area: Area = {
  code: 'catalogue',
  order: 47,
  pages: [
    {
      name: 'catalogue',
      path: '/catalogue',
      title: 'title',
      for: ['operator', 'dispatcher', 'lead', 'supervisor', 'admin'],
      icon: Grid,
      aside: true,
      component: () => import('./CataloguePage.vue'),
    },
  ],
  words: CATALOGUE_WORDS,
};
