-- The rules that route calls, in versions (who, when, why, with what); lines and queues become what publishing projects.
create table rule_versions (
  id uuid primary key,
  number integer not null unique check (number > 0),
  title text not null,
  state text not null check (state in ('draft', 'validated', 'awaitingSecond', 'scheduled', 'published', 'superseded',
    'reverted', 'rejected', 'withdrawn')),
  revision integer not null check (revision > 0),
  origin text not null check (origin in ('draft', 'rollback', 'temporaryEnd', 'founding')),
  base_id uuid references rule_versions (id),
  undoes uuid references rule_versions (id),
  rules jsonb not null,
  -- null: the program itself
  author_id uuid references accounts (id),
  -- [{"revision": 2, "by": account or null, "at": epoch ms}, ...]
  edits jsonb not null,
  -- [{"by": account, "at": epoch ms}, ...]: the second persons
  approvals jsonb not null default '[]',
  effective_at timestamptz,
  revert_at timestamptz,
  created_at timestamptz not null,
  published_at timestamptz,
  -- Why the clock could not do what was due; somebody must look, and it is not tried again until the version changes.
  held_because text
);
create unique index rule_versions_one_published on rule_versions ((true)) where state = 'published';
create index rule_versions_to_publish on rule_versions (effective_at) where state = 'scheduled';
create index rule_versions_to_revert on rule_versions (revert_at) where state in ('published', 'superseded');

-- What a version held at each of its revisions: who comes too late is told what changed meanwhile.
create table rule_revisions (
  version_id uuid not null references rule_versions (id),
  revision integer not null,
  rules jsonb not null,
  primary key (version_id, revision)
);

create table rule_events (
  seq bigint generated always as identity primary key,
  version_id uuid not null references rule_versions (id),
  at timestamptz not null,
  -- null: the program itself
  actor_id uuid references accounts (id),
  move text not null,
  from_state text,
  to_state text not null,
  revision integer not null,
  reason text not null default '',
  address text not null default '',
  request_id text not null default ''
);
create index rule_events_by_version on rule_events (version_id, seq);

create function rule_history_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the history of the rules is append-only';
end $$;
create trigger rule_events_append_only before update or delete or truncate on rule_events
  for each statement execute function rule_history_is_append_only();

create function published_rules_stand() returns trigger language plpgsql as $$
begin
  if old.published_at is not null and (new.rules <> old.rules or new.published_at <> old.published_at) then
    raise exception 'a published version of the rules never changes';
  end if;
  return new;
end $$;
create trigger published_rules_stand before update on rule_versions
  for each row execute function published_rules_stand();

-- A number may have several periods, one after the other; what fits together is for the linter to say.
alter table lines add column area text not null default '';
alter table lines drop constraint lines_pkey, add primary key (number, valid_from);
drop index lines_one_main;
alter table lines
  drop constraint lines_number_check, drop constraint lines_unit_number_check,
  add constraint lines_number_check check (number ~ '^[0-9]{3,20}$'),
  add constraint lines_unit_number_check check (unit_number ~ '^[0-9]{3,20}$'),
  drop constraint lines_check, drop constraint lines_check1, drop constraint lines_check2, drop constraint lines_check3,
  add constraint lines_period check (valid_to is null or valid_to >= valid_from);

-- Agents keep their place in a queue that left the rules: a rollback brings it back with its people.
alter table queues add column retired boolean not null default false;
