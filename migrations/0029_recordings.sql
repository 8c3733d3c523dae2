-- Recordings as segments with their state, so that what is missing is known; alarms that somebody must see.
create table recordings (
  id uuid primary key default gen_random_uuid(),
  call_id uuid not null references calls (id),
  -- main: the citizen's, from the greeting to the end; others are of staff among themselves.
  segment text not null check (segment ~ '^[a-z0-9]{1,20}$'),
  kind text not null check (kind in ('conversation', 'internal')),
  state text not null check (state in ('notRequested', 'started', 'stored', 'partial', 'failed')),
  state_at timestamptz not null,
  fault text,
  began_at timestamptz not null,
  ended_at timestamptz,
  -- Below the folder of recordings: as the switch writes it (null once it was taken over), and as it is kept.
  source text,
  file text,
  channels smallint,
  duration_ms integer,
  -- How long each channel was heard at all.
  heard_ms integer[] not null default '{}',
  bytes bigint,
  sha256 bytea check (length(sha256) = 32),
  gaps jsonb not null default '[]',
  -- When to look at the file, and how often it was missed.
  look_at timestamptz not null,
  looks integer not null default 0,
  stalled_at timestamptz,
  -- For retention: until then at least; held: no matter how old.
  keep_until date,
  held boolean not null default false,
  unique (call_id, segment),
  check ((state in ('stored', 'partial')) = (sha256 is not null and file is not null))
);
create index recordings_to_look_at on recordings (look_at) where source is not null;
create index recordings_newest on recordings (began_at desc, id desc);
create index recordings_wanting on recordings (began_at desc) where state in ('partial', 'failed');

-- What was recorded before: one channel, to be measured and sealed where it lies.
insert into recordings (call_id, segment, kind, state, state_at, began_at, ended_at, source, look_at)
  select id, 'main', 'conversation', 'started', now(), arrived_at, ended_at, recording, now()
  from calls where recording <> '';

-- Who listened to what, and why; each has its line in the audit trail under the same id. The sound is served under it.
create table recording_listens (
  id uuid primary key,
  call_id uuid not null references calls (id),
  segment text not null,
  account_id uuid not null references accounts (id),
  purpose text not null check (length(purpose) between 2 and 200),
  at timestamptz not null,
  until timestamptz not null
);
create index recording_listens_by_call on recording_listens (call_id, at);

create table alarms (
  id uuid primary key,
  -- The same for the same trouble: it is open once, however often it comes.
  key text not null,
  kind text not null,
  detail text not null,
  -- The latest that it concerned: a call, a folder.
  subject text not null default '',
  times integer not null default 1,
  raised_at timestamptz not null,
  last_at timestamptz not null,
  closed_at timestamptz,
  -- null: the trouble went by itself
  closed_by uuid references accounts (id),
  closing_reason text,
  check ((closed_at is null) = (closing_reason is null))
);
create unique index alarms_open on alarms (key) where closed_at is null;
create index alarms_newest on alarms (raised_at desc, id desc);
