-- What is to be learned or unlearned is found by itself: each round read every quote that there ever was. And places that are told teach as entries do.
-- Nearly all were learned: so they stand without being written anew.
alter table knowledge_quotes add column learned boolean not null default true;
alter table knowledge_quotes alter column learned set default false;
update knowledge_quotes q set learned = false where not exists (select from search_learned l where l.quote_id = q.id);
create index knowledge_quotes_to_learn on knowledge_quotes (at) where retracted_at is null and not learned;
create index knowledge_quotes_to_unlearn on knowledge_quotes (id) where retracted_at is not null and learned;
drop index knowledge_quotes_retracted;
