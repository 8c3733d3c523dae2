import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

/** Trouble that somebody must see. `recording.*`: see domain/recordings; `calendar.*`: domain/deadlines. */
export const ALARM_KINDS = [
  'recording.failed',
  'recording.partial',
  'recording.stalled',
  'recording.folderMissing',
  'recording.diskLow',
  'recording.diskFull',
  'incident.surge',
  'incident.handOverLeft',
  'thread.complex',
  'calendar.yearMissing',
  'connection.breached',
  'connection.breachComing',
  'ticket.planLate',
  'ticket.adjudicationLate',
  'ticket.recheckLate',
  'ticket.urgentUnanswered',
  'knowledge.reviewLate',
  'place.unverified',
  'circular.unread',
  'codes.lapsed',
  'dispatch.lapsed',
  'intake.waiting',
  'call.draftOpen',
  'call.agentGone',
  'switch.away',
  'queue.unserved',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** For people, in two languages that tell the same facts: whoever reads one of them tells two alarms apart. */
export interface AlarmWords {
  readonly detail: string;
  readonly detailEn: string;
}

/** Why it is over, the same in two languages. */
export interface AlarmEnd {
  readonly reason: string;
  readonly reasonEn: string;
}

export interface AlarmRaise extends AlarmWords {
  readonly id: string;
  /** The same for the same trouble. */
  readonly key: string;
  readonly kind: AlarmKind;
  readonly subject: string;
  readonly atMs: number;
  /** Counted already at this moment or later it does not count again: what is counted once a day, from the day's beginning. */
  readonly unlessSinceMs?: number;
}

/** Times are ISO 8601 in UTC. */
export interface Alarm extends AlarmWords {
  readonly id: string;
  readonly key: string;
  readonly kind: AlarmKind;
  readonly subject: string;
  readonly times: number;
  readonly raisedAt: string;
  readonly lastAt: string;
  readonly closedAt: string | null;
  /** Null while it is open, and for one that went by itself. */
  readonly closedBy: string | null;
  readonly closingReason: string | null;
  /** As a person wrote it, and as it was before it was told in two languages: the same text. */
  readonly closingReasonEn: string | null;
}

export interface AlarmFilter {
  readonly open?: boolean;
  readonly kind?: AlarmKind;
}

export interface AlarmBook {
  /** `raised`: it is new, and who watches is told; `again`: it was open, and counts once more where it is to be counted. */
  raise(alarm: AlarmRaise, tx?: Transaction): Promise<'raised' | 'again'>;
  /** An open one says something else from now on, and counts no more for it; false when none is open. */
  reword(key: string, to: AlarmWords & Pick<AlarmRaise, 'subject'>, tx?: Transaction): Promise<boolean>;
  /** The trouble is over; false when there was none. */
  settle(key: string, at: number, end: AlarmEnd, tx?: Transaction): Promise<boolean>;
  /** By a person. Null: no such alarm, or closed before. */
  close(id: string, by: string, at: number, reason: string, tx?: Transaction): Promise<Alarm | null>;
  /** Those of these troubles of which a person has closed an alarm. */
  dismissed(keys: readonly string[]): Promise<readonly string[]>;
  /** Open ones first, newest first. */
  list(open: boolean | undefined, limit: number): Promise<readonly Alarm[]>;
  /** The same, page by page. Refuses with `page.invalid`. */
  page(filter: AlarmFilter, page: PageAsked): Promise<Paged<Alarm>>;
}
