-- Facts of calls as call control told them (append-only), and the row per call that is derived from them.
create table call_facts (
  id uuid primary key,
  call_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  type text not null,
  body jsonb not null,
  written_at timestamptz not null default now()
);
create index call_facts_by_call on call_facts (call_id, seq);

create table calls (
  id uuid primary key,
  arrived_at timestamptz not null,
  trunk text not null,
  dialled text not null,
  caller_number text not null,
  line text,
  mode text,
  recognised_by text,
  confidence text,
  configuration_version bigint,
  answered_at timestamptz,
  queue text,
  queued_at timestamptz,
  agent_id uuid,
  talk_started_at timestamptz,
  ended_at timestamptz,
  released_by text check (released_by in ('caller', 'agent', 'unit', 'system')),
  result text check (result in ('answeredByAgent', 'answeredByUnit', 'abandoned', 'refused', 'lost')),
  recording text not null default ''
);
-- The call list walks from the newest backwards and breaks ties by id.
create index calls_arrived on calls (arrived_at desc, id desc);
create index calls_open_outcome on calls (ended_at) where result in ('answeredByAgent', 'answeredByUnit');

create table call_legs (
  call_id uuid not null references calls (id),
  leg text not null,
  agent_id uuid,
  number text,
  reason text not null default '',
  rang_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  how text,
  primary key (call_id, leg)
);

-- Every answered call ends in exactly one outcome (RD-23): 41 084 = 32 340 + 8 744.
create table call_outcomes (
  call_id uuid primary key references calls (id),
  outcome text not null check (outcome in ('answeredOnSpot', 'ticket', 'invalid')),
  type text check (type in ('ENQUIRY', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'PRAISE')),
  category text,
  ticket_id uuid,
  reason text,
  -- null: closed by the system because nobody said otherwise in time
  closed_by uuid references accounts (id),
  closed_at timestamptz not null,
  check ((outcome = 'ticket') = (ticket_id is not null)),
  check (outcome <> 'answeredOnSpot' or (type is not null and category is not null)),
  check (outcome <> 'invalid' or reason is not null)
);
