-- A unit's own people call the citizens of their tickets through the hotline, from telephones that the books know (D14, H26).
create table unit_phones (
  id uuid primary key,
  unit_code text not null references units (code),
  -- In the one spelling.
  number text not null check (number ~ '^[0-9]{7,12}$'),
  label text not null check (label ~ '\S'),
  added_at timestamptz not null,
  added_by uuid not null references accounts (id),
  removed_at timestamptz,
  removed_by uuid references accounts (id),
  check ((removed_at is null) = (removed_by is null))
);
create unique index unit_phones_once on unit_phones (unit_code, number) where removed_at is null;

-- Asked for, before the telephones ring; what became of it is told by the facts of the call.
create table unit_calls (
  call_id uuid primary key,
  ticket_id uuid not null references tickets (id),
  account_id uuid not null references accounts (id),
  unit_code text not null references units (code),
  phone_id uuid not null references unit_phones (id),
  asked_at timestamptz not null,
  -- On the ticket's time line since then; and whether it stands for the first contact.
  noted_at timestamptz,
  proves_contact boolean
);
create index unit_calls_of on unit_calls (ticket_id, asked_at);
create index unit_calls_unnoted on unit_calls (asked_at) where noted_at is null;

alter table calls drop constraint calls_purpose_check;
alter table calls add constraint calls_purpose_check
  check (purpose in ('queueCallback', 'missedCall', 'ticket', 'returnVisit', 'unitContact'));
