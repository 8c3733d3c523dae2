-- What one request did to many tickets, a line with each in its own transaction: asked again after a crash, a line that was
-- done is told and not done again.
create table bulk_lines (
  bulk_id uuid not null,
  ticket_id uuid not null references tickets (id),
  at timestamptz not null,
  account_id uuid not null references accounts (id),
  act text not null,
  outcome jsonb not null,
  primary key (bulk_id, ticket_id)
);
create index ticket_events_urged on ticket_events (ticket_id, at) where type = 'urged';
-- Which tickets' own time is over soon, and which stage has its clock running.
create index deadlines_stage_running on deadlines (kind, ticket_id) where clock = 'stage' and state in ('pending', 'claimed');
