-- Who gives up waiting and hides his number is listed as well (C14): told from those whose callback stands.
alter table missed_call_entries add column withheld boolean not null default false;
update missed_call_entries e set withheld = true from calls c
where c.id = e.call_id and e.missed_call_id is null and digits_of(c.caller_number) = '';
