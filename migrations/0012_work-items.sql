-- Work that somebody must do by a day, written once when its day has come: the warnings and ends of transitions (RD-06).
create table work_items (
  id uuid primary key,
  -- The same for the same matter, whoever finds it due, and however often.
  key text not null unique,
  kind text not null check (kind in ('transitionWarning', 'transitionEnd')),
  number text not null,
  unit_code text not null,
  due_day date not null,
  -- The last day of the transition, and how many days before it this is.
  last_day date not null,
  days_before integer not null check (days_before between 0 and 365),
  state text not null default 'open' check (state in ('open', 'done', 'dismissed', 'withdrawn')),
  opened_at timestamptz not null
);
create index work_items_by_day on work_items (due_day, id);
create index work_items_open on work_items (due_day, id) where state = 'open';

create table work_item_events (
  seq bigint generated always as identity primary key,
  item_id uuid not null references work_items (id),
  at timestamptz not null,
  -- null: the program itself
  actor_id uuid references accounts (id),
  from_state text,
  to_state text not null,
  reason text not null default ''
);
create index work_item_events_by_item on work_item_events (item_id, seq);
