-- What keeps the knowledge base true: what an agent says is wrong, what is over, what nobody answered; each a ticket to its unit.
alter table categories add column internal boolean not null default false;
-- Of these the hotline's own tickets to units are; no citizen's appeal is.
insert into categories (code, parent_code, name, internal) values
  ('knowledge', null, '知识库维护', true),
  ('knowledge.doubt', 'knowledge', '知识纠错', true),
  ('knowledge.review', 'knowledge', '应急发布补审', true),
  ('knowledge.expired', 'knowledge', '知识过期', true),
  ('knowledge.weekly', 'knowledge', '知识每周清单', true);

-- An entry whose last day is over is told to its owner once; one published at once and not looked at in time raises an alarm once.
alter table knowledge_versions
  add column owner_told_at timestamptz,
  add column late_told_at timestamptz;
create index knowledge_versions_untold on knowledge_versions (entry_id) where state = 'expired' and owner_told_at is null;

create table knowledge_tasks (
  ticket_id uuid primary key references tickets (id),
  kind text not null check (kind in ('doubt', 'review', 'expired', 'weekly')),
  unit_code text not null references units (code),
  -- The same for the same matter, however often and by whomever it is found.
  key text not null unique,
  entry_id uuid references knowledge_entries (id),
  version integer,
  at timestamptz not null
);
create index knowledge_tasks_by_entry on knowledge_tasks (entry_id, version) where entry_id is not null;

-- 知识纠错: said in one key by whoever saw it; who says so after the first is a line more in the same ticket.
create table knowledge_doubts (
  id uuid primary key,
  entry_id uuid not null,
  version integer not null,
  kind text not null check (kind in ('wrong', 'outOfDate', 'unclear')),
  note text not null,
  call_id uuid,
  by uuid not null references accounts (id),
  at timestamptz not null,
  ticket_id uuid not null references tickets (id),
  foreign key (entry_id, version) references knowledge_versions (entry_id, number)
);
create index knowledge_doubts_by_entry on knowledge_doubts (entry_id, at desc);
create unique index knowledge_doubts_once on knowledge_doubts (ticket_id, by);
