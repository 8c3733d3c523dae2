-- Code lists in editions with a way from each to the next (H2); appeals of the kind 其他, local sub-types and theme tags (H1).
alter table tickets drop constraint tickets_type_check;
alter table tickets add constraint tickets_type_check
  check (type in ('ENQUIRY', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'PRAISE', 'OTHER'));
alter table call_outcomes drop constraint call_outcomes_type_check;
alter table call_outcomes add constraint call_outcomes_type_check
  check (type in ('ENQUIRY', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'PRAISE', 'OTHER'));

create table code_editions (
  -- One of ours, or `category@province`: somebody else's, that ours are mapped to.
  list text not null check (list ~ '^(category|area|unit|type|tag)(@[a-z0-9-]{2,40})?$'),
  number integer not null check (number > 0),
  state text not null check (state in ('draft', 'published', 'inForce', 'ended', 'withdrawn', 'discarded')),
  title text not null check (title ~ '\S'),
  -- The paper that it rests on.
  basis text not null default '',
  valid_from date not null,
  -- Where the paper names a last day; null: until another begins.
  valid_to date check (valid_to >= valid_from),
  -- The edition that it follows on, which its mapping leads from; of somebody else's list the edition of ours.
  based_on integer,
  -- Raised by each edit: a grid tells by it what it saw.
  revision integer not null default 1,
  -- Whoever had a hand in it; the program itself is nobody.
  editors uuid[] not null default '{}',
  drafted_at timestamptz not null,
  published_at timestamptz,
  published_by uuid references accounts (id),
  reason text not null default '',
  -- From when to when what was written bore its codes.
  in_force_at timestamptz,
  ended_at timestamptz,
  primary key (list, number),
  check ((state in ('inForce', 'ended')) = (in_force_at is not null)),
  check ((state = 'ended') = (ended_at is not null))
);
create unique index code_editions_one_in_force on code_editions (list) where state = 'inForce';
create unique index code_editions_one_draft on code_editions (list) where state = 'draft';
create index code_editions_waiting on code_editions (valid_from) where state = 'published';

-- The whole list of each edition. Of the edition in force of categories, areas and units the register itself is the list; here
-- it is written down when it gives way.
create table code_terms (
  list text not null,
  edition integer not null,
  code text not null,
  parent_code text,
  name text not null,
  words text[] not null default '{}',
  unit_kind text,
  -- As the grid orders them.
  place integer not null,
  primary key (list, edition, code),
  foreign key (list, edition) references code_editions (list, number)
);

create table code_mappings (
  list text not null,
  edition integer not null,
  from_code text not null,
  to_code text not null,
  -- Where several come of one: where it counts while nobody knows which.
  main boolean not null,
  primary key (list, edition, from_code, to_code),
  foreign key (list, edition) references code_editions (list, number)
);

create table code_events (
  list text not null,
  edition integer not null,
  at timestamptz not null,
  -- null: the program itself
  actor uuid references accounts (id),
  move text not null,
  reason text not null default ''
);
create index code_events_of on code_events (list, edition, at);

-- What a code that stands no more is today; made anew whenever an edition begins.
create table code_paths (
  list text not null,
  code text not null,
  now_code text not null,
  main boolean not null,
  primary key (list, code, now_code)
);
create unique index code_paths_main on code_paths (list, code) where main;
create index code_paths_by_now on code_paths (list, now_code);

insert into code_editions (list, number, state, title, valid_from, drafted_at, in_force_at)
  select list, 1, 'inForce', '启用时的代码表', '2000-01-01', now(), '-infinity'
  from unnest(array['category', 'area', 'unit', 'type', 'tag']) list;

-- A code that stands no more is not deleted: what bears it keeps it.
alter table categories
  add column ended_at timestamptz,
  -- Since when it is called so and lies there; what is older looks it up in the edition of its day.
  add column since timestamptz not null default '-infinity';
alter table units
  add column ended_at timestamptz,
  add column since timestamptz not null default '-infinity';

alter table tickets
  add column subtype_code text,
  -- Of the list of theme tags, across all types and categories.
  add column tags text[] not null default '{}',
  -- When somebody corrected its category: since then it bears the code of that day; null: of the day it was accepted.
  add column coded_at timestamptz;
alter table call_outcomes
  add column subtype_code text,
  add column tags text[] not null default '{}';
create index tickets_by_tag on tickets using gin (tags) where tags <> '{}';
create index call_outcomes_closed on call_outcomes (closed_at) where outcome = 'answeredOnSpot';

alter table dispatch_versions drop constraint dispatch_versions_origin_check;
alter table dispatch_versions add constraint dispatch_versions_origin_check
  check (origin in ('founding', 'edit', 'import', 'adjudication', 'codes', 'draft', 'rollback'));

create function present_code(of_list text, of_code text) returns text language sql stable parallel safe as $$
  select coalesce((select p.now_code from code_paths p where p.list = of_list and p.code = of_code and p.main), of_code)
$$;

-- Every code that counts as this one today, itself among them.
create function same_codes(of_list text, of_code text) returns text[] language sql stable parallel safe as $$
  select array[of_code, present_code(of_list, of_code)] || array(
    select p.code from code_paths p where p.list = of_list and p.main and p.now_code = present_code(of_list, of_code))
$$;

-- What a category is today, and all that lies under it.
create function categories_below(of_code text) returns text[] language sql stable parallel safe as $$
  with recursive below as (
    select code from (
      select of_code as code union select now_code from code_paths where list = 'category' and code = of_code) root
    union
    select c.code from categories c join below b on c.parent_code = b.code
  )
  select array(select code from below)
$$;

-- Every code of which a filter by this category speaks: also what became one of those.
create function categories_within(of_code text) returns text[] language sql stable parallel safe as $$
  with below as (select unnest(categories_below(of_code)) as code)
  select array(select code from below union
    select p.code from code_paths p join below b on b.code = p.now_code where p.list = 'category')
$$;

-- What a code was called at an instant; where no edition of then has it, what it was called last.
create function code_name(of_list text, of_code text, at timestamptz) returns text language sql stable parallel safe as $$
  select t.name from code_editions e join code_terms t on t.list = e.list and t.edition = e.number
  where e.list = of_list and t.code = of_code and e.in_force_at is not null
  order by e.in_force_at <= at and coalesce(e.ended_at, 'infinity') > at desc, e.number desc limit 1
$$;

-- A category with a limit of its own speaks for what lies under it and for what it became: with those the settings change.
do $$
declare source text;
begin
  foreach source in array array['categories', 'code_paths'] loop
    execute format('create trigger raise_settings_revision after insert or update or delete or truncate on %I
      for each statement execute function raise_settings_revision()', source);
  end loop;
end $$;
