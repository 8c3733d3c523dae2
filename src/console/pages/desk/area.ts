import { Headset, Memo, Microphone, Notebook } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { DESK_WORDS } from './words.ts';

export const area: Area = {
  code: 'desk',
  order: 10,
  pages: [
    {
      name: 'desk',
      path: '/desk',
      title: 'title',
      for: ['agent'],
      icon: Headset,
      component: () => import('./DeskPage.vue'),
    },
    {
      name: 'openCalls',
      path: '/open-calls',
      title: 'openCalls.menu',
      for: ['agent', 'lead'],
      icon: Memo,
      aside: true,
      component: () => import('./OpenCallsPage.vue'),
    },
    {
      name: 'deviceTest',
      path: '/device-test',
      title: 'device.title',
      for: ['agent', 'lead'],
      icon: Microphone,
      aside: true,
      component: () => import('./DeviceTestPage.vue'),
    },
    {
      name: 'callerNotes',
      path: '/caller-notes',
      title: 'caller.list.title',
      for: ['agent', 'lead', 'supervisor'],
      icon: Notebook,
      aside: true,
      component: () => import('./CallerNotesPage.vue'),
    },
  ],
  words: DESK_WORDS,
};
