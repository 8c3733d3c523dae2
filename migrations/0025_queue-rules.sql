-- How calls wait: priority, skills, thresholds of overflow, the agent who knows the citizen first, what is said, the last resort.
-- The defaults are what their absence meant.
alter table queues
  add column overflow_waiting integer check (overflow_waiting > 0),
  add column overflow_longest_ms integer check (overflow_longest_ms > 0),
  add column overflow_unstaffed boolean not null default false,
  add column priority integer not null default 5 check (priority between 1 and 9),
  add column skills text,
  add column owner_first_ms integer not null default 0 check (owner_first_ms between 0 and 60000),
  add column tells_place boolean not null default false,
  add column last_resort text not null default 'wait' check (last_resort in ('wait', 'message')),
  add column last_resort_after_ms integer check (last_resort_after_ms > 0),
  add check ((last_resort = 'wait') = (last_resort_after_ms is null));

alter table lines add column skills text;

create table agent_skills (
  agent_id uuid not null references agents (account_id) on delete cascade,
  skill text not null check (skill ~ '^[a-z][a-z0-9-]{0,39}$'),
  level integer not null check (level between 1 and 9),
  primary key (agent_id, skill)
);
