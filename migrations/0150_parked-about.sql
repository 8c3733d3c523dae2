-- What waits for a clerk and is about a confidential ticket was read by every agent: it is as secret as that ticket.
-- The ticket that it names, or the last of its sender. Null: none.
alter table incoming_messages add column about_ticket uuid references tickets (id);
update incoming_messages m set about_ticket = coalesce(
  (select t.id from regexp_matches(upper(m.text), '[A-Z]{1,8}[0-9]{8}-[0-9]{6,9}', 'g') named join tickets t on t.number = named[1]
     order by t.confidential or t.listed_only desc limit 1),
  (select o.ticket_id from incoming_messages o where o.channel = m.channel and o.sender = m.sender and o.ticket_id is not null
     and o.received_at <= m.received_at order by o.received_at desc, o.id desc limit 1))
where m.outcome = 'parked' and m.channel <> 'website' and m.ticket_id is null;
