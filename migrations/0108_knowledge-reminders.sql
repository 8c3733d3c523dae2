-- Who owns an entry is asked to look at it again, before its end and when it was told for long; whoever finds it right says so.
insert into categories (code, parent_code, name, internal) values
  ('knowledge.remind', 'knowledge', '知识复核提醒', true);
alter table knowledge_tasks drop constraint knowledge_tasks_kind_check;
alter table knowledge_tasks add constraint knowledge_tasks_kind_check
  check (kind in ('doubt', 'review', 'remind', 'expired', 'weekly', 'places'));

alter table knowledge_versions
  add column reviewed_at timestamptz,
  -- Since it was published, or since somebody looked at it last; null: not asked for since.
  add column review_asked_at timestamptz,
  add column end_told_at timestamptz;

-- What is due is looked for every few seconds: by the moment, and among what waits for it alone.
create index knowledge_versions_to_look_at on knowledge_versions ((coalesce(reviewed_at, published_at)))
  where state = 'published' and review_asked_at is null;
create index knowledge_versions_later on knowledge_versions (valid_from)
  where state in ('published', 'emergency') and number > 1;
create index knowledge_versions_told_late on knowledge_versions (entry_id) where late_told_at is not null;
