import type { Area } from '../../area.ts';
import { MEETING_WORDS } from './words.ts';

const WRITERS = ['supervisor', 'adjudicator', 'lead', 'operator'] as const;

/** Meetings and their tasks stand under supervision. */
export const area: Area = {
  code: 'meetings',
  order: 55,
  pages: [
    {
      name: 'meeting.new',
      path: '/meetings/new',
      title: 'new',
      within: 'supervision',
      for: WRITERS,
      component: () => import('./MeetingNew.vue'),
    },
    {
      name: 'meeting',
      path: '/meetings/:id',
      title: 'title',
      within: 'supervision',
      for: [...WRITERS, 'reviewer', 'dispatcher', 'returnVisitor', 'agent', 'unit', 'leader'],
      component: () => import('./MeetingPage.vue'),
    },
  ],
  words: MEETING_WORDS,
};
