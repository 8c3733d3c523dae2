import type { DeadlineMark } from '../../domain/deadlines/clocks.ts';
import { ms } from './sql-instants.ts';

/** Nobody can be called about ticket t, so that no first contact is owed. */
export const UNREACHABLE = `(t.anonymous or t.citizen_number = '')`;

/** The ticket of a due deadline, as far as whether it fires hangs on it. */
export const DUE_TICKET = `jsonb_build_object('id', t.id, 'number', t.number, 'state', t.state,
  'unitCode', t.unit_code, 'urgency', t.urgency, 'acceptedAt', ${ms('t.accepted_at')}, 'contactedAt', ${ms('t.contacted_at')}, 'unreachable', ${UNREACHABLE})`;

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
