-- Who works here: units, accounts with roles, sessions, agents with their phones. Everything else refers to these.
create table municipality (
  only_one boolean primary key default true check (only_one),
  name text not null,
  area_code text not null check (area_code ~ '^0[0-9]{2,3}$'),
  time_zone text not null,
  main_number text not null,
  general_queue text not null
);

create table units (
  code text primary key check (code ~ '^[a-z0-9-]{2,40}$'),
  name text not null unique,
  kind text not null check (kind in ('government', 'public-utility', 'enterprise', 'centre')),
  created_at timestamptz not null default now()
);

create table accounts (
  id uuid primary key,
  username text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{1,39}$'),
  display_name text not null,
  password_hash text not null,
  roles text[] not null check (roles <@ array['agent','lead','operator','supervisor','returnVisitor','unit','admin']),
  unit_code text references units (code),
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  check (not 'unit' = any (roles) or unit_code is not null)
);

create table sessions (
  -- SHA-256 of the token; the token itself is only with its owner.
  token_hash bytea primary key,
  account_id uuid not null references accounts (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_expiry on sessions (expires_at);

create table queues (
  code text primary key check (code ~ '^[a-z0-9-]{2,40}$'),
  name text not null,
  overflow_queue text references queues (code),
  overflow_after_ms integer check (overflow_after_ms > 0),
  ring_timeout_ms integer not null default 15000 check (ring_timeout_ms between 3000 and 60000),
  wrap_up_ms integer not null default 30000 check (wrap_up_ms between 0 and 600000),
  check ((overflow_queue is null) = (overflow_after_ms is null)),
  check (overflow_queue <> code)
);

create table agents (
  account_id uuid primary key references accounts (id) on delete cascade,
  number text not null unique check (number ~ '^[0-9]{3,8}$'),
  employer text not null,
  phone_name text not null unique check (phone_name ~ '^[a-z][a-z0-9-]{2,40}$'),
  phone_kind text not null check (phone_kind in ('browser', 'desk')),
  -- Needed in clear to configure the switch (digest authentication); readable by the service's own database role only.
  phone_secret text not null
);

create table agent_queues (
  agent_id uuid not null references agents (account_id) on delete cascade,
  queue_code text not null references queues (code),
  primary key (agent_id, queue_code)
);

create table presence_intervals (
  id uuid primary key,
  agent_id uuid not null,
  state text not null,
  reason text,
  at timestamptz not null
);
create index presence_by_agent on presence_intervals (agent_id, at);
