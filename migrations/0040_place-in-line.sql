-- How often a queue's waiting citizens are told their place in line.
alter table queues add column place_every_ms integer not null default 60000 check (place_every_ms > 0);
