-- Who may know: anonymous appeals, lists of those who need to know a ticket, and leases of ten minutes on a citizen's name and number.
alter table tickets add column anonymous boolean not null default false,
  -- Seen by those on its list and nobody else; a confidential ticket only.
  add column listed_only boolean not null default false,
  add constraint tickets_listed_are_confidential check (confidential or not listed_only);

create table ticket_grants (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  account_id uuid not null references accounts (id),
  reason text not null,
  granted_by uuid not null references accounts (id),
  granted_at timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references accounts (id),
  ended_reason text,
  check (until > granted_at),
  -- Nobody puts himself on a list.
  check (granted_by <> account_id),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_reason is null))
);
create index ticket_grants_of on ticket_grants (ticket_id, account_id);

create table citizen_leases (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  account_id uuid not null references accounts (id),
  begins_at timestamptz not null,
  ends_at timestamptz not null,
  check (ends_at > begins_at)
);
create index citizen_leases_of on citizen_leases (ticket_id, account_id, ends_at);
create index audit_of_citizens on audit_trail (at)
  where action in ('ticket.citizenRevealed', 'ticket.citizenViewed');
