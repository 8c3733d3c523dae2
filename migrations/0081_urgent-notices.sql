-- An urgent ticket given to a unit: whom it has on call is rung, one after another, until somebody confirms by a key (H12).
alter table calls drop constraint calls_purpose_check;
alter table calls add constraint calls_purpose_check check (purpose in ('queueCallback', 'missedCall', 'ticket',
  'returnVisit', 'unitContact', 'survey', 'urgentNotice'));

create table urgent_notices (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  -- The line of the time line that gave it to the unit: one notice each.
  dispatch_seq integer not null,
  unit_code text not null references units (code),
  state text not null check (state in ('calling', 'received', 'unanswered', 'noDuty', 'overtaken')),
  -- Who was on call when it began, and how they are called: [{"name", "number"}].
  ladder jsonb not null default '[]',
  rule jsonb not null default '{}',
  begun_at timestamptz not null,
  ended_at timestamptz,
  unique (ticket_id, dispatch_seq)
);
create index urgent_notices_open on urgent_notices (begun_at) where state in ('calling', 'unanswered', 'noDuty');

-- One row a call; its id is the call's. Times out by leased_until when nobody tells how it went.
create table urgent_calls (
  id uuid primary key,
  notice_id uuid not null references urgent_notices (id),
  rung integer not null check (rung >= 0),
  name text not null,
  number text not null,
  state text not null check (state in ('open', 'confirmed', 'unreached')),
  -- Call control has said that it makes it.
  placed boolean not null default false,
  -- How it went, and the network's word.
  how text,
  dial text,
  -- Why it was not made.
  detail text not null default '',
  called_at timestamptz not null,
  leased_until timestamptz not null,
  ended_at timestamptz,
  -- It stands on the ticket's time line.
  noted boolean not null default false
);
create index urgent_calls_by_notice on urgent_calls (notice_id, called_at);
create unique index urgent_calls_one_open on urgent_calls (notice_id) where state = 'open';
create index urgent_calls_unnoted on urgent_calls (notice_id) where state <> 'open' and not noted;

create index tickets_urgent_with_units on tickets (id)
  where urgency = 'urgent' and state in ('dispatched', 'signedFor');

-- What units have already they are not rung for in the hour of an update.
insert into urgent_notices (id, ticket_id, dispatch_seq, unit_code, state, begun_at, ended_at)
select gen_random_uuid(), t.id, d.seq, t.unit_code, 'overtaken', now(), now()
from tickets t
  cross join lateral (select max(e.seq) as seq from ticket_events e
    where e.ticket_id = t.id and e.to_state = 'dispatched') d
where t.urgency = 'urgent' and t.state in ('dispatched', 'signedFor') and t.unit_code is not null and d.seq is not null;
