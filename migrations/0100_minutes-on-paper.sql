-- The minutes of a meeting are a paper of the house as well, with their number, once they are confirmed.
alter table documents add column meeting_id uuid references meetings (id);
alter table documents drop constraint documents_kind_check;
alter table documents drop constraint documents_check1;
alter table documents add constraint documents_kind_check
  check (kind in ('taskSheet', 'supervisionOrder', 'circular', 'minutes'));
alter table documents add constraint documents_of_no_ticket check ((kind in ('circular', 'minutes')) = (ticket_id is null));
alter table documents add constraint documents_of_meeting check ((kind = 'minutes') = (meeting_id is not null));
