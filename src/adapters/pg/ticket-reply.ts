import { SAID_OF_REPLY } from '../../domain/tickets/reply.ts';

/** The lines that say how a reply stands, of which the last one holds: whether it is held the page asks of the same. */
export const OF_REPLY = `('${SAID_OF_REPLY.join("', '")}')`;

/** The public reply of the ticket `t` as it stands: a mended one replaces the first. Null: none yet. */
export const REPLY = `(select e.body ->> 'reply' from ticket_events e where e.ticket_id = t.id
  and e.type in ('reportDone', 'replyMended') and e.body ? 'reply' order by e.seq desc limit 1)`;

/** What came of the ticket `t`, as it was last reported done. Null: it was not. */
export const OUTCOME = `case when t.outcome is not null then jsonb_build_object('kind', t.outcome,
  'caseNumber', t.case_number, 'caseFiledBy', t.case_filed_by) end`;
