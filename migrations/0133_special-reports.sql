-- 舆情专报 (HM-13): what those above are told of a burst of appeals, drafted from its books with the same act that gives it to a unit at once.
create table special_reports (
  id uuid primary key,
  incident_id uuid not null references incidents (id),
  state text not null check (state in ('draft', 'issued', 'discarded')),
  revision integer not null default 1,
  title text not null check (title ~ '\S'),
  addressee text not null,
  paragraphs text[] not null,
  written_at timestamptz not null,
  written_by uuid not null references accounts (id),
  changed_at timestamptz not null,
  changed_by uuid not null references accounts (id),
  document_id uuid references documents (id),
  check ((state = 'issued') = (document_id is not null))
);
create index special_reports_of_incident on special_reports (incident_id, written_at desc, id desc);
create index special_reports_newest on special_reports (written_at desc, id desc);

alter table documents add column report_id uuid references special_reports (id);
alter table documents drop constraint documents_kind_check;
alter table documents drop constraint documents_of_no_ticket;
alter table documents add constraint documents_kind_check
  check (kind in ('taskSheet', 'supervisionOrder', 'circular', 'minutes', 'specialReport')) not valid;
alter table documents add constraint documents_of_no_ticket
  check ((kind in ('circular', 'minutes', 'specialReport')) = (ticket_id is null)) not valid;
alter table documents add constraint documents_of_report check ((kind = 'specialReport') = (report_id is not null)) not valid;
