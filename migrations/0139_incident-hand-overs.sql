-- An incident was handed over in one transaction, which the limit of time undid for hundreds of appeals: what was decided stands by itself, and each appeal's line says what came of it.
create table incident_hand_overs (
  -- The special report's too, once that is drafted.
  id uuid primary key,
  incident_id uuid not null references incidents (id),
  unit_code text not null references units (code),
  assist_units text[] not null,
  -- What is to be done at once.
  demand text not null check (demand ~ '\S'),
  decided_at timestamptz not null,
  decided_by uuid not null references accounts (id),
  -- His roles then: the appeals go on that word, whoever carries it out.
  decided_as text[] not null,
  finished_at timestamptz
);
create index incident_hand_overs_of on incident_hand_overs (incident_id, decided_at desc, id desc);
create unique index incident_hand_overs_one_under_way on incident_hand_overs (incident_id) where finished_at is null;

create table incident_hand_over_lines (
  hand_over_id uuid not null references incident_hand_overs (id),
  ticket_id uuid not null references tickets (id),
  outcome text not null check (outcome in ('waiting', 'done', 'refused')),
  -- Why it was refused; of one that waits, why it is tried again.
  code text,
  tries integer not null default 0,
  next_at timestamptz not null,
  settled_at timestamptz,
  primary key (hand_over_id, ticket_id),
  check (outcome <> 'refused' or code is not null),
  check ((outcome = 'waiting') = (settled_at is null))
);
create index incident_hand_over_lines_waiting on incident_hand_over_lines (hand_over_id, next_at, ticket_id) where outcome = 'waiting';
