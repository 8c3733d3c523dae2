import type { DeadlineMark } from '../../domain/deadlines/clocks.ts';
import { ms } from './sql-instants.ts';

/** Nobody can be called about ticket t, so that no first contact is owed. */
export const UNREACHABLE = `(t.anonymous or t.citizen_number = '')`;

/**
 * The ticket of a due deadline, as far as whether it fires hangs on it. Disputed by a move whose line this snapshot has not:
 * as if it had been closed, since a mark that is ended by mistake can be resumed and one that has fired cannot be taken back.
 */
export const DUE_TICKET = `jsonb_build_object('id', t.id, 'number', t.number, 'state', t.state,
  'unitCode', t.unit_code, 'urgency', t.urgency, 'acceptedAt', ${ms('t.accepted_at')}, 'contactedAt', ${ms('t.contacted_at')}, 'unreachable', ${UNREACHABLE},
  'disputedFrom', case when t.state = 'disputed' then coalesce((select e.from_state from ticket_events e
    where e.ticket_id = t.id and e.to_state = 'disputed' and e.from_state <> 'disputed' order by e.seq desc limit 1), 'closed') end)`;

/** Marks as `jsonb_to_recordset` reads them. How the limit was counted is kept once, with the mark at its end. */
export function markRows(marks: readonly DeadlineMark[]): string {
  return JSON.stringify(
    marks.map((mark) => ({
      ...mark,
      startsAt: new Date(mark.startsAt).toISOString(),
      dueAt: new Date(mark.dueAt).toISOString(),
      explanation: mark.kind === 'warning' ? null : mark.explanation,
    })),
  );
}
