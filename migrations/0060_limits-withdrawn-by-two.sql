-- Limits that two people agreed to are taken back by two: until the second agrees they hold.
alter table limit_sets drop constraint limit_sets_state_check;
alter table limit_sets add constraint limit_sets_state_check
  check (state in ('proposed', 'approved', 'withdrawing', 'rejected', 'withdrawn'));
