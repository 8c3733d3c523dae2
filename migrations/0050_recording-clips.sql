-- A piece of a recording for a handling unit: asked for with a purpose, cut and approved by another person, for a time.
create table recording_clips (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  call_id uuid not null references calls (id),
  unit_code text not null references units (code),
  purpose text not null check (length(purpose) between 2 and 200),
  state text not null check (state in ('asked', 'approved', 'refused', 'ended')),
  asked_by uuid not null references accounts (id),
  asked_at timestamptz not null,
  decided_by uuid references accounts (id),
  decided_at timestamptz,
  decision text,
  -- Offsets in the recording, ms; muted: stretches that are silence in the piece.
  from_ms integer,
  to_ms integer,
  muted jsonb not null default '[]',
  until timestamptz,
  check (decided_by is null or decided_by <> asked_by),
  check ((state = 'asked') = (decided_by is null)),
  check (state in ('asked', 'refused') or (from_ms < to_ms and until is not null))
);
-- One wish at a time for a ticket.
create unique index recording_clips_asked on recording_clips (ticket_id, unit_code) where state = 'asked';
create index recording_clips_newest on recording_clips (asked_at desc, id desc);
