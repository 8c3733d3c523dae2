-- Incidents with many appeals: appeals join and leave with a history and stay tickets; told together, closed one by one (RD-24, JS-33).
create sequence incident_number;
create table incidents (
  id uuid primary key,
  number text not null unique,
  title text not null check (title ~ '\S'),
  category_code text not null references categories (code),
  -- 余荡村; '' where it has no one place.
  area text not null default '',
  state text not null check (state in ('suspected', 'open', 'recovered', 'closed', 'dissolved')),
  -- Dispatched once, there.
  unit_code text references units (code),
  -- What is said of it on the telephone.
  announcement_id uuid references announcements (id),
  opened_at timestamptz not null,
  version integer not null default 1
);
create index incidents_newest on incidents (opened_at desc, id desc);
create unique index incidents_one_per_announcement on incidents (announcement_id) where announcement_id is not null;

create table incident_events (
  seq bigint generated always as identity primary key,
  incident_id uuid not null references incidents (id),
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
create index incident_events_of on incident_events (incident_id, seq);

create table incident_members (
  id uuid primary key,
  incident_id uuid not null references incidents (id),
  ticket_id uuid not null references tickets (id),
  joined_at timestamptz not null,
  -- null: the program itself
  joined_by uuid references accounts (id),
  joined_reason text not null default '',
  left_at timestamptz,
  left_by uuid references accounts (id),
  left_reason text,
  check ((left_at is null) = (left_reason is null))
);
-- In one incident at a time; how often it was in which stays.
create unique index incident_members_once on incident_members (ticket_id) where left_at is null;
create index incident_members_of on incident_members (incident_id, joined_at);

create table incident_broadcasts (
  id uuid primary key,
  incident_id uuid not null references incidents (id),
  kind text not null check (kind in ('progress', 'recovered')),
  text text not null,
  at timestamptz not null,
  by uuid not null references accounts (id),
  -- The key of each citizen's message begins with this: who has it gets it once.
  key text not null,
  queued integer not null,
  -- Tickets whose citizens no message reaches, or may reach: somebody calls them.
  by_phone uuid[] not null
);
create index incident_broadcasts_of on incident_broadcasts (incident_id, at);
create index tickets_fresh on tickets (accepted_at) where type <> 'PRAISE';
