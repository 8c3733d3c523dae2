-- Whether a ticket's days are compressed (a demonstration) is decided once, when it is accepted, and not by its category of later.
-- A day counts as so many seconds; null: its time is real.
alter table tickets add column day_seconds integer check (day_seconds > 0);
