-- What happens to a ticket is told, to its citizen at each step and to the unit that has it (L5). Each line of a time line
-- waits here, written in its own transaction whoever writes it, until the worker has looked whom it concerns.
create table ticket_notices_due (
  event_id uuid primary key references ticket_events (id),
  ticket_id uuid not null references tickets (id),
  at timestamptz not null
);
create index ticket_notices_due_oldest on ticket_notices_due (at);

create function await_ticket_notice() returns trigger language plpgsql as $$
begin
  insert into ticket_notices_due (event_id, ticket_id, at) values (new.id, new.ticket_id, new.at);
  return null;
end $$;
create trigger await_ticket_notice after insert on ticket_events
  for each row execute function await_ticket_notice();

-- Who was told what of a line, or why nobody was; the messages themselves are citizen_messages of the subject ticket.
create table ticket_notices (
  event_id uuid not null references ticket_events (id),
  audience text not null check (audience in ('citizen', 'unit')),
  ticket_id uuid not null references tickets (id),
  -- Whose people were told; null: the citizen was.
  unit_code text references units (code),
  kind text not null,
  outcome text not null check (outcome in ('queued', 'superseded', 'stale', 'switchedOff', 'anonymous', 'noNumber',
    'noContact', 'gathered')),
  decided_at timestamptz not null,
  check ((audience = 'unit') = (unit_code is not null)),
  unique nulls not distinct (event_id, unit_code)
);
create index ticket_notices_to_units on ticket_notices (unit_code, decided_at) where unit_code is not null;
create index ticket_notices_of on ticket_notices (ticket_id, decided_at);

-- On which of its telephones a unit is written to.
alter table unit_phones add column notices boolean not null default false;

alter table message_settings add column ticket_steps boolean not null default true;
-- SHA-256 of the text as it was handed to the driver: with its answer the proof of what was said.
alter table citizen_messages add column text_hash text check (text_hash ~ '^[0-9a-f]{64}$');
