-- Tickets, their append-only time line, deadlines, the working-time calendar and the outbox that feeds the jobs.
create table categories (
  code text primary key,
  parent_code text references categories (code),
  name text not null
);

-- Where the automatic closing of forgotten calls puts them; every database has it.
insert into categories (code, name) values ('uncategorised', '未分类');

-- The announced years (国办发明电) up to the release come with the program. Here stands what is newer, or the county's
-- own. A year is known once it is in calendar_years; until then a deadline that reaches into it is provisional.
create table calendar_years (
  year integer primary key check (year between 2000 and 2100),
  basis text not null,
  entered_at timestamptz not null default now()
);
create table calendar_days (
  day date primary key,
  working boolean not null,
  name text not null
);

create table ticket_settings (
  only_one boolean primary key default true check (only_one),
  number_prefix text not null default 'YH' check (number_prefix ~ '^[A-Z]{1,8}$'),
  preset text not null default 'jiangsu-3-5',
  forgotten_call_minutes integer not null default 30 check (forgotten_call_minutes between 1 and 1440),
  -- [{"fromMinute": 540, "toMinute": 720}, ...]; null: the usual 09:00-12:00 and 14:00-18:00
  periods jsonb
);
insert into ticket_settings default values;

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
  -- The last number on the time line; raising it locks the row, so that the time line has no gap and no double.
  version integer not null default 0
);
create index tickets_newest on tickets (accepted_at desc, id desc);
create index tickets_by_state on tickets (state, accepted_at desc, id desc);
create index tickets_by_unit on tickets (unit_code, accepted_at desc, id desc);
create unique index tickets_one_per_call on tickets (call_id) where call_id is not null;
alter table call_outcomes add foreign key (ticket_id) references tickets (id) deferrable initially deferred;

create table ticket_events (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  seq integer not null,
  at timestamptz not null,
  -- null: the program itself
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
  -- How the whole limit was counted, day by day; kept once, with the mark at its end.
  explanation jsonb check (kind = 'warning' or explanation is not null),
  -- Counted with a calendar that did not reach the end; counted again when its years are entered.
  provisional boolean not null default false,
  state text not null default 'pending' check (state in ('pending', 'claimed', 'done', 'cancelled')),
  -- Raised at each re-enqueue, so that a job id is never reused.
  generation integer not null default 0,
  enqueued_at timestamptz,
  claimed_until timestamptz,
  attempts integer not null default 0,
  finished_at timestamptz,
  check ((state = 'claimed') = (claimed_until is not null)),
  check ((state in ('done', 'cancelled')) = (finished_at is not null)),
  unique (ticket_id, clock, kind, level)
);
create index deadlines_to_enqueue on deadlines (due_at) where state = 'pending' and enqueued_at is null;
create index deadlines_enqueued on deadlines (due_at) where state = 'pending' and enqueued_at is not null;
create index deadlines_provisional on deadlines (ticket_id) where provisional and state = 'pending';
create index deadlines_claimed on deadlines (claimed_until) where state = 'claimed';

create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  -- Why a row could not be read; it was set aside (sent_at is set) so that it holds up no others.
  failure text
);
create index outbox_unsent on outbox (id) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

create table idempotency_keys (
  account_id uuid not null references accounts (id) on delete cascade,
  key text not null,
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (account_id, key)
);
