-- Each list of what wants looking after begins with an index in its own order: over all units the page read half a million versions for fifty, and took half a minute.
create index knowledge_versions_looked_at on knowledge_versions ((coalesce(reviewed_at, published_at)), entry_id)
  where state in ('published', 'emergency');
create index knowledge_versions_by_publication on knowledge_versions (published_at, entry_id)
  where state in ('published', 'emergency');
create index knowledge_versions_ends on knowledge_versions (valid_to, entry_id) where state in ('published', 'emergency');
create index knowledge_versions_over on knowledge_versions (valid_to, entry_id)
  where state in ('published', 'emergency', 'expired');
create index knowledge_versions_drafted on knowledge_versions (state_since, entry_id) where state in ('draft', 'returned');
-- In the last place: from here on nobody reads the entries until the end.
drop index knowledge_versions_ending;
