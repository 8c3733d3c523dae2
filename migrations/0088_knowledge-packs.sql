-- What agents are to have before them while a surge key is open (B2): made ready beforehand, told and found first with the key, taken back with it.
create table knowledge_packs (
  code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,40}$'),
  title text not null check (char_length(title) between 1 and 80),
  -- How agents are told when it begins.
  push text not null check (push in ('none', 'normal', 'critical')),
  revision integer not null default 1,
  changed_at timestamptz not null,
  changed_by uuid not null references accounts (id)
);

create table knowledge_pack_entries (
  pack text not null references knowledge_packs (code),
  entry_id uuid not null references knowledge_entries (id),
  -- In the order in which agents see them.
  place integer not null,
  primary key (pack, entry_id)
);
create index knowledge_pack_entries_by_entry on knowledge_pack_entries (entry_id);

-- One for each time that a surge key was ordered with a pack; its id is that of the rules' version.
create table knowledge_pack_uses (
  id uuid primary key,
  pack text not null references knowledge_packs (code),
  surge text not null,
  until timestamptz not null,
  ordered_at timestamptz not null,
  ordered_by uuid not null references accounts (id),
  begun_at timestamptz,
  ended_at timestamptz,
  ending text check (ending in ('over', 'released', 'replaced')),
  notice_id uuid references knowledge_notices (id),
  -- [{"number": ..., "why": ...}]: what could not be told with it.
  left_out jsonb not null default '[]',
  check ((ended_at is null) = (ending is null))
);
create unique index knowledge_pack_uses_open on knowledge_pack_uses (surge) where ended_at is null;
create index knowledge_pack_uses_of_pack on knowledge_pack_uses (pack, ordered_at desc);

-- What was told for the time of the key alone, and goes with it.
create table knowledge_pack_published (
  use_id uuid not null references knowledge_pack_uses (id),
  entry_id uuid not null,
  version integer not null,
  primary key (use_id, entry_id),
  foreign key (entry_id, version) references knowledge_versions (entry_id, number)
);
create index knowledge_pack_published_by_entry on knowledge_pack_published (entry_id, version);
