-- What the public may read is found where it is little: among a million entries of the house the list looked at each of them.
create index knowledge_versions_public on knowledge_versions (entry_id) where is_public and state in ('published', 'emergency');
