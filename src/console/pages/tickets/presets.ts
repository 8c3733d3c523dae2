import type { Role } from '../../session/session.ts';
import type { TicketQuery } from './shapes.ts';

/** A list that somebody opens a hundred times a day. */
export interface Preset {
  readonly key: string;
  readonly for: readonly Role[];
  readonly query: TicketQuery;
}

const REVIEWERS = ['reviewer', 'operator', 'lead'] as const;
const DISPATCHERS = ['dispatcher', 'operator', 'lead'] as const;
const ADJUDICATORS = ['adjudicator', 'operator', 'lead'] as const;
const VISITORS = ['returnVisitor', 'lead'] as const;
const OVERSEERS = ['supervisor', 'lead', 'operator', 'leader'] as const;
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

/** In the order of a ticket's life; the first that a role has is where it begins. */
export const HOTLINE_PRESETS: readonly Preset[] = [
  { key: 'toReview', for: REVIEWERS, query: { state: 'underReview' } },
  { key: 'toDispatch', for: DISPATCHERS, query: { state: 'registered' } },
  { key: 'toAdjudicate', for: ADJUDICATORS, query: { state: 'returned' } },
  { key: 'replies', for: REVIEWERS, query: { state: 'reportedDone' } },
  { key: 'repliesInReview', for: REVIEWERS, query: { state: 'replyReview' } },
  { key: 'toVisit', for: VISITORS, query: { state: 'returnVisit' } },
  { key: 'overdue', for: [...OVERSEERS, 'dispatcher', 'adjudicator'], query: { overdue: true } },
  { key: 'disputed', for: [...REVIEWERS, 'supervisor'], query: { state: 'disputed' } },
  { key: 'conduct', for: ['supervisor', 'lead'], query: { aboutConduct: true } },
  { key: 'urgent', for: HOTLINE, query: { urgency: 'urgent' } },
  { key: 'longTerm', for: OVERSEERS, query: { state: 'longTerm' } },
  { key: 'all', for: HOTLINE, query: {} },
];

export const UNIT_PRESETS: readonly Preset[] = [
  { key: 'toSign', for: ['unit'], query: { state: 'dispatched' } },
  { key: 'toContact', for: ['unit'], query: { state: 'signedFor' } },
  { key: 'inContact', for: ['unit'], query: { state: 'inContact' } },
  { key: 'inHand', for: ['unit'], query: { state: 'handling' } },
  { key: 'reported', for: ['unit'], query: { state: 'reportedDone' } },
  { key: 'overdue', for: ['unit'], query: { overdue: true } },
  { key: 'longTerm', for: ['unit'], query: { state: 'longTerm' } },
  { key: 'all', for: ['unit'], query: {} },
];
