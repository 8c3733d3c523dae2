-- What citizens were told: which version in which call; and, when it was wrong, who is to hear so.
create table knowledge_quotes (
  id uuid primary key,
  call_id uuid not null references calls (id),
  entry_id uuid not null,
  version integer not null,
  at timestamptz not null,
  agent_id uuid not null references accounts (id),
  -- Whether the answer was written to the citizen as well, or why not.
  message text not null check (message in ('notAsked', 'queued', 'known', 'unreachable')),
  -- The wrong key was pressed, or the citizen was not content: it counts no more.
  retracted_at timestamptz,
  retraction text,
  foreign key (entry_id, version) references knowledge_versions (entry_id, number),
  check ((retracted_at is null) = (retraction is null))
);
create unique index knowledge_quotes_once on knowledge_quotes (call_id, entry_id, version) where retracted_at is null;
create index knowledge_quotes_by_version on knowledge_quotes (entry_id, version, at);
create index knowledge_quotes_by_time on knowledge_quotes (at);

-- What closed the call, where an answer did.
alter table call_outcomes add column quote_id uuid references knowledge_quotes (id);
create index call_outcomes_by_quote on call_outcomes (quote_id) where quote_id is not null;

create table knowledge_corrections (
  id uuid primary key,
  entry_id uuid not null references knowledge_entries (id),
  -- Those that were wrong.
  versions integer[] not null check (cardinality(versions) > 0),
  right_version integer,
  reason text not null,
  -- What a citizen is written; empty: each is called.
  message text not null check (char_length(message) <= 300),
  at timestamptz not null,
  by uuid not null references accounts (id),
  foreign key (entry_id, right_version) references knowledge_versions (entry_id, number)
);
create index knowledge_corrections_newest on knowledge_corrections (at desc, id desc);

-- One for each citizen who heard it, however often; who withheld his number is found by his call alone.
create table knowledge_correction_items (
  id uuid primary key,
  correction_id uuid not null references knowledge_corrections (id),
  caller_number text not null,
  -- The latest first.
  calls uuid[] not null check (cardinality(calls) > 0),
  heard_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'written', 'called', 'unreachable', 'dismissed')),
  note text not null default '',
  by uuid references accounts (id),
  settled_at timestamptz,
  check ((state = 'open') = (settled_at is null))
);
create index knowledge_correction_items_open on knowledge_correction_items (correction_id, heard_at desc, id)
  where state = 'open';
create index knowledge_correction_items_all on knowledge_correction_items (correction_id, heard_at desc, id);
