-- The citizen corrects his own rating within a week; what he said before stands on the time line.
alter table ticket_ratings add column corrected_at timestamptz;
alter table ticket_ratings add column corrections integer not null default 0;
create index ticket_ratings_newest on ticket_ratings (at desc, id desc);
