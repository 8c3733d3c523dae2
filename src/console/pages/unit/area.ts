import { OfficeBuilding } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { bilingual } from '../../words/word-table.ts';

export const area: Area = {
  code: 'unit',
  order: 10,
  pages: [
    {
      name: 'unit',
      path: '/unit',
      title: 'title',
      for: ['unit'],
      icon: OfficeBuilding,
      component: () => import('./UnitInbox.vue'),
    },
  ],
  words: bilingual({ title: '单位工单' }, { title: "Unit's tickets" }),
};
