-- Threads: what one person appeals about again and again, or what many did over the years, found by a key that is not the number (H17, HM-09).
create table thread_secret (
  only_one boolean primary key default true check (only_one),
  secret bytea not null default sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
);
insert into thread_secret default values;

-- Who a citizen is without saying it: the same number gives the same key, and a key gives no number. null: he withheld it.
create table ticket_persons (
  ticket_id uuid primary key references tickets (id),
  key bytea
);
-- Looked for every few seconds among millions.
alter table tickets add column person_known boolean not null default false;
create index tickets_unthreaded on tickets (accepted_at, id) where not person_known;
create index ticket_events_by_time on ticket_events using brin (at);
create index ticket_persons_by_key on ticket_persons (key) where key is not null;

create function person_key(number text) returns bytea language sql stable as $$
  select sha256(s.secret || convert_to(number, 'UTF8') || s.secret) from thread_secret s
$$;

create sequence thread_number;
create table threads (
  id uuid primary key,
  number text not null unique,
  opened_at timestamptz not null,
  transfers integer not null default 0,
  -- 复杂案件: since when, and why.
  complex_at timestamptz,
  complex_reasons text[] not null default '{}',
  -- Looked at last; what happened to its tickets since is looked at again.
  reviewed_at timestamptz not null,
  merged_into uuid references threads (id),
  check ((complex_at is null) = (complex_reasons = '{}'))
);
create index threads_unreviewed on threads (opened_at) where reviewed_at = to_timestamp(0);
create index threads_complex on threads (complex_at desc) where complex_at is not null;

create table thread_members (
  id uuid primary key,
  thread_id uuid not null references threads (id),
  ticket_id uuid not null references tickets (id),
  joined_at timestamptz not null,
  -- null: the program itself
  joined_by uuid references accounts (id),
  joined_reason text not null,
  left_at timestamptz,
  left_by uuid references accounts (id),
  left_reason text,
  check ((left_at is null) = (left_reason is null))
);
create unique index thread_members_once on thread_members (ticket_id) where left_at is null;
create index thread_members_of on thread_members (thread_id, joined_at);
