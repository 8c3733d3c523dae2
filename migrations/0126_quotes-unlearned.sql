-- Which of the quotes that stood before were not learned yet, and where to find those; agents read and quote meanwhile.
update knowledge_quotes q set learned = false where not exists (select from search_learned l where l.quote_id = q.id);
create index knowledge_quotes_to_learn on knowledge_quotes (at) where retracted_at is null and not learned;
create index knowledge_quotes_to_unlearn on knowledge_quotes (id) where retracted_at is not null and learned;
drop index knowledge_quotes_retracted;
