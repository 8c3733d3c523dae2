-- Messages to citizens: written with what they speak of, sent by the worker, each with its proof. PostgreSQL alone holds
-- what is still to be sent.
create table citizen_messages (
  id uuid primary key,
  created_at timestamptz not null,
  kind text not null check (kind ~ '^[a-z][A-Za-z]{2,39}$'),
  number text not null check (number ~ '^[0-9]{3,20}$'),
  text text not null check (char_length(text) between 1 and 300),
  -- What it speaks of: line 12328, incident …
  subject_kind text not null,
  subject_id text not null,
  not_before timestamptz not null,
  -- When it was queued, or retried by a person: from then on it grows stale.
  wanted_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed', 'cancelled')),
  claimed_until timestamptz,
  -- Claims ever made: the proof of a holder. Failures since it was queued or retried: how long to wait.
  attempts integer not null default 0,
  failures integer not null default 0,
  driver text,
  proof text,
  failure text,
  finished_at timestamptz,
  -- Of two with the same key only the first is ever written.
  dedupe_key text not null unique,
  check ((state = 'sending') = (claimed_until is not null)),
  check ((state in ('sent', 'failed', 'cancelled')) = (finished_at is not null)),
  check (state <> 'sent' or (driver is not null and proof is not null))
);
create index citizen_messages_due on citizen_messages (not_before) where state = 'pending';
create index citizen_messages_claimed on citizen_messages (claimed_until) where state = 'sending';
create index citizen_messages_newest on citizen_messages (created_at desc, id desc);
create index citizen_messages_by_subject on citizen_messages (subject_kind, subject_id, created_at desc, id desc);
-- What was this number written lately, about this?
create index citizen_messages_by_number on citizen_messages (number, kind, subject_id, created_at);

create table message_settings (
  only_one boolean primary key default true check (only_one),
  -- Minutes of the local day; equal: no quiet hours.
  quiet_from_minute integer not null default 1320 check (quiet_from_minute between 0 and 1439),
  quiet_to_minute integer not null default 420 check (quiet_to_minute between 0 and 1439),
  retraining boolean not null default true
);
insert into message_settings default values;

-- Who dialled a merged number lately.
create index calls_ended_by_mode on calls (mode, ended_at);
