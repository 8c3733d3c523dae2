-- A citizen with several matters is asked about all of them in one call of the machine: a row for each, by its place in the call.
alter table visit_surveys add column call_id uuid;
update visit_surveys set call_id = id;
alter table visit_surveys alter column call_id set not null;
alter table visit_surveys add column place integer not null default 1 check (place > 0);
create unique index visit_surveys_by_call on visit_surveys (call_id, place);
create index visit_surveys_of_citizen on visit_surveys (number) where state in ('calling', 'told');
