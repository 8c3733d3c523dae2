-- Menus as published data, and the menu that a line's callers hear; both are what publishing projects.
create table menus (
  code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  name text not null,
  body jsonb not null
);
-- No foreign key: a line whose menu is unknown leads straight to a person, and no rollback may fail over it.
alter table lines add column menu text;
