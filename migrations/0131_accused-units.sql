-- An appeal about a unit's own conduct (HM-16) names the unit complained of: it is never its only handler and never judges it. null: no unit is.
alter table tickets add column accused_unit text,
  add constraint tickets_accused_unit foreign key (accused_unit) references units (code) not valid;
