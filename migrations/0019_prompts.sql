-- Prompts that are spoken or recorded here, in versions, and what is asked of the facts about prompts and menus.
create table prompt_versions (
  id uuid primary key,
  name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  version integer not null check (version > 0),
  kind text not null check (kind in ('spoken', 'recorded')),
  language text not null,
  -- spoken: what is said; recorded: what was said, as far as somebody wrote it down
  text text not null,
  -- As uploaded until it is fitted for the telephone, then as it is heard.
  audio bytea,
  valid_until timestamptz,
  -- Who, or which decision, allows it to be heard.
  approver text not null,
  made_by uuid references accounts (id),
  made_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'failed')),
  failure text,
  duration_ms integer,
  -- From then on callers heard it, until the next or its end.
  ready_at timestamptz,
  retired_at timestamptz,
  retired_by uuid references accounts (id),
  retired_because text,
  unique (name, version),
  check (kind = 'spoken' or audio is not null),
  check ((retired_at is null) = (retired_because is null))
);

-- Texts of menus that could not be spoken; calls go on without them.
create table prompt_failures (
  name text primary key,
  reason text not null,
  at timestamptz not null
);

create index call_facts_prompts on call_facts ((body->>'prompt'), at) where type = 'announcementPlayed';
create index call_facts_menu_choices on call_facts ((body->>'menu'), at) where type = 'menuChoice';
