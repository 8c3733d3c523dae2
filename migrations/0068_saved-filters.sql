-- Filters of lists that somebody keeps under a name for himself, or for everybody of a role.
create table saved_filters (
  id uuid primary key,
  owner uuid not null references accounts (id),
  -- The operation that reads the list.
  list text not null check (list ~ '^list[A-Z][A-Za-z]{1,40}$'),
  name text not null,
  query jsonb not null,
  shared_with text[] not null default '{}',
  saved_at timestamptz not null,
  unique (owner, list, name)
);
create index saved_filters_shared on saved_filters using gin (shared_with);
