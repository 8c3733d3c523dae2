-- Task sheets, supervision orders and circulars on paper: each has its number for good. Its text is made from the books each
-- time, masked for who reads it; only what a person wrote for a circular is kept here.
create table documents (
  id uuid primary key,
  kind text not null check (kind in ('taskSheet', 'supervisionOrder', 'circular')),
  year integer not null check (year between 2000 and 2100),
  sequence integer not null check (sequence > 0),
  number text not null unique,
  -- Of two with the same subject the first one stands: printed again, it is the same paper.
  subject text not null,
  ticket_id uuid references tickets (id),
  order_id uuid references supervision_orders (id),
  unit_code text references units (code),
  circular jsonb,
  issued_at timestamptz not null,
  issued_by uuid not null references accounts (id),
  unique (kind, year, sequence),
  unique (kind, subject),
  check ((kind = 'circular') = (circular is not null)),
  check ((kind = 'circular') = (ticket_id is null)),
  check ((kind = 'supervisionOrder') = (order_id is not null))
);
create index documents_newest on documents (issued_at desc, id desc);
create index documents_of_ticket on documents (ticket_id) where ticket_id is not null;

-- The last number of each kind in each year: taken under its row's lock, so that none is skipped.
create table document_numbers (
  kind text not null,
  year integer not null,
  last integer not null,
  primary key (kind, year)
);
