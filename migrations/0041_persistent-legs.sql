-- A phone whose leg stays up from sign-in to sign-out: calls arrive on it with a tone instead of ringing.
alter table agents add column phone_persistent_leg boolean not null default false;
alter table agent_phones add column persistent_leg boolean not null default false;
