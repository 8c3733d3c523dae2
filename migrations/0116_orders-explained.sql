-- Why the time of an order ends when it does, day by day, as it was counted; null: by a release that did not keep it.
alter table supervision_orders add column explanation jsonb;
