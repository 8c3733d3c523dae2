-- Decisions on whose a matter is: precedents that can be looked up, and rules of the dispatch catalogue.
create sequence adjudication_number;
create table adjudications (
  id uuid primary key,
  number text not null unique,
  ticket_id uuid not null references tickets (id),
  at timestamptz not null,
  by uuid not null references accounts (id),
  lead_unit text not null references units (code),
  assist_units text[] not null default '{}',
  -- Whom it was held with, and what each said: [{"unitCode": ..., "position": ...}]
  parties jsonb not null,
  reason text not null,
  category text not null,
  area text not null,
  asset text not null,
  -- The version of the catalogue with which it became a rule; null: it decided this ticket alone.
  rule_version integer references dispatch_versions (version)
);
create index adjudications_newest on adjudications (at desc, id desc);
create index adjudications_by_category on adjudications (category, at desc);
create index adjudications_by_ticket on adjudications (ticket_id);
