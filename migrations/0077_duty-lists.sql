-- Who is on call: lists of a unit or of the hotline itself, in shifts that follow one another without a gap.
create table duty_lists (
  code text primary key check (code ~ '^[a-z0-9-]{2,40}$'),
  name text not null,
  -- null: the hotline's own.
  unit_code text references units (code),
  -- How its people are called; see domain/duty/ladder.
  rule jsonb not null,
  created_at timestamptz not null default now(),
  created_by uuid references accounts (id)
);
create unique index duty_lists_of_unit on duty_lists (unit_code) where unit_code is not null;

create table duty_shifts (
  id uuid primary key,
  list_code text not null references duty_lists (code),
  from_at timestamptz not null,
  to_at timestamptz not null,
  -- The first is called first: [{"name", "number"}].
  ladder jsonb not null,
  entered_at timestamptz not null default now(),
  entered_by uuid references accounts (id),
  removed_at timestamptz,
  removed_by uuid references accounts (id),
  check (to_at > from_at)
);
create index duty_shifts_by_list on duty_shifts (list_code, from_at) where removed_at is null;
