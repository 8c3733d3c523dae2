-- What was taken back is unlearned: what each quote taught, and which of them were retracted.
alter table search_learned add column tokens text[] not null default '{}';
create index knowledge_quotes_retracted on knowledge_quotes (id) where retracted_at is not null;
