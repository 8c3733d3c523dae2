import type { TicketState } from './transitions.ts';

/** Alarms for the lead about one ticket: a return or a citizen's dispute that nobody decided in time, a plan not looked at on its day. */
export const TICKET_ALARMS = ['ticket.adjudicationLate', 'ticket.recheckLate', 'ticket.planLate'] as const;
export type TicketAlarm = (typeof TICKET_ALARMS)[number];

/** A ticket that is returned again has the same mark with another time. */
export const adjudicationLateKey = (deadlineId: string, dueAt: number): string =>
  `ticket.adjudicationLate:${deadlineId}:${new Date(dueAt).toISOString()}`;

export const recheckLateKey = (deadlineId: string, dueAt: number): string =>
  `ticket.recheckLate:${deadlineId}:${new Date(dueAt).toISOString()}`;

export const planLateKey = (ticketId: string, reviewOn: string): string =>
  `ticket.planLate:${ticketId}:${reviewOn}`;

/** The ticket of an alarm as it is now. */
export interface AlarmedTicket {
  readonly id: string;
  readonly state: TicketState;
  /** Of its last return: when it was to be adjudicated by; null: never returned. */
  readonly adjudication: { readonly deadlineId: string; readonly dueAt: number } | null;
  /** Of its citizen's last dispute: when it was to be looked at by; null: none. */
  readonly recheck: { readonly deadlineId: string; readonly dueAt: number } | null;
  /** Of the plan that holds, a local day; null: it is no long-term item. */
  readonly reviewOn: string | null;
}

/** Whether what it was raised for is done: decided, looked at, or overtaken. What it was raised for is in its key. */
export function isAlarmOver(
  alarm: { readonly kind: TicketAlarm; readonly key: string },
  ticket: AlarmedTicket,
): boolean {
  switch (alarm.kind) {
    case 'ticket.adjudicationLate': {
      const { state, adjudication } = ticket;
      if (state !== 'returned' || adjudication === null) return true;
      return alarm.key !== adjudicationLateKey(adjudication.deadlineId, adjudication.dueAt);
    }
    case 'ticket.recheckLate': {
      const { state, recheck } = ticket;
      if (state !== 'disputed' || recheck === null) return true;
      return alarm.key !== recheckLateKey(recheck.deadlineId, recheck.dueAt);
    }
    case 'ticket.planLate':
      return ticket.reviewOn === null || alarm.key !== planLateKey(ticket.id, ticket.reviewOn);
    default:
      return alarm.kind satisfies never;
  }
}

/** Why it went, for who reads the list of alarms. */
export const ALARM_OVER_WORDS: Readonly<
  Record<TicketAlarm, { readonly reason: string; readonly reasonEn: string }>
> = {
  'ticket.adjudicationLate': {
    reason: '退单已裁定或已另行处理',
    reasonEn: 'The return is decided, or overtaken',
  },
  'ticket.recheckLate': {
    reason: '异议已复核或已另行处理',
    reasonEn: 'The dispute is decided, or overtaken',
  },
  'ticket.planLate': {
    reason: '挂账事项已复核或已另行处理',
    reasonEn: 'The plan was looked at, or overtaken',
  },
};
