-- A second word of doubt is kept as well; an enquiry of which no draft can be made stops no other; the call that corrects is on record.
drop index knowledge_doubts_once;
create index knowledge_doubts_by_ticket on knowledge_doubts (ticket_id, by);

create table knowledge_undrafted (
  ticket_number text primary key,
  unit_code text not null references units (code),
  why text not null,
  at timestamptz not null
);
create index knowledge_undrafted_by_unit on knowledge_undrafted (unit_code, at);

alter table knowledge_correction_items
  -- The last call that was made to the citizen for it.
  add column call_out uuid,
  add column called_out_at timestamptz;

alter table calls drop constraint calls_purpose_check;
alter table calls add constraint calls_purpose_check check (purpose in ('queueCallback', 'missedCall', 'ticket',
  'returnVisit', 'unitContact', 'survey', 'urgentNotice', 'correction'));

-- What the hotline asks of its units about the knowledge base teaches nothing of whose a citizen's matter is.
delete from dispatch_lessons l using tickets t, categories c
where t.id = l.ticket_id and c.code = t.category_code and c.internal;

insert into categories (code, parent_code, name, internal) values
  ('knowledge.places', 'knowledge', '场所核实', true);
alter table knowledge_tasks drop constraint knowledge_tasks_kind_check;
alter table knowledge_tasks add constraint knowledge_tasks_kind_check
  check (kind in ('doubt', 'review', 'expired', 'weekly', 'places'));

-- Whoever keeps a place that nobody looked at for long is asked; what is not done then is told to the leads.
create table place_reminders (
  place_id uuid primary key references places (id),
  unit_code text not null references units (code),
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null check (times > 0),
  ticket_id uuid not null references tickets (id),
  alarmed_at timestamptz
);
create index place_reminders_by_unit on place_reminders (unit_code);

-- Which edition of the product's own list of synonyms this installation has taken.
alter table search_state add column synonym_edition integer not null default 0;
