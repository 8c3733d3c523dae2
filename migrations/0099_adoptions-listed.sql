-- What everybody may read of a suggestion that was taken up; empty: it stands on no public list.
alter table ticket_adoptions add column summary text not null default '';
create index tickets_suggested on tickets (accepted_at) where type = 'SUGGESTION';
