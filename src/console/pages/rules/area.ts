import { Switch } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { RULE_WORDS } from '../../rules/words.ts';
import { together } from '../../words/word-table.ts';
import { LINE_WORDS } from './words.ts';

export const area: Area = {
  code: 'rules',
  order: 30,
  pages: [
    {
      name: 'rules',
      path: '/rules',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      beside: 'rules',
      icon: Switch,
      component: () => import('./RulesPage.vue'),
    },
  ],
  words: together(RULE_WORDS, LINE_WORDS),
};
