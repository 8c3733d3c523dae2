-- Calls that end otherwise than with a person: informed, a message left; and those answered by another centre.
alter table calls drop constraint calls_result_check;
alter table calls add constraint calls_result_check check (result in ('answeredByAgent', 'answeredByUnit',
  'answeredByCentre', 'informed', 'messageLeft', 'abandoned', 'refused', 'lost'));
alter table calls drop constraint calls_released_by_check;
alter table calls add constraint calls_released_by_check check (released_by in ('caller', 'agent', 'unit', 'centre',
  'system'));
drop index calls_open_outcome;
create index calls_open_outcome on calls (ended_at)
  where result in ('answeredByAgent', 'answeredByUnit', 'answeredByCentre');
