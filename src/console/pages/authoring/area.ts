import { EditPen } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { AUTHORS, READERS } from './who.ts';
import { AUTHORING_WORDS } from './words.ts';

export const area: Area = {
  code: 'authoring',
  order: 51,
  pages: [
    {
      name: 'authoring',
      path: '/authoring',
      title: 'title',
      for: READERS,
      icon: EditPen,
      component: () => import('./WorkPage.vue'),
    },
    {
      name: 'authoring.care',
      path: '/authoring/care',
      title: 'care.title',
      for: READERS,
      component: () => import('./CarePage.vue'),
    },
    {
      name: 'authoring.questions',
      path: '/authoring/questions',
      title: 'questions.title',
      for: ['operator', 'lead', 'reviewer', 'supervisor'],
      component: () => import('./QuestionsPage.vue'),
    },
    {
      name: 'authoring.places',
      path: '/authoring/places',
      title: 'keep.title',
      for: AUTHORS,
      component: () => import('./PlacesKeep.vue'),
    },
    {
      name: 'authoring.coverage',
      path: '/authoring/coverage',
      title: 'coverage.title',
      for: ['operator', 'lead', 'dispatcher'],
      component: () => import('./CoveragePage.vue'),
    },
    {
      name: 'authoring.experts',
      path: '/authoring/experts',
      title: 'experts.title',
      for: READERS,
      component: () => import('./ExpertsPage.vue'),
    },
    {
      name: 'authoring.corrections',
      path: '/authoring/corrections',
      title: 'correct.tab',
      for: ['agent', 'operator', 'lead', 'reviewer', 'supervisor'],
      component: () => import('./CorrectionsPage.vue'),
    },
    {
      name: 'authoring.packs',
      path: '/authoring/packs',
      title: 'packs.title',
      for: ['operator', 'lead', 'reviewer', 'supervisor'],
      component: () => import('./PacksPage.vue'),
    },
    {
      name: 'authoring.synonyms',
      path: '/authoring/synonyms',
      title: 'synonyms.title',
      for: READERS,
      component: () => import('./SynonymsPage.vue'),
    },
    {
      name: 'authoring.imports',
      path: '/authoring/imports',
      title: 'imports.title',
      for: ['operator', 'lead'],
      component: () => import('./ImportsPage.vue'),
    },
    {
      name: 'authoring.edit',
      path: '/authoring/edit/:id?',
      title: 'edit.page',
      for: AUTHORS,
      component: () => import('./EntryEditor.vue'),
    },
    {
      name: 'authoring.entry',
      path: '/authoring/entries/:id',
      title: 'entry.title',
      for: READERS,
      component: () => import('./EntryDesk.vue'),
    },
  ],
  words: AUTHORING_WORDS,
};
