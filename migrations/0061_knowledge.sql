-- The knowledge base: what units say about a question, in versions whose words nobody rewrites, and what became of each.
create sequence knowledge_number;

create table knowledge_entries (
  id uuid primary key,
  number text not null unique,
  owner_unit text not null references units (code),
  origin text not null check (origin in ('written', 'enquiry', 'expert', 'import', 'sample')),
  -- The ticket, the call, the line of a file it was made from: made once, however often that is tried.
  origin_ref text not null default '',
  created_at timestamptz not null,
  created_by uuid references accounts (id),
  -- Raised by whatever changes the entry: a screen tells by it what it saw.
  revision integer not null default 1
);
create unique index knowledge_entries_by_origin on knowledge_entries (origin, origin_ref) where origin_ref <> '';
create index knowledge_entries_by_owner on knowledge_entries (owner_unit, number);

create table knowledge_versions (
  entry_id uuid not null references knowledge_entries (id),
  number integer not null check (number > 0),
  question text not null,
  other_ways text[] not null,
  answer text not null,
  message text not null,
  public_text text not null,
  internal_text text not null,
  is_public boolean not null,
  -- [{"document": ..., "clause": ..., "link": ...}]
  basis jsonb not null,
  categories text[] not null,
  areas text[] not null,
  lines text[] not null,
  valid_from date not null,
  valid_to date,
  -- [{"id": ..., "name": ...}]
  attachments jsonb not null,
  -- null: the program itself
  author uuid references accounts (id),
  written_at timestamptz not null,
  state text not null check (state in ('draft', 'inCheck', 'returned', 'approved', 'published', 'emergency', 'expired',
    'withdrawn', 'replaced')),
  state_since timestamptz not null,
  submitted_by uuid references accounts (id),
  published_by uuid references accounts (id),
  published_at timestamptz,
  -- By when another person must have looked at what was published at once.
  review_due_at timestamptz,
  primary key (entry_id, number),
  check (valid_to is null or valid_to >= valid_from),
  check (state <> 'emergency' or review_due_at is not null),
  check (state not in ('published', 'emergency') or published_at is not null)
);
create index knowledge_versions_told on knowledge_versions (entry_id, number desc) where state in ('published', 'emergency');
create index knowledge_versions_ending on knowledge_versions (valid_to) where state in ('published', 'emergency');
create index knowledge_versions_to_review on knowledge_versions (review_due_at) where state = 'emergency';
create index knowledge_versions_by_state on knowledge_versions (state, state_since desc);
create index knowledge_versions_by_category on knowledge_versions using gin (categories);

-- What a citizen was told must be read as he was told it.
create function keep_knowledge_words() returns trigger language plpgsql as $$
begin
  if (old.question, old.other_ways, old.answer, old.message, old.public_text, old.internal_text, old.is_public, old.basis,
      old.categories, old.areas, old.lines, old.valid_from, old.valid_to, old.attachments, old.author, old.written_at)
    is distinct from
     (new.question, new.other_ways, new.answer, new.message, new.public_text, new.internal_text, new.is_public, new.basis,
      new.categories, new.areas, new.lines, new.valid_from, new.valid_to, new.attachments, new.author, new.written_at)
  then
    raise exception 'a version of a knowledge entry is never rewritten';
  end if;
  return new;
end $$;
create trigger knowledge_versions_kept before update on knowledge_versions
  for each row execute function keep_knowledge_words();

-- Papers that go with entries; what is in one is never changed.
create table knowledge_files (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 120),
  media_type text not null,
  bytes bytea not null check (octet_length(bytes) between 1 and 5242880),
  added_at timestamptz not null,
  added_by uuid not null references accounts (id)
);

create table knowledge_events (
  entry_id uuid not null references knowledge_entries (id),
  seq integer not null,
  version integer not null,
  at timestamptz not null,
  -- null: the program itself
  actor uuid references accounts (id),
  move text not null,
  from_state text,
  to_state text not null,
  reason text not null default '',
  primary key (entry_id, seq)
);

-- What was looked for, by whom and with which success: what nobody could answer is what is to be written next.
create table knowledge_searches (
  id uuid primary key,
  at timestamptz not null,
  -- null: the public
  account_id uuid references accounts (id),
  call_id uuid,
  line text,
  -- Numbers in it are hidden before it is written.
  words text not null,
  hits integer not null check (hits >= 0),
  -- The best of them.
  entry_id uuid references knowledge_entries (id)
);
create index knowledge_searches_by_time on knowledge_searches (at desc);
create index knowledge_searches_in_vain on knowledge_searches (at desc) where hits = 0;
