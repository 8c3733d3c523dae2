-- What a unit let run over for days is told of in a circular by rule.
alter table supervision_orders drop constraint supervision_orders_trigger_check;
alter table supervision_orders add constraint supervision_orders_trigger_check check (trigger in ('person', 'overdue',
  'secondDissatisfaction', 'thirdReturn', 'repeatAppeal', 'falseResult', 'upperLevel', 'unanswered', 'longOverdue'));
