/** The line with which the ticket `t` last went to its visit. */
export const BEGAN = `(select max(e.seq) from ticket_events e
  where e.ticket_id = t.id and e.to_state = 'returnVisit')`;

/** Calls `v` of this visit of `t`; what was tried before a rework is of another. */
export const OF_THIS_VISIT = `v.ticket_id = t.id and v.at >= (select e.at from ticket_events e
  where e.ticket_id = t.id and e.seq = ${BEGAN})`;
