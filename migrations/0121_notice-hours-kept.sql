-- Who set the hours in which people are told of deadlines, when, from what to what: of two who set them at once the later sees it.
create table notice_hours_edits (
  revision integer primary key,
  at timestamptz not null,
  by uuid not null references accounts (id),
  before jsonb not null,
  after jsonb not null
);
