-- How each talk was heard (D9): measured by the agent's browser phone, told once at the end of the leg. What was not measured is not here.
create table talk_quality (
  call_id uuid not null,
  leg text not null,
  agent_id uuid not null references accounts (id),
  measured_at timestamptz not null,
  seconds integer not null check (seconds > 0),
  loss real not null check (loss between 0 and 1),
  jitter_ms real not null check (jitter_ms >= 0),
  round_trip_ms real check (round_trip_ms >= 0),
  mos real not null check (mos between 1 and 4.5),
  worst_mos real not null check (worst_mos between 1 and 4.5),
  bad boolean not null,
  primary key (call_id, leg)
);
create index talk_quality_by_day on talk_quality (measured_at);
