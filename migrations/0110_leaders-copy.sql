-- Urging goes in copy to whoever answers for the unit: on which of its telephones he reads it.
alter table unit_phones add column leader boolean not null default false;
