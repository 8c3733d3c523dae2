-- One file is written at a time, what a file has no column for stays, and what a thing is called is found by its new name.
update imports set state = 'pending', held_until = null where state = 'running';
create unique index imports_one_running on imports ((true)) where state = 'running';
-- The columns that the file has; null: all of them, in what was taken in before this was kept.
alter table imports add column given text[];
delete from import_lines where import_id in (select id from imports where state = 'failed');

-- A unit's name, a category's and an area's are among the words by which entries and places are found.
create function note_unit_renamed() returns trigger language plpgsql as $$
begin
  insert into search_changes (kind, ref) select 'entry', id from knowledge_entries where owner_unit = new.code order by number;
  return null;
end $$;
create trigger units_searched after update of name on units
  for each row when (old.name is distinct from new.name) execute function note_unit_renamed();

create function note_category_renamed() returns trigger language plpgsql as $$
begin
  insert into search_changes (kind, ref)
  select 'entry', entry_id from knowledge_versions where categories @> array[new.code] group by entry_id;
  insert into search_changes (kind, ref) select 'place', id from places where category = new.code;
  return null;
end $$;
create trigger categories_searched after update of name on categories
  for each row when (old.name is distinct from new.name) execute function note_category_renamed();

create index knowledge_versions_by_area on knowledge_versions using gin (areas);
-- A name of the catalogue is never changed: the new one takes the place of the one that was removed.
create function note_area_renamed() returns trigger language plpgsql as $$
begin
  insert into search_changes (kind, ref)
  select 'entry', entry_id from knowledge_versions
  where areas @> array[new.code] and state in ('published', 'emergency') group by entry_id;
  return null;
end $$;
create trigger areas_come_searched after insert on dispatch_names
  for each row when (new.kind = 'area') execute function note_area_renamed();
create trigger areas_gone_searched after update of removed_in on dispatch_names
  for each row when (new.kind = 'area') execute function note_area_renamed();

create function note_entry_handed_over() returns trigger language plpgsql as $$
begin
  insert into search_changes (kind, ref) values ('entry', new.id);
  return null;
end $$;
create trigger knowledge_entries_searched after update of owner_unit on knowledge_entries
  for each row when (old.owner_unit is distinct from new.owner_unit) execute function note_entry_handed_over();
