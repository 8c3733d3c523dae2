-- 高峰模式 (C11): one switch for desks that cannot keep up, by whom, why, and what it changed; over by its time or by hand.
create table surge_modes (
  id uuid primary key,
  queues text[] not null check (cardinality(queues) > 0),
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  recalls boolean not null,
  helpers uuid[] not null,
  wrap_up_ms integer check (wrap_up_ms >= 0),
  callback_after_ms integer check (callback_after_ms >= 0),
  announcement_id uuid references announcements (id),
  reason text not null,
  opened_by uuid not null references accounts (id),
  ended_at timestamptz,
  ended_by uuid references accounts (id),
  end_reason text,
  check ((ended_at is null) = (ended_by is null)),
  check ((ended_at is null) = (end_reason is null))
);
create index surge_modes_latest on surge_modes (from_at desc, id);
