-- Places and services that citizens ask for: where, when open, by whom looked after; partners and volunteers among them.
alter table units drop constraint units_kind_check;
alter table units add constraint units_kind_check
  check (kind in ('government', 'public-utility', 'enterprise', 'centre', 'volunteer'));

create table places (
  id uuid primary key,
  -- Of the file it came with; a file brought in again finds its places by it.
  code text not null unique check (code <> ''),
  name text not null check (name <> ''),
  -- Other names, and what people look for there.
  also text[] not null default '{}',
  address text not null,
  area text not null default '',
  -- WGS 84 or what the map of the municipality uses, all in one; null: none known, e.g. a platform on the telephone.
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  telephone text not null default '',
  -- As domain/knowledge/places/opening-hours reads it; empty: not known.
  hours text not null default '',
  category text not null references categories (code),
  keeper text not null check (keeper in ('unit', 'partner', 'volunteer', 'platform')),
  -- Whose it is, or who answers for what is written here.
  unit_code text references units (code),
  -- Under which it can be dispatched to, once it was made a target.
  target_code text unique references units (code),
  note text not null default '',
  is_public boolean not null default true,
  verified_on date,
  verified_by uuid references accounts (id),
  -- Closed for good: kept for what was said of it, and found by nobody.
  closed_on date,
  is_sample boolean not null default false,
  revision integer not null default 1,
  changed_at timestamptz not null,
  check ((longitude is null) = (latitude is null)),
  check (keeper <> 'unit' or unit_code is not null)
);
create index places_near on places (latitude, longitude) where closed_on is null and latitude is not null;
create index places_by_category on places (category) where closed_on is null;
create index places_to_verify on places (verified_on nulls first) where closed_on is null;

create table place_changes (
  place_id uuid not null references places (id),
  revision integer not null,
  at timestamptz not null,
  -- null: the program itself
  by uuid references accounts (id),
  what text not null check (what in ('added', 'changed', 'verified', 'closed', 'reopened', 'madeTarget')),
  -- As it is from then on.
  content jsonb not null,
  primary key (place_id, revision)
);
