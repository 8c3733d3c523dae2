-- One alarm stands for all tickets of an incident that nobody confirmed: it went with the first that was acted on, and the others stood unseen.
-- The notice under whose alarm this one stands; null: under its own.
alter table urgent_notices add column alarm_of uuid references urgent_notices (id);
create index urgent_notices_under on urgent_notices (alarm_of) where alarm_of is not null;
