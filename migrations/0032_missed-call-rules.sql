-- Which missed calls are written to, and how many are called back in an hour.
create table missed_call_rules (
  only_one boolean primary key default true check (only_one),
  rules jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid not null references accounts (id)
);
create index calls_answered_by_caller on calls (caller_number, talk_started_at) where talk_started_at is not null;
