-- Tickets, their append-only time line, deadlines, the working-time calendar and the outbox that feeds the jobs.
create table categories (
  code text primary key,
  parent_code text references categories (code),
  name text not null
);

create table calendar_days (
  -- Exceptions to Monday-to-Friday: public holidays and make-up working days, as the State Council announces them.
  day date primary key,
  working boolean not null,
  name text not null
);

create sequence ticket_number;

create table tickets (
  id uuid primary key,
  number text not null unique,
  call_id uuid references calls (id),
  type text not null check (type in ('ENQUIRY', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'PRAISE')),
  category_code text not null references categories (code),
  title text not null,
  content text not null,
  place text not null default '',
  confidential boolean not null default false,
  citizen_name text not null default '',
  citizen_number text not null default '',
  state text not null,
  unit_code text references units (code),
  line text,
  accepted_at timestamptz not null,
  dispatched_at timestamptz,
  closed_at timestamptz,
  created_by uuid references accounts (id),
  version integer not null default 1
);
create index tickets_by_state on tickets (state, accepted_at);
create index tickets_by_unit on tickets (unit_code, state);
create unique index tickets_one_per_call on tickets (call_id) where call_id is not null;
alter table call_outcomes add foreign key (ticket_id) references tickets (id) deferrable initially deferred;

create table ticket_events (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  seq integer not null,
  at timestamptz not null,
  actor uuid references accounts (id),
  from_state text,
  to_state text,
  type text not null,
  reason text not null default '',
  body jsonb not null default '{}',
  unique (ticket_id, seq)
);

create table deadlines (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  clock text not null check (clock in ('citizen', 'unit')),
  kind text not null check (kind in ('warning', 'overdue')),
  level integer not null check (level between 0 and 100),
  starts_at timestamptz not null,
  due_at timestamptz not null,
  preset text not null,
  explanation jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'claimed', 'done', 'cancelled')),
  -- Raised at each re-enqueue, so that a job id is never reused.
  generation integer not null default 0,
  enqueued_at timestamptz,
  claimed_until timestamptz,
  attempts integer not null default 0,
  finished_at timestamptz,
  unique (ticket_id, clock, kind, level)
);
create index deadlines_pending on deadlines (due_at) where state = 'pending';
create index deadlines_claimed on deadlines (claimed_until) where state = 'claimed';

create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index outbox_unsent on outbox (id) where sent_at is null;

create table idempotency_keys (
  account_id uuid not null references accounts (id) on delete cascade,
  key text not null,
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (account_id, key)
);
