-- A citizen whose correction was never written is to be told all the same: before, the list said that he had been written to.
alter table knowledge_correction_items
  -- How often a message to him came to nothing, and why the last one did.
  add column unwritten_times integer not null default 0,
  add column unwritten_why text check (unwritten_why in ('expired', 'withdrawn', 'stale', 'failed')),
  add check ((unwritten_times > 0) = (unwritten_why is not null));

update knowledge_correction_items i
set state = 'open', settled_at = null, by = null, note = '', unwritten_times = 1,
  unwritten_why = case when m.state = 'failed' then 'failed' when m.failure in ('expired', 'stale') then m.failure
    else 'withdrawn' end
from knowledge_corrections r, citizen_messages m
where r.id = i.correction_id and i.state = 'written' and m.subject_kind = 'knowledgeEntry'
  and m.subject_id = r.entry_id::text and m.kind = 'knowledgeCorrected' and m.state in ('cancelled', 'failed')
  -- What was cancelled has left its key free.
  and split_part(m.dedupe_key, ' ', 1) = 'knowledgeCorrected:' || i.id;
