import { Microphone } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { PROMPT_WORDS } from './words.ts';

export const area: Area = {
  code: 'prompts',
  order: 34,
  pages: [
    {
      name: 'prompts',
      path: '/prompts',
      title: 'title',
      for: ['operator', 'lead', 'supervisor', 'admin'],
      icon: Microphone,
      component: () => import('./PromptsPage.vue'),
    },
  ],
  words: PROMPT_WORDS,
};
