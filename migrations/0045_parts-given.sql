-- Who gave a part stays known when the ticket goes to another unit; and the hash of inner words is salted.
alter table ticket_parts add column given_by text references units (code);
update ticket_parts p set given_by = coalesce(a.unit_code, t.unit_code)
from tickets t, ticket_parts q left join ticket_parts a on a.id = q.parent_id
where q.id = p.id and t.id = p.ticket_id and p.kind = 'sub';

alter table ticket_part_events add column salt uuid;
alter table ticket_part_events alter column salt set default gen_random_uuid();
