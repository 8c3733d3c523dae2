import { Grid } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { together } from '../../words/word-table.ts';
import { CODE_WORDS } from './code-words.ts';
import { CONVENIENCE_WORDS } from './convenience-words.ts';
import { IMPORT_WORDS } from './import-words.ts';
import { CATALOGUE_WORDS } from './words.ts';

const READERS = ['operator', 'dispatcher', 'lead', 'supervisor', 'admin'] as const;

export const area: Area = {
  code: 'catalogue',
  order: 47,
  pages: [
    {
      name: 'catalogue',
      path: '/catalogue',
      title: 'title',
      for: READERS,
      icon: Grid,
      aside: true,
      component: () => import('./CataloguePage.vue'),
    },
    {
      name: 'catalogue.import',
      path: '/catalogue/import',
      title: 'import.title',
      for: READERS,
      component: () => import('./ImportPage.vue'),
    },
    {
      name: 'catalogue.codes',
      path: '/catalogue/codes',
      title: 'codes.title',
      for: READERS,
      component: () => import('./CodesPage.vue'),
    },
    {
      name: 'catalogue.convenience',
      path: '/catalogue/convenience',
      title: 'convenience.title',
      for: READERS,
      component: () => import('./ConveniencePage.vue'),
    },
  ],
  words: together(CATALOGUE_WORDS, IMPORT_WORDS, CODE_WORDS, CONVENIENCE_WORDS),
};
