-- A period that was taken out or taken back before its time stands as history alone: nothing speaks for it afterwards.
alter table lines drop constraint lines_after_end_check,
  add constraint lines_after_end_check check (after_end in ('connect', 'goodbye', 'none'));
