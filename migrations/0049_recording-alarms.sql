-- Every recording that failed or is not whole is told once: the books say which have been, whoever found it out and when.
alter table recordings add column alarmed_at timestamptz;
-- Told by an earlier release, but for what never began: of that nobody was told.
update recordings set alarmed_at = state_at
  where state in ('partial', 'failed') and fault is distinct from 'notStarted';
create index recordings_untold on recordings (state_at) where alarmed_at is null and state in ('partial', 'failed');
