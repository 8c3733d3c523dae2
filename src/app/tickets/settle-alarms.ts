import { ALARM_OVER_WORDS, isAlarmOver } from '../../domain/tickets/ticket-alarms.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { TicketAlarms } from '../ports/ticket-alarms.ts';

/**
 * Takes back alarms about tickets of which nothing is left to do, whichever way that came about: by a move, by force, or in the
 * very moment in which the alarm was raised. Returns how many went.
 */
export function settleTicketAlarms(deps: {
  readonly ticketAlarms: TicketAlarms;
  readonly alarms: Pick<AlarmBook, 'settle'>;
  readonly now: () => number;
}) {
  return async (): Promise<number> => {
    let settled = 0;
    for (const { key, kind, ticket } of await deps.ticketAlarms.standing()) {
      if (!isAlarmOver({ key, kind }, ticket)) continue;
      if (await deps.alarms.settle(key, deps.now(), ALARM_OVER_WORDS[kind])) settled += 1;
    }
    return settled;
  };
}
