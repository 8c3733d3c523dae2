-- What is to be learned or unlearned is found by itself: each round read every quote that there ever was. And places that are told teach as entries do.
-- Nearly all were learned: so they stand without being written anew. By itself: nobody quotes while the table is shut.
alter table knowledge_quotes add column learned boolean not null default true;
alter table knowledge_quotes alter column learned set default false;
