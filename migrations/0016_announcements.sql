-- Announcements of incidents: operational, heard on the next call without a version of the rules; with who asked to be told.
create table announcements (
  id uuid primary key,
  title text not null check (title ~ '\S'),
  -- Spoken, zh-CN.
  text text not null,
  -- Called lines in the one spelling; null: all.
  lines text[],
  -- {"areaCodes": [], "prefixes": [], "numbers": [], "unknownHear": false}; null: wherever the caller is.
  area jsonb,
  from_at timestamptz not null,
  until_at timestamptz not null,
  offer_key text check (offer_key ~ '^[0-9]$'),
  state text not null check (state in ('draft', 'live', 'closed', 'withdrawn', 'expired')),
  author_id uuid not null references accounts (id),
  created_at timestamptz not null,
  -- What is said to those on the list when it is over; it is said once this is there.
  ending text,
  -- When its words were last spoken into files, and what went wrong if something did.
  spoken_at timestamptz,
  spoken_failure text,
  check ((state in ('closed', 'withdrawn')) = (ending is not null))
);
create index announcements_live on announcements (until_at) where state = 'live';
create index announcements_newest on announcements (created_at desc, id desc);

create table announcement_events (
  seq bigint generated always as identity primary key,
  announcement_id uuid not null references announcements (id),
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
create index announcement_events_of on announcement_events (announcement_id, seq);

-- A number stands once on an incident's list, however often it pressed the key.
create table announcement_subscribers (
  announcement_id uuid not null references announcements (id),
  -- In the one spelling.
  number text not null,
  call_id uuid not null,
  asked_at timestamptz not null,
  -- message: in the outbox for citizens; byPhone: a number that no message reaches, somebody must call it.
  told text check (told in ('message', 'byPhone')),
  told_at timestamptz,
  primary key (announcement_id, number),
  check ((told is null) = (told_at is null))
);
create index announcement_subscribers_waiting on announcement_subscribers (announcement_id) where told is null;

create index call_facts_of_announcements on call_facts ((body->>'announcement'), at)
  where type in ('noticePlayed', 'noticeSubscribed');

create function notice_history_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the history of announcements and restrictions is append-only';
end $$;
create trigger announcement_events_append_only before update or delete or truncate on announcement_events
  for each statement execute function notice_history_is_append_only();
