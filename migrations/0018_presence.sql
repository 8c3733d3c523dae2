-- Presence as intervals with their limits, the catalogue of reasons, and an agent's other phone.
alter table presence_intervals
  -- Orders intervals that begin in the same millisecond.
  add column seq integer not null default 0,
  add column limit_ms integer check (limit_ms > 0),
  add column counts_as_rest boolean not null default false,
  add column of_call uuid,
  -- Sign-out by a lead: whose account, and the words.
  add column by_account uuid,
  add column note text;
drop index presence_by_agent;
-- An interval ends where the next one of the agent begins: a walk along this index.
create index presence_by_agent on presence_intervals (agent_id, at, seq);

create table presence_rules (
  only_one boolean primary key default true check (only_one),
  rules jsonb not null,
  revision integer not null check (revision > 0),
  changed_at timestamptz not null,
  changed_by uuid not null references accounts (id)
);

-- Beside the phone in `agents`: the desk phone of who has a browser phone, or the reverse.
create table agent_phones (
  name text primary key check (name ~ '^[a-z][a-z0-9-]{2,40}$'),
  agent_id uuid not null references agents (account_id) on delete cascade,
  kind text not null check (kind in ('browser', 'desk')),
  secret text not null,
  unique (agent_id, kind)
);
