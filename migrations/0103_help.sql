-- An agent in a talk asks his lead (D10): who asks since when, what became of it, and the words of both, one thread a call.
create table help_requests (
  id uuid primary key,
  call_id uuid not null,
  agent_id uuid not null references accounts (id),
  asked_at timestamptz not null,
  state text not null check (state in ('open', 'answered', 'withdrawn', 'callOver')),
  ended_at timestamptz,
  ended_by uuid references accounts (id),
  how text check (how in ('typed', 'monitor', 'whisper', 'barge', 'takeOver')),
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'answered') = (how is not null))
);
create unique index help_requests_one_open on help_requests (call_id, agent_id) where state = 'open';
create index help_requests_of_call on help_requests (call_id, asked_at);
create index help_requests_by_day on help_requests (asked_at);

create table help_lines (
  id uuid primary key,
  call_id uuid not null,
  said_by uuid not null references accounts (id),
  from_lead boolean not null,
  at timestamptz not null,
  text text not null
);
create index help_lines_of_call on help_lines (call_id, at);
