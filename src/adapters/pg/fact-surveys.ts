/**
 * How automatic return visits ended, from the facts of their calls: told late or twice it stays the first word. A lease
 * that ran out before is taken back, as long as nothing else was begun for the ticket.
 */
export const DERIVE_SURVEYS = `
  update visit_surveys s set state = 'told', how = f.body ->> 'how', dial = f.body ->> 'dial',
    given = coalesce(f.body -> 'given', '{}'), told_at = f.at, finished_at = null, detail = ''
  from call_facts f
  where f.call_id = any ($1::uuid[]) and f.type = 'surveyEnded' and s.id = f.call_id
    and (s.state = 'calling' or (s.state = 'lost' and s.detail = 'leaseOver' and not exists (
      select from visit_surveys o where o.ticket_id = s.ticket_id and o.id <> s.id and o.placed_at > s.placed_at)))`;
