-- What dispatching teaches: each choice of a unit with what was suggested, and what became of it.
create table dispatch_lessons (
  ticket_id uuid not null references tickets (id),
  -- The line of the time line that it was read from: read once, by whichever worker.
  seq integer not null,
  at timestamptz not null,
  move text not null,
  category text not null,
  area text not null,
  asset text not null,
  unit_code text not null references units (code),
  -- A return that was granted: who had it before.
  returned_by text references units (code),
  -- What the three suggestions were when somebody chose; null where nobody chose.
  suggested text[],
  primary key (ticket_id, seq)
);
create index dispatch_lessons_by_matter on dispatch_lessons (category, asset, at desc) where suggested is null or returned_by is not null;
create index dispatch_choices_by_time on dispatch_lessons (at) where suggested is not null;
create index ticket_events_that_teach on ticket_events (at)
  where type in ('dispatch', 'coordinateAnyway', 'acceptReturn', 'refuseReturn', 'reportDone');
create index tickets_by_citizen on tickets (citizen_number, accepted_at desc) where citizen_number <> '';
