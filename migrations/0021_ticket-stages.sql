-- Stages on a ticket's way have limits of their own, and what is urgent has short ones.
alter table tickets add column urgency text not null default 'normal' check (urgency in ('normal', 'urgent'));
alter table deadlines drop constraint deadlines_clock_check;
alter table deadlines add constraint deadlines_clock_check check (clock in ('citizen', 'unit', 'stage'));
alter table deadlines drop constraint deadlines_kind_check;
alter table deadlines add constraint deadlines_kind_check check (
  case when clock = 'stage' then kind in ('review', 'sign', 'contact', 'visit') else kind in ('warning', 'overdue') end);
