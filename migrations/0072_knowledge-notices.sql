-- What every agent must hear of now, with who has read it. A critical one holds back "ready" until it is read.
create table knowledge_notices (
  id uuid primary key,
  title text not null check (char_length(title) between 1 and 100),
  text text not null check (char_length(text) between 1 and 4000),
  critical boolean not null,
  entry_id uuid,
  version integer,
  at timestamptz not null,
  by uuid not null references accounts (id),
  -- Nobody is held back by yesterday's news.
  until timestamptz not null,
  withdrawn_at timestamptz,
  foreign key (entry_id, version) references knowledge_versions (entry_id, number),
  check (until > at)
);
create index knowledge_notices_newest on knowledge_notices (at desc, id desc);
create index knowledge_notices_in_force on knowledge_notices (until) where withdrawn_at is null;

create table knowledge_receipts (
  notice_id uuid not null references knowledge_notices (id),
  account_id uuid not null references accounts (id),
  read_at timestamptz not null,
  primary key (notice_id, account_id)
);
