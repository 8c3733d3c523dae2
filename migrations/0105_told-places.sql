-- 场所地址: written to the citizen it answers him as an entry does; kept with the call by the place as it was then.
alter table knowledge_quotes alter column entry_id drop not null;
alter table knowledge_quotes alter column version drop not null;
alter table knowledge_quotes add column place_id uuid;
alter table knowledge_quotes add column place_revision integer;
-- What is there is of an entry, which the columns demanded until now: nothing is to be read through.
alter table knowledge_quotes add constraint knowledge_quotes_of_one_thing check (
  num_nonnulls(entry_id, version) = 2 and num_nonnulls(place_id, place_revision) = 0
  or num_nonnulls(entry_id, version) = 0 and num_nonnulls(place_id, place_revision) = 2) not valid;
alter table knowledge_quotes add constraint knowledge_quotes_of_a_place
  foreign key (place_id, place_revision) references place_changes (place_id, revision) not valid;
create unique index knowledge_quotes_place_once on knowledge_quotes (call_id, place_id)
  where place_id is not null and retracted_at is null;
