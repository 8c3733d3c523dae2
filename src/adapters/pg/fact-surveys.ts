/**
 * How automatic return visits ended, from the facts of their calls: told late or twice it stays the first word. Of
 * several matters those that were through stand for themselves, whatever came after. A lease that ran out before is taken
 * back, as long as nothing else was begun for the ticket.
 */
export const DERIVE_SURVEYS = `
  update visit_surveys s set state = 'told', dial = f.body ->> 'dial', told_at = f.at, finished_at = null, detail = '',
    how = case when s.place <= coalesce((f.body ->> 'through')::integer, 0) then 'completed' else f.body ->> 'how' end,
    given = coalesce(case when s.place = 1 then f.body -> 'given' else f.body -> 'further' -> (s.place - 2) end, '{}')
  from call_facts f
  where f.call_id = any ($1::uuid[]) and f.type = 'surveyEnded' and s.call_id = f.call_id
    and (s.state = 'calling' or (s.state = 'lost' and s.detail = 'leaseOver' and not exists (
      select from visit_surveys o where o.ticket_id = s.ticket_id and o.id <> s.id and o.placed_at > s.placed_at)))`;
