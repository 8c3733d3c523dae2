-- Limits that a county edits, in force from an instant on; calendars of single units; when people are told of deadlines.
create table limit_sets (
  number integer primary key generated always as identity,
  -- What it was made from; all that `content` does not say is as there.
  preset text not null,
  -- null: the preset as the program brings it.
  content jsonb,
  valid_from timestamptz not null,
  state text not null check (state in ('proposed', 'approved', 'rejected', 'withdrawn')),
  reason text not null,
  -- null: the program, when it was set up.
  proposed_by uuid references accounts (id),
  proposed_at timestamptz not null,
  -- Others than who proposed it, where the citizen's limit changes.
  decided_by uuid references accounts (id),
  decided_at timestamptz,
  decision text not null default '',
  check ((state = 'proposed') = (decided_at is null))
);
insert into limit_sets (preset, valid_from, state, reason, proposed_at, decided_at)
  select preset, '1970-01-01Z', 'approved', '系统初始', now(), now() from ticket_settings;
alter table ticket_settings drop column preset;

create table unit_calendars (
  unit_code text primary key references units (code),
  -- As in ticket_settings; null: as the centre.
  periods jsonb,
  -- [{"day": "2026-11-28", "working": true, "name": "开市"}, ...], on top of the centre's.
  days jsonb not null default '[]'
);

alter table ticket_settings
  add column calendar_edition integer not null default 1,
  add column notice_hours jsonb not null default '{"fromMinute": 480, "toMinute": 1200, "workingDaysOnly": false}';

-- Who changed a calendar, when, from what and to what.
create table calendar_edits (
  edition integer primary key,
  at timestamptz not null,
  by uuid not null references accounts (id),
  reason text not null,
  before jsonb not null,
  after jsonb not null
);

-- A ticket's own: time that was granted on top, and the edition of the calendar that its open deadlines were counted with.
alter table tickets
  add column extended_by integer not null default 0,
  add column counted_with integer not null default 1;
-- Open tickets that wait to be counted anew.
create index tickets_counted_with on tickets (counted_with) where state not in ('withdrawn', 'closed', 'archived');

alter table deadlines drop constraint deadlines_kind_check;
alter table deadlines add constraint deadlines_kind_check check (
  case when clock = 'stage' then kind in ('accept', 'review', 'dispatch', 'sign', 'contact', 'handle', 'visit')
    else kind in ('warning', 'overdue') end);
-- The time of the whole desk, which was called review.
update deadlines set kind = 'dispatch' where kind = 'review';

-- Not told before; null: at once.
alter table outbox add column not_before timestamptz;
