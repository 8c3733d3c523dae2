-- Whoever looks in one kind of matter finds what lies in it beside others: only an entry's first was kept.
alter table search_documents add column categories text[] not null default '{}';
update search_documents d set categories = v.categories
  from knowledge_versions v where d.kind = 'entry' and v.entry_id = d.ref and v.number = d.version;
update search_documents set categories = array[category] where kind = 'place' and category is not null;
