-- Nuisance callers (C15): note, limit, block, each with an end, approval by another person and a way to appeal.
create table restriction_settings (
  only_one boolean primary key default true check (only_one),
  -- How long a limit or a block may last at most.
  days_at_most integer not null default 30 check (days_at_most between 1 and 365)
);
insert into restriction_settings default values;

create table restrictions (
  id uuid primary key,
  -- In the one spelling. Emergency numbers are never restricted, whatever the program believes (invariant 11).
  number text not null check (number ~ '^[0-9]{3,20}$' and number not in ('110', '119', '120', '122')),
  step text not null check (step in ('note', 'limit', 'block')),
  calls_per_hour integer check (calls_per_hour between 1 and 60),
  hours integer not null check (hours between 1 and 8784),
  from_at timestamptz not null,
  until_at timestamptz not null,
  note text not null,
  reason text not null,
  state text not null check (state in ('requested', 'active', 'rejected', 'withdrawn', 'lifted', 'ended')),
  requested_by uuid not null references accounts (id),
  requested_at timestamptz not null,
  approved_by uuid references accounts (id),
  check ((step = 'limit') = (calls_per_hour is not null)),
  check (until_at > from_at),
  -- Never by one person alone.
  check (step = 'note' or state not in ('active', 'lifted', 'ended') or approved_by is not null),
  check (approved_by <> requested_by)
);
create unique index restrictions_one_of_a_step on restrictions (number, step) where state in ('requested', 'active');
create index restrictions_by_number on restrictions (number, requested_at desc);
create index restrictions_newest on restrictions (requested_at desc, id desc);

create table restriction_events (
  seq bigint generated always as identity primary key,
  restriction_id uuid not null references restrictions (id),
  at timestamptz not null,
  -- null: the program itself
  actor_id uuid references accounts (id),
  move text not null,
  from_state text,
  to_state text not null,
  reason text not null default '',
  address text not null default '',
  request_id text not null default ''
);
create index restriction_events_of on restriction_events (restriction_id, seq);
create trigger restriction_events_append_only before update or delete or truncate on restriction_events
  for each statement execute function notice_history_is_append_only();

create table restriction_appeals (
  id uuid primary key,
  restriction_id uuid not null references restrictions (id),
  state text not null check (state in ('open', 'granted', 'dismissed')),
  text text not null check (text ~ '\S'),
  -- null: the citizen himself, through the open way
  recorded_by uuid references accounts (id),
  recorded_at timestamptz not null,
  decided_by uuid references accounts (id),
  decided_at timestamptz,
  answer text,
  check ((state = 'open') = (decided_by is null)),
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (answer is null)),
  check (decided_by <> recorded_by)
);
create unique index restriction_appeals_one_open on restriction_appeals (restriction_id) where state = 'open';

create index call_facts_of_restrictions on call_facts ((body->>'restriction'), at) where type = 'farewell';
