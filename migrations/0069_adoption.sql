-- What became of a suggestion: taken up or not, by which measure, and where that was made public (H27).
create table ticket_adoptions (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  at timestamptz not null,
  by uuid not null references accounts (id),
  -- Of the unit itself, or of the hotline, whose last word holds.
  side text not null check (side in ('unit', 'hotline')),
  outcome text not null check (outcome in ('adopted', 'partly', 'notAdopted')),
  -- The measure; where it was not taken up, why.
  words text not null,
  -- Where it can be read by everybody; empty: nowhere.
  publication text not null default ''
);
create index ticket_adoptions_by_ticket on ticket_adoptions (ticket_id, at);
