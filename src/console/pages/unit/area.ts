import { OfficeBuilding, Share } from '@element-plus/icons-vue';
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
    {
      name: 'unit.parts',
      path: '/unit-parts',
      title: 'parts',
      for: ['unit'],
      icon: Share,
      component: () => import('./UnitParts.vue'),
    },
  ],
  words: bilingual(
    {
      title: '单位工单',
      parts: '协办与转办',
      noParts: '没有交办给本单位的协办或转办。主办单位或上级交办后会出现在这里；本单位主办的在“单位工单”。',
    },
    {
      title: "Unit's tickets",
      parts: 'Parts',
      noParts:
        'No part of another ticket is with this unit. It appears here once a lead unit or the level above gives it; your own tickets are on the other page of the menu.',
    },
  ),
};
