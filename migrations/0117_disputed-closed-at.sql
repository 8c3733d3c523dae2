-- What was disputed after it was closed is closed since then all the while (RD-15): earlier releases forgot it with the dispute. Since
-- it came to be closed or disputed the first closing counts; who disputed it while he was visited had none.
update tickets t set closed_at = (
  select min(c.at) from ticket_events c
  where c.ticket_id = t.id and c.to_state = 'closed' and c.seq >= (
    select max(e.seq) from ticket_events e where e.ticket_id = t.id and e.to_state in ('closed', 'disputed')
      and coalesce(e.from_state, '') not in ('closed', 'disputed')))
where t.state = 'disputed' and t.closed_at is null;
