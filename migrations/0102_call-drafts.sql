-- What an agent writes while a citizen talks, kept from the first second (D3): it outlives the page, the machine and call control.
-- Without a reference to calls: those come into the books by their facts, a moment later or, after an outage, much later.
create table call_drafts (
  call_id uuid primary key,
  version integer not null check (version > 0),
  words jsonb not null,
  has_words boolean not null,
  begun_at timestamptz not null,
  saved_at timestamptz not null,
  saved_by uuid not null references accounts (id),
  -- Everybody who wrote in it: a call that was transferred is written up by two.
  authors uuid[] not null
);
