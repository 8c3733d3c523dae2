-- A unit asks for more time before it is over, the centre decides, the citizen is told (H11).
create table ticket_extensions (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  unit_code text not null references units (code),
  -- In the unit of the ticket's limit: working days, natural days or hours.
  amount integer not null check (amount > 0),
  reason text not null,
  evidence text not null,
  public_reason text not null,
  asked_by uuid not null references accounts (id),
  asked_at timestamptz not null,
  -- When the first of the two clocks would be over: from then on nothing is granted.
  decide_by timestamptz not null,
  state text not null check (state in ('asked', 'granted', 'refused', 'withdrawn', 'lapsed')),
  decided_by uuid references accounts (id),
  decided_at timestamptz,
  words text not null default '',
  check ((state = 'asked') = (decided_at is null)),
  check (state <> 'granted' or decided_by <> asked_by)
);
create unique index ticket_extensions_one_asked on ticket_extensions (ticket_id) where state = 'asked';
create index ticket_extensions_by_ticket on ticket_extensions (ticket_id);
create index ticket_extensions_to_decide on ticket_extensions (decide_by) where state = 'asked';
