-- 应急知识包: one that nobody needs any more is put away; its uses stay on record.
alter table knowledge_packs add column removed_at timestamptz;
