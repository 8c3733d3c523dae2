-- Several units on one ticket, and several levels within a unit: parts of a ticket, each with its own unit, limit and state.
alter table units add column parent_code text references units (code) check (parent_code <> code);
create index units_within on units (parent_code) where parent_code is not null;

create table ticket_parts (
  id uuid primary key,
  number text not null unique,
  ticket_id uuid not null references tickets (id),
  -- null: directly of the ticket
  parent_id uuid references ticket_parts (id),
  kind text not null check (kind in ('assist', 'sub')),
  -- How deep within its unit: 0 an assisting unit itself.
  level integer not null check (level between 0 and 4),
  unit_code text not null references units (code),
  task text not null,
  state text not null,
  assigned_at timestamptz not null,
  due_at timestamptz not null,
  warn_at timestamptz not null,
  warned_at timestamptz,
  overdue_at timestamptz,
  -- It came back once, and was not granted: it does not come back again.
  returned boolean not null default false,
  reworks integer not null default 0,
  reply text,
  ended_at timestamptz,
  version integer not null default 1,
  check ((kind = 'assist') = (level = 0)),
  check (kind = 'sub' or parent_id is null)
);
create index ticket_parts_by_ticket on ticket_parts (ticket_id);
create index ticket_parts_by_unit on ticket_parts (unit_code, assigned_at desc, id desc);
create index ticket_parts_to_warn on ticket_parts (warn_at)
  where warned_at is null and state in ('assigned', 'signedFor', 'handling', 'returned');
create index ticket_parts_to_mark on ticket_parts (due_at)
  where overdue_at is null and state in ('assigned', 'signedFor', 'handling', 'returned');

-- What was said within a unit stays there: the ticket's time line has the act and the hash of the words.
create table ticket_part_events (
  part_id uuid not null references ticket_parts (id),
  seq integer not null,
  at timestamptz not null,
  actor uuid references accounts (id),
  move text not null,
  from_state text,
  to_state text not null,
  words text not null,
  primary key (part_id, seq)
);
create trigger ticket_part_events_are_kept before update or delete on ticket_part_events
  for each row execute function refuse_ticket_event_change();
