-- Tickets move: the roles that review, dispatch and adjudicate, and a time line that cannot be rewritten unseen.
alter table accounts drop constraint accounts_roles_check;
alter table accounts add constraint accounts_roles_check check (roles <@ array['agent', 'lead', 'operator', 'reviewer',
  'dispatcher', 'adjudicator', 'supervisor', 'returnVisitor', 'unit', 'admin']);

-- Each line carries the hash of all before it: SHA-256 over the hash of the line before and this line's text.
alter table ticket_events add column hash bytea;

-- The text that is hashed and exported: a JSON array of number, epoch milliseconds, actor, states, type, reason, body.
create function ticket_event_text(e ticket_events) returns text language sql immutable as $$
  select jsonb_build_array(e.seq, (extract(epoch from e.at) * 1000)::bigint, e.actor, e.from_state, e.to_state, e.type,
    e.reason, e.body)::text
$$;

create function chain_ticket_event() returns trigger language plpgsql as $$
declare before bytea := ''::bytea;
begin
  if new.seq > 1 then
    -- Rows of the same statement that came first are seen as well.
    select hash into strict before from ticket_events where ticket_id = new.ticket_id and seq = new.seq - 1;
  end if;
  new.hash := sha256(before || convert_to(ticket_event_text(new), 'UTF8'));
  return new;
end $$;

create function refuse_ticket_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'the time line of a ticket is only added to';
end $$;

do $$
declare e ticket_events;
declare before bytea;
begin
  for e in select * from ticket_events order by ticket_id, seq loop
    select hash into before from ticket_events where ticket_id = e.ticket_id and seq = e.seq - 1;
    update ticket_events set hash = sha256(coalesce(before, ''::bytea) || convert_to(ticket_event_text(e), 'UTF8'))
      where id = e.id;
  end loop;
end $$;

alter table ticket_events alter column hash set not null;
create trigger chain_ticket_event before insert on ticket_events
  for each row execute function chain_ticket_event();
create trigger ticket_events_are_kept before update or delete on ticket_events
  for each row execute function refuse_ticket_event_change();
