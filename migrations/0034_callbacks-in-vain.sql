-- Callbacks that came to nothing are looked for every few seconds, among all there ever were.
create index callbacks_in_vain on callbacks (ended_at) where state in ('failed', 'expired');
