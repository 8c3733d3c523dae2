import type { Area } from '../../area.ts';
import { together } from '../../words/word-table.ts';
import { APPEAL_WORDS } from './appeal-words.ts';
import { CITIZEN_WORDS } from './words.ts';

export const area: Area = {
  code: 'citizen',
  order: 95,
  pages: [
    {
      // Where VISIT_PAGE_URL leads. What opens it stands behind #, so that no server on the way reads it.
      name: 'visitLink',
      path: '/v',
      title: 'visit.title',
      for: 'public',
      bare: true,
      component: () => import('./VisitLink.vue'),
    },
    {
      name: 'appeal',
      path: '/appeal',
      title: 'appeal.title',
      for: 'public',
      bare: true,
      component: () => import('./SubmitAppeal.vue'),
    },
    {
      name: 'follow',
      path: '/follow',
      title: 'follow.title',
      for: 'public',
      bare: true,
      component: () => import('./FollowTicket.vue'),
    },
    {
      name: 'adopted',
      path: '/adopted',
      title: 'adopted.title',
      for: 'public',
      bare: true,
      component: () => import('./AdoptedSuggestions.vue'),
    },
    {
      name: 'answers',
      path: '/answers',
      title: 'answers.title',
      for: 'public',
      bare: true,
      component: () => import('./PublicAnswers.vue'),
    },
  ],
  words: together(CITIZEN_WORDS, APPEAL_WORDS),
};
