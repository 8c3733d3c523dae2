-- The dispatch catalogue edited as a grid: what is put together in sittings, checked and replayed before it is published.
create table dispatch_drafts (
  id uuid primary key,
  title text not null check (title ~ '\S'),
  state text not null default 'draft' check (state in ('draft', 'published', 'discarded')),
  -- The version of the catalogue that its editor saw.
  based_on integer not null,
  revision integer not null default 1,
  -- The rows as they were written.
  content jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid references accounts (id),
  -- The version that it became.
  version integer,
  check ((state = 'published') = (version is not null))
);
create index dispatch_drafts_newest on dispatch_drafts (changed_at desc);
create index dispatch_lessons_first on dispatch_lessons (ticket_id, seq) where suggested is not null;
