-- The dispatch catalogue: who answers for which matter where, from when to when, and who said so at which version.
create table dispatch_catalogue (
  only_one boolean primary key default true check (only_one),
  -- Locked by whoever changes the catalogue: versions come one after the other.
  version integer not null default 0
);
insert into dispatch_catalogue default values;

create table dispatch_versions (
  version integer primary key,
  at timestamptz not null,
  -- null: the program itself
  by uuid references accounts (id),
  origin text not null check (origin in ('founding', 'edit', 'import', 'adjudication')),
  reason text not null,
  added integer not null,
  removed integer not null
);

-- Rows are never changed but for the version that took them out: each version can be read as it was.
create table dispatch_entries (
  id uuid primary key,
  area text not null,
  category text not null,
  asset text not null,
  lead_unit text not null references units (code),
  assist_units text[] not null,
  valid_from date not null,
  valid_to date,
  source text not null check (source in ('catalogue', 'adjudication')),
  source_ref text not null,
  basis text not null,
  added_in integer not null,
  removed_in integer,
  check (valid_to is null or valid_to >= valid_from),
  check (not lead_unit = any (assist_units))
);
create index dispatch_entries_by_key on dispatch_entries (category, area, asset);
create index dispatch_entries_standing on dispatch_entries (category, area, asset, valid_from, id)
  where removed_in is null;

-- Areas (a path: the part before a dot is what it lies in) and things that somebody owns, with what people call them.
create table dispatch_names (
  kind text not null check (kind in ('area', 'asset')),
  code text not null,
  name text not null,
  words text[] not null default '{}',
  added_in integer not null,
  removed_in integer
);
create unique index dispatch_names_standing on dispatch_names (kind, code) where removed_in is null;
