-- Automatic return visits: the machine calls and asks; who may contact a citizen at this moment; more ways a try can end.
alter table calls drop constraint calls_purpose_check;
alter table calls add constraint calls_purpose_check check (purpose in ('queueCallback', 'missedCall', 'ticket',
  'returnVisit', 'unitContact', 'survey'));

-- by: null when the machine asked. Answers of a call that broke off, or went on with a person, are kept as far as they go.
alter table visit_attempts alter column by drop not null;
alter table visit_attempts add column call_id uuid;
alter table visit_attempts drop constraint visit_attempts_outcome_check;
alter table visit_attempts add constraint visit_attempts_outcome_check check (outcome in ('answered', 'refused',
  'noAnswer', 'busy', 'switchedOff', 'wrongNumber', 'callLater', 'givenUp', 'machine', 'wrongPerson', 'brokenOff',
  'toPerson'));
-- The two nameless checks of 0027, by the names that PostgreSQL gave them.
alter table visit_attempts drop constraint visit_attempts_check;
alter table visit_attempts drop constraint visit_attempts_check1;
alter table visit_attempts add constraint visit_attempts_answers check (
  case outcome
    when 'answered' then resolved is not null and result is not null and process is not null
    when 'brokenOff' then true
    when 'toPerson' then true
    else resolved is null and result is null and process is null
  end);

create table survey_rules (
  only_one boolean primary key default true check (only_one),
  rules jsonb not null,
  revision integer not null check (revision > 0),
  changed_at timestamptz not null,
  changed_by uuid not null references accounts (id)
);

-- One row a call; its id is the call's. Times out by leased_until when nobody tells how it went.
create table visit_surveys (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  -- As the ticket was when it was called about: what has moved since is asked about anew.
  ticket_version integer not null,
  number text not null,
  state text not null check (state in ('calling', 'told', 'recorded', 'superseded', 'refused', 'lost')),
  placed_at timestamptz not null,
  leased_until timestamptz not null,
  how text,
  dial text,
  given jsonb not null default '{}',
  told_at timestamptz,
  finished_at timestamptz,
  detail text not null default ''
);
create index visit_surveys_by_ticket on visit_surveys (ticket_id, placed_at);
-- One at a time for a ticket.
create unique index visit_surveys_one_active on visit_surveys (ticket_id) where state in ('calling', 'told');
create index visit_surveys_told on visit_surveys (told_at) where state = 'told';
create index visit_surveys_calling on visit_surveys (leased_until) where state = 'calling';

-- Who has a citizen's contact in hand: one clerk, or the machine (null), until then.
create table contact_claims (
  number text primary key,
  held_by uuid references accounts (id),
  until timestamptz not null,
  since timestamptz not null
);

-- A citizen is one citizen however his number was written; each contact is had by one person, and its outcome is owed.
create function citizen_key(text) returns text language sql immutable strict parallel safe
  as $$ select regexp_replace(digits_of($1), '^(0086|86)(?=1[3-9][0-9]{9}$)', '') $$;
create index tickets_to_visit_by_citizen on tickets (citizen_key(citizen_number)) where state = 'returnVisit';
create index calls_out_by_citizen on calls (citizen_key(caller_number), arrived_at) where direction = 'outbound';
alter table contact_claims add column ticket_id uuid references tickets (id);
-- Since when an outcome is owed for a call that was made.
alter table contact_claims add column called_at timestamptz;
create index contact_claims_of on contact_claims (held_by);
