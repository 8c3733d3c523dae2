-- The first contact is over when it is proven, whatever else the unit does meanwhile (H10): since when it is.
alter table tickets add column contacted_at timestamptz;

-- What is open keeps the proof that stands on its time line.
update tickets t set contacted_at = (
    select min(e.at) from ticket_events e where e.ticket_id = t.id and e.at >= t.dispatched_at
      and (e.type = 'contact' or e.type = 'citizenCalled' and e.body ->> 'unitCode' = t.unit_code
        and (e.body ->> 'talkMs')::float8 >= 5000))
  where t.dispatched_at is not null and t.state not in ('withdrawn', 'closed', 'archived');

-- Where work began before this was so, the stage had ended by the rule of then: nobody becomes late for it afterwards.
update deadlines d set state = 'cancelled', claimed_until = null, finished_at = now()
  from tickets t
  where t.id = d.ticket_id and d.clock = 'stage' and d.kind = 'contact' and d.state in ('pending', 'claimed')
    and t.contacted_at is null
    and t.state in ('handling', 'longTerm', 'reportedDone', 'replyReview', 'returnVisit');
