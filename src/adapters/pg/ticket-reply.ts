/** The public reply of the ticket `t` as it stands: a mended one replaces the first. Null: none yet. */
export const REPLY = `(select e.body ->> 'reply' from ticket_events e where e.ticket_id = t.id
  and e.type in ('reportDone', 'replyMended') and e.body ? 'reply' order by e.seq desc limit 1)`;
