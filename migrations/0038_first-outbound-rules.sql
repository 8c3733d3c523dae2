-- How the hotline calls out may be given with the first start, before there is anybody who could have changed it.
alter table outbound_rules alter column changed_by drop not null;
