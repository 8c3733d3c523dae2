import type { MarkClock, MarkKind } from '../../domain/deadlines/clocks.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';

/** A deadline that has not fired yet, or is just firing. Times are ISO 8601 in UTC. */
export interface UpcomingDeadline {
  readonly id: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly title: string;
  readonly unit: { readonly code: string; readonly name: string } | null;
  readonly clock: MarkClock;
  readonly kind: MarkKind;
  readonly level: number;
  readonly dueAt: string;
  readonly state: 'pending' | 'claimed';
}

export interface UpcomingFilter {
  readonly untilMs: number;
  readonly clock?: MarkClock;
  readonly unitCode?: string;
}

export interface UpcomingDeadlines {
  /** Soonest first, what is already past due included. Refuses with `page.invalid`. */
  list(sight: Sight, filter: UpcomingFilter, page: PageAsked): Promise<Paged<UpcomingDeadline>>;
}
