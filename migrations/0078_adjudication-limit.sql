-- A return is adjudicated within a time of its own.
alter table deadlines drop constraint deadlines_kind_check;
alter table deadlines add constraint deadlines_kind_check check (
  case when clock = 'stage'
    then kind in ('accept', 'review', 'dispatch', 'sign', 'adjudicate', 'contact', 'handle', 'visit')
    else kind in ('warning', 'overdue') end);
