-- Whoever looks in one kind of matter finds what lies in it beside others: only an entry's first was kept.
-- Agents search meanwhile: no row is written here. What lies in several is indexed anew by the worker, after whatever changes
-- meanwhile; until then it is found in its first, as it was.
insert into search_changes (n, kind, ref) overriding system value
  select 4611686018427387904 + row_number() over (), 'entry', entry_id from (
    select distinct entry_id from knowledge_versions
    where state in ('published', 'emergency') and cardinality(categories) > 1) several;
alter table search_documents add column categories text[] not null default '{}';
