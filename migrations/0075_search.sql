-- The search over entries and places: what each is found by, in tokens made by us; what operators know of citizens' words;
-- what was learned from what was quoted. All of it can be made anew from the entries and the places.
create table search_documents (
  kind text not null check (kind in ('entry', 'place')),
  ref uuid not null,
  title text not null,
  -- The version of an entry, the revision of a place.
  version integer not null,
  unit text,
  category text,
  areas text[] not null,
  lines text[] not null,
  is_public boolean not null,
  valid_from date,
  valid_to date,
  longitude double precision,
  latitude double precision,
  hours text not null default '',
  -- Weights: A the question or name, B other ways to ask, C the rest.
  tokens tsvector not null,
  quoted integer not null default 0,
  primary key (kind, ref)
);
-- Without a pending list: what an agent waits for is the reading.
create index search_documents_by_token on search_documents using gin (tokens) with (fastupdate = off);

create sequence search_revision;
create table search_terms (
  token text primary key,
  documents integer not null,
  -- Syllables with blanks between; null: two neighbours that are no word.
  sound text,
  revision bigint not null
);
create index search_terms_changed on search_terms (revision);

create table search_state (
  one boolean primary key default true check (one),
  documents integer not null default 0,
  -- Of the synonyms.
  synonyms integer not null default 0
);
insert into search_state default values;

-- What is to be read anew, in the order of its changes.
create table search_changes (
  n bigint generated always as identity primary key,
  kind text not null,
  ref uuid not null
);

create table search_synonyms (
  id uuid primary key,
  said text[] not null check (cardinality(said) > 0),
  means text[] not null check (cardinality(means) > 0),
  region text not null default '',
  changed_at timestamptz not null,
  changed_by uuid references accounts (id)
);

create table search_lessons (
  kind text not null,
  ref uuid not null,
  token text not null,
  times integer not null,
  primary key (kind, ref, token)
);
create index search_lessons_by_token on search_lessons (token);
create table search_learned (
  quote_id uuid primary key references knowledge_quotes (id),
  at timestamptz not null
);

create function note_entry_change() returns trigger language plpgsql as $$
begin
  insert into search_changes (kind, ref) values ('entry', new.entry_id);
  return null;
end $$;
-- A draft is found by nobody.
create trigger knowledge_versions_searched after insert or update of state on knowledge_versions
  for each row when (new.state not in ('draft', 'inCheck', 'returned', 'approved')) execute function note_entry_change();

create function note_place_change() returns trigger language plpgsql as $$
begin
  insert into search_changes (kind, ref) values ('place', new.id);
  return null;
end $$;
create trigger places_searched after insert or update on places
  for each row execute function note_place_change();

insert into search_changes (kind, ref) select 'entry', id from knowledge_entries;
