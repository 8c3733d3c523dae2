-- Queue callbacks, calls that the hotline makes, and calls that nobody answered as work.
alter table queues add column callback jsonb;

-- An outbound call is no request of a citizen's: it stands in none of the figures of calls that came in.
alter table calls
  add column direction text not null default 'inbound' check (direction in ('inbound', 'outbound')),
  add column purpose text check (purpose in ('queueCallback', 'missedCall', 'ticket', 'returnVisit')),
  add column callback_id uuid,
  add column about_ticket uuid,
  add column missed_call_id uuid,
  add column dial_outcome text,
  add constraint calls_outbound_has_purpose check ((direction = 'outbound') = (purpose is not null));
alter table calls drop constraint calls_result_check;
alter table calls add constraint calls_result_check check (result in ('answeredByAgent', 'answeredByUnit',
  'answeredByCentre', 'informed', 'messageLeft', 'abandoned', 'refused', 'lost', 'callbackPromised', 'reached',
  'notReached'));
drop index calls_open_outcome;
create index calls_open_outcome on calls (ended_at)
  where result in ('answeredByAgent', 'answeredByUnit', 'answeredByCentre', 'reached');
create index calls_by_caller on calls (caller_number, arrived_at);
create index calls_missed on calls (ended_at) where result in ('abandoned', 'lost');
create index calls_about_ticket on calls (about_ticket, arrived_at) where about_ticket is not null;

-- As call control told it last; `body` is what a successor goes on with.
create table callbacks (
  id uuid primary key,
  number text not null check (number ~ '^[0-9]{3,20}$'),
  queue text not null,
  line text,
  call_id uuid not null,
  ticket_id uuid,
  state text not null check (state in ('onLine', 'waiting', 'dialling', 'resting', 'fulfilled', 'cancelled', 'failed',
    'expired')),
  seq integer not null,
  since_at timestamptz not null,
  requested_at timestamptz not null,
  valid_until timestamptz not null,
  due_at timestamptz,
  attempts integer not null,
  last_outcome text,
  ended_at timestamptz,
  body jsonb not null,
  check ((state in ('fulfilled', 'cancelled', 'failed', 'expired')) = (ended_at is not null))
);
create index callbacks_newest on callbacks (requested_at desc, id desc);
create index callbacks_open on callbacks (since_at) where ended_at is null;
create index callbacks_by_number on callbacks (number, requested_at);

create table callback_moves (
  id uuid primary key,
  callback_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  move text not null,
  state text not null,
  -- The call by which it moved, the account that asked for it, and what else there is to say of it.
  call_id uuid,
  by_account uuid,
  detail text not null default ''
);
create index callback_moves_by_callback on callback_moves (callback_id, seq);

create table missed_calls (
  id uuid primary key,
  number text not null check (number ~ '^[0-9]{3,20}$'),
  line text,
  queue text,
  why text not null check (why in ('abandoned', 'lost', 'callbackFailed', 'callbackExpired')),
  calls integer not null check (calls > 0),
  first_at timestamptz not null,
  last_at timestamptz not null,
  longest_wait_ms integer not null,
  state text not null default 'open' check (state in ('open', 'claimed', 'done', 'obsolete')),
  claimed_by uuid references accounts (id),
  claimed_until timestamptz,
  closed_at timestamptz,
  closed_by uuid references accounts (id),
  result text check (result in ('reached', 'notReached', 'notNeeded')),
  note text not null default '',
  check ((state = 'claimed') = (claimed_until is not null)),
  check ((state in ('done', 'obsolete')) = (closed_at is not null)),
  check ((state = 'done') = (result is not null))
);
create unique index missed_calls_one_open on missed_calls (number) where state in ('open', 'claimed');
create index missed_calls_newest on missed_calls (last_at desc, id desc);

-- Each call is taken into the list once. null: looked at, and nobody to call.
create table missed_call_entries (
  call_id uuid primary key,
  missed_call_id uuid references missed_calls (id)
);
-- Who took what when: the quota of the hour counts these.
create table missed_call_claims (
  id bigint generated always as identity primary key,
  missed_call_id uuid not null references missed_calls (id),
  at timestamptz not null,
  account_id uuid not null references accounts (id)
);
create index missed_call_claims_at on missed_call_claims (at);

create table outbound_rules (
  only_one boolean primary key default true check (only_one),
  rules jsonb not null,
  revision integer not null check (revision > 0),
  changed_at timestamptz not null,
  changed_by uuid not null references accounts (id)
);
