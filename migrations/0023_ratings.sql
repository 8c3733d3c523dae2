-- Citizens say how a talk was: whether a desk's are asked, and what they said of which agent.
alter table queues add column rating text not null default 'off' check (rating in ('off', 'keys', 'keysOrMessage'));

-- One a call: of the agent who talked with the citizen last. `grade` 5 is best; null where none was given.
create table call_ratings (
  call_id uuid primary key,
  at timestamptz not null,
  agent_id uuid,
  how text not null check (how in ('rated', 'invalid', 'silent', 'hungUp', 'unasked')),
  grade smallint check (grade between 1 and 5),
  check ((grade is not null) = (how = 'rated'))
);
create index on call_ratings (at);

-- Who hung up before he could be asked.
create index calls_ended_by_citizen on calls (ended_at) where result = 'answeredByAgent' and released_by = 'caller';
