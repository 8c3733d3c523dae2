-- All that a ticket is counted by has one number, raised by whatever changes it: who opens a ticket asks for the number and
-- reads the rest only when it is another one. A reader sees the number and what it stands for in one snapshot.
create table settings_revision (
  one boolean primary key default true check (one),
  revision integer not null default 1
);
insert into settings_revision default values;

create function raise_settings_revision() returns trigger language plpgsql as $$
begin
  update settings_revision set revision = revision + 1;
  return null;
end $$;

do $$
declare source text;
begin
  foreach source in array array['ticket_settings', 'municipality', 'calendar_years', 'calendar_days', 'unit_calendars',
    'limit_sets'] loop
    execute format('create trigger raise_settings_revision after insert or update or delete or truncate on %I
      for each statement execute function raise_settings_revision()', source);
  end loop;
end $$;
