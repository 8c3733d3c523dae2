-- How the ticket stood when its order was closed: whoever measures that later finds it moved on. Null: closed by an earlier
-- release.
alter table supervision_orders add column ticket_at_close jsonb;
