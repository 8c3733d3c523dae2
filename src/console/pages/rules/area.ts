import { Switch } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { RULE_WORDS } from './words.ts';

export const area: Area = {
  code: 'rules',
  order: 30,
  pages: [
    {
      name: 'rules',
      path: '/rules',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      icon: Switch,
      component: () => import('./RulesPage.vue'),
    },
  ],
  words: RULE_WORDS,
};
