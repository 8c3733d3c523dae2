-- Return visits: each call to the citizen with what it came to; and supervision orders to units that stall.
create table visit_attempts (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  at timestamptz not null,
  by uuid not null references accounts (id),
  outcome text not null check (outcome in ('answered', 'refused', 'noAnswer', 'busy', 'switchedOff', 'wrongNumber',
    'callLater', 'givenUp')),
  -- The unit whose work was asked about: the ticket may have another by the time somebody counts.
  unit_code text references units (code),
  resolved boolean,
  result integer check (result between 1 and 5),
  process integer check (process between 1 and 5),
  words text not null default '',
  call_again_at timestamptz,
  check ((outcome = 'answered') = (resolved is not null)),
  check ((resolved is null) = (result is null) and (resolved is null) = (process is null))
);
create index visit_attempts_by_ticket on visit_attempts (ticket_id, at);
create index visit_attempts_answered on visit_attempts (at) where outcome = 'answered';
create index tickets_to_visit on tickets (accepted_at) where state = 'returnVisit';

create sequence supervision_number;
create table supervision_orders (
  id uuid primary key,
  number text not null unique,
  ticket_id uuid not null references tickets (id),
  unit_code text not null references units (code),
  instrument text not null check (instrument in ('onSite', 'written', 'meeting', 'media', 'notice')),
  trigger text not null check (trigger in ('person', 'overdue', 'secondDissatisfaction', 'thirdReturn')),
  state text not null check (state in ('issued', 'answered', 'closed', 'cancelled')),
  demand text not null,
  issued_at timestamptz not null,
  issued_by uuid references accounts (id),
  due_at timestamptz not null,
  moved_at timestamptz not null,
  answer text,
  answered_at timestamptz,
  finding text,
  finished_at timestamptz
);
create index supervision_orders_newest on supervision_orders (issued_at desc, id desc);
-- A rule that fires again while its order stands adds none.
create unique index supervision_orders_one_per_rule on supervision_orders (ticket_id, unit_code, trigger)
  where trigger <> 'person' and state in ('issued', 'answered');
