-- How often an entry was told in a quarter is counted from the index alone. By itself: whoever writes an entry does not wait for it.
create index knowledge_quotes_told on knowledge_quotes (at, entry_id) where retracted_at is null and entry_id is not null;
