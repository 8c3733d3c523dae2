import type { Incident, IncidentEvent } from '../../domain/announcements/incident.ts';
import type { AnnouncementState } from '../../domain/announcements/life.ts';
import type { PageAsked, Paged } from './page.ts';
import type { RuleTrace } from './rules.ts';
import type { Transaction } from './transaction.ts';

/** An announcement as a screen shows it. Times are epoch milliseconds. */
export interface IncidentView extends Incident {
  readonly authorName: string;
  /** Whether its words lie ready for the switch; a call goes on without them. */
  readonly spokenMs: number | null;
  readonly spokenFailure: string | null;
  readonly subscribers: number;
  /** Of them those to whom nothing has been said yet. */
  readonly waiting: number;
  /** Of them those whom no message reaches: somebody must call them. */
  readonly byPhone: number;
}

/** What callers did, on one local day, by the facts of their calls. */
export interface IncidentDay {
  readonly day: string;
  readonly heard: number;
  readonly subscribed: number;
  /** Hung up while it played: they had what they called for. */
  readonly hungUp: number;
}

/** Somebody on the list of an incident that is over, to whom nothing has been said yet. */
export interface WaitingSubscriber {
  readonly announcementId: string;
  readonly number: string;
  readonly text: string;
}

export interface IncidentEventEntry extends IncidentEvent {
  readonly actorName: string;
}

export interface AnnouncementBook {
  /** One change of announcements at a time, until the transaction ends. */
  lock(tx: Transaction): Promise<void>;
  /** Of the municipality, by which numbers are spelled. Code: rules.none without one. */
  areaCode(tx?: Transaction): Promise<string>;
  byId(id: string, tx?: Transaction): Promise<Incident | null>;
  /** Writes the announcement as it stands now, and what led there. */
  save(incident: Incident, event: IncidentEvent, trace: RuleTrace, tx: Transaction): Promise<void>;
  /** Live by their state, whatever the hour says. */
  live(tx?: Transaction): Promise<readonly Incident[]>;
  view(id: string): Promise<IncidentView | null>;
  /** Newest first. Refuses with `page.invalid`. */
  list(filter: { readonly state?: AnnouncementState }, page: PageAsked): Promise<Paged<IncidentView>>;
  events(id: string): Promise<readonly IncidentEventEntry[]>;
  days(id: string): Promise<readonly IncidentDay[]>;
  /** Numbers on the list whom no message reaches. */
  toCall(id: string): Promise<readonly string[]>;

  /** Live ones whose words are not in files yet, or were not to be had at the last attempt before `retryBeforeMs`. */
  unspoken(nowMs: number, retryBeforeMs: number): Promise<readonly Incident[]>;
  spoken(id: string, atMs: number, failure: string | null, tx?: Transaction): Promise<void>;

  /** Held until the transaction ends, those held by others left out. */
  waiting(limit: number, tx: Transaction): Promise<readonly WaitingSubscriber[]>;
  told(
    subscribers: readonly WaitingSubscriber[],
    how: 'message' | 'byPhone',
    atMs: number,
    tx: Transaction,
  ): Promise<void>;
}
