import { Tickets } from '@element-plus/icons-vue';
import type { Area } from '../../area.ts';
import { TICKET_WORDS } from './words.ts';

const HOTLINE = [
  'agent',
  'lead',
  'operator',
  'reviewer',
  'dispatcher',
  'adjudicator',
  'supervisor',
  'returnVisitor',
  'leader',
] as const;

export const area: Area = {
  code: 'tickets',
  order: 40,
  pages: [
    {
      name: 'tickets',
      path: '/tickets',
      title: 'title',
      for: HOTLINE,
      icon: Tickets,
      component: () => import('./TicketList.vue'),
    },
    {
      name: 'ticket',
      path: '/tickets/:id',
      title: 'ticketTitle',
      for: [...HOTLINE, 'unit'],
      component: () => import('./TicketPage.vue'),
    },
  ],
  words: TICKET_WORDS,
};
