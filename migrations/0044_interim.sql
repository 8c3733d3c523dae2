-- 先解决问题再说: somebody removes the hazard before it is settled whose it is; a ticket with two conditions of its end.
create table ticket_interim (
  ticket_id uuid primary key references tickets (id),
  unit_code text not null references units (code),
  state text not null check (state in ('hazardOpen', 'causeOpen', 'fulfilled')),
  hazard text not null,
  hazard_due_at timestamptz not null,
  assigned_at timestamptz not null,
  hazard_removed_at timestamptz,
  cause_fixed_at timestamptz,
  -- Noted as told that the hazard is there still.
  overdue_at timestamptz,
  -- Whose it is in the end; null: not settled yet.
  owner_unit text references units (code),
  settled_at timestamptz
);
create index ticket_interim_late on ticket_interim (hazard_due_at) where overdue_at is null and state = 'hazardOpen';
