-- A version that is due and could not go out for no fault of its own is tried again, and seen to be.
alter table rule_versions
  -- null with held_because: not before somebody has changed something
  add column retry_at timestamptz,
  add column held_times integer not null default 0;
