-- Two who work on one ticket at once: who else has it open, and what each has written down so far (H30).
create unlogged table ticket_presence (
  ticket_id uuid not null references tickets (id),
  account_id uuid not null references accounts (id),
  writing boolean not null,
  seen_at timestamptz not null,
  primary key (ticket_id, account_id)
);
-- Every version, so that what was begun from an older one can be merged. Each desk has its own: the hotline ('') and each unit.
create table ticket_drafts (
  ticket_id uuid not null references tickets (id),
  kind text not null check (kind in ('reply', 'internalReply', 'plan', 'demand')),
  desk text not null,
  version integer not null check (version > 0),
  text text not null,
  saved_by uuid not null references accounts (id),
  saved_at timestamptz not null,
  primary key (ticket_id, kind, desk, version)
);
