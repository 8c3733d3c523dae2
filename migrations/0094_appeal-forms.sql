-- What is asked beside the usual by category, in versions (O5): a ticket keeps the form that it was written in.
create table appeal_forms (
  category_code text not null references categories (code),
  version integer not null check (version > 0),
  title text not null check (title ~ '\S'),
  -- [{"key", "label", "kind", "required", "help", "options", "least", "most"}]
  fields jsonb not null,
  state text not null check (state in ('draft', 'published', 'ended')),
  revision integer not null default 1,
  changed_at timestamptz not null,
  changed_by uuid references accounts (id),
  published_at timestamptz,
  ended_at timestamptz,
  primary key (category_code, version),
  check ((state = 'draft') = (published_at is null)),
  check ((state = 'ended') = (ended_at is not null))
);
create unique index appeal_forms_one_draft on appeal_forms (category_code) where state = 'draft';
create unique index appeal_forms_one_in_use on appeal_forms (category_code) where state = 'published';

alter table tickets
  add column form_category text,
  add column form_version integer,
  add column form_values jsonb,
  add foreign key (form_category, form_version) references appeal_forms (category_code, version),
  add check ((form_version is null) = (form_values is null));

-- The form of a category, or of the nearest that it lies under; of a category that became another, until that has its own.
create function form_of(of_code text) returns setof appeal_forms language sql stable as $$
  with recursive up as (
    select code, parent_code, 0 as far from categories where code = of_code
    union
    select c.code, c.parent_code, up.far + 1 from categories c join up on c.code = up.parent_code where up.far < 10
  )
  select f.* from up join appeal_forms f on f.category_code = any (same_codes('category', up.code))
  where f.state = 'published' order by up.far, f.category_code <> up.code, f.published_at desc limit 1
$$;
