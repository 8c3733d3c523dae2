-- Why a deadline could not be fired, for a person to look into; it is tried again all the while.
alter table deadlines
  add column failure text,
  add column failed_at timestamptz,
  add column failures integer not null default 0;
create index deadlines_failing on deadlines (failed_at) where failure is not null;
create index deadlines_finished on deadlines (finished_at) where state = 'done';
create index outbox_set_aside on outbox (id) where failure is not null;
