-- Who was tried in vain is written a link under which he answers the questions of the visit himself (G2). What opens it is
-- kept as its hash only; one for each time that a ticket goes to its visit.
create table visit_links (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  -- The line with which the ticket went to this visit.
  visit_seq integer not null,
  token_hash bytea not null unique,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  unique (ticket_id, visit_seq)
);
-- Answers that came by a link; neither a clerk nor the machine asked.
alter table visit_attempts add column link_id uuid references visit_links (id);
