-- What a citizen disputes by his own rating is looked at within a time of its own. All that stands keeps the rule: it is wider.
alter table deadlines drop constraint deadlines_kind_check;
alter table deadlines add constraint deadlines_kind_check check (
  case when clock = 'stage'
    then kind in ('accept', 'review', 'dispatch', 'sign', 'adjudicate', 'contact', 'handle', 'visit', 'recheck')
    else kind in ('warning', 'overdue') end) not valid;
alter table deadlines validate constraint deadlines_kind_check;
