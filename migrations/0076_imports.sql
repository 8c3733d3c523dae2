-- Files that are brought in: read line by line when they come, written as a whole by the worker, with its progress.
create table imports (
  id uuid primary key,
  kind text not null check (kind in ('entries', 'places')),
  file_name text not null,
  -- Entries: told at once, after another person said so; else they are drafts.
  publish boolean not null,
  state text not null check (state in ('waiting', 'pending', 'running', 'done', 'failed', 'rejected')),
  -- How many lines are to be written, and how many of them were looked at so far.
  lines integer not null,
  looked_at integer not null default 0,
  -- [{"line": ..., "code": ..., "field": ..., "wrong": ..., "right": ...}]
  refused jsonb not null,
  -- {"added": ..., "changed": ..., "same": ..., "busy": [...]}
  outcome jsonb,
  failure text,
  by uuid not null references accounts (id),
  at timestamptz not null,
  decided_by uuid references accounts (id),
  decided_at timestamptz,
  held_until timestamptz,
  attempt integer not null default 0,
  finished_at timestamptz,
  -- Whoever brings words in does not say himself that citizens are told them.
  check (decided_by is null or decided_by <> by)
);
create index imports_open on imports (at) where state in ('pending', 'running');

create table import_lines (
  import_id uuid not null references imports (id) on delete cascade,
  line integer not null,
  code text not null,
  content jsonb not null,
  primary key (import_id, line)
);
