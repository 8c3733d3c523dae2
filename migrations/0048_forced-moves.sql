-- A ticket is put where no move leads: asked by one, done by another, or forgotten after a day.
create table forced_moves (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  from_state text not null,
  to_state text not null,
  unit_code text references units (code),
  reason text not null,
  asked_by uuid not null references accounts (id),
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('asked', 'done', 'refused', 'withdrawn', 'expired')),
  decided_by uuid references accounts (id),
  decided_at timestamptz,
  words text not null default '',
  check ((state = 'asked') = (decided_at is null)),
  check (state <> 'done' or decided_by <> asked_by)
);
create unique index forced_moves_one_asked on forced_moves (ticket_id) where state = 'asked';
create index forced_moves_newest on forced_moves (asked_at desc, id);
