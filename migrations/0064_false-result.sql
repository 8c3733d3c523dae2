-- A visit that was made once more and took the first word back is supervised by rule (RD-15).
alter table supervision_orders drop constraint supervision_orders_trigger_check;
alter table supervision_orders add constraint supervision_orders_trigger_check check (trigger in ('person', 'overdue',
  'secondDissatisfaction', 'thirdReturn', 'repeatAppeal', 'falseResult', 'upperLevel', 'unanswered'));
