-- A call counts in every queue it visited (C16), derived from its facts like its other rows; and who last talked with a caller is found by his number.
create table call_queue_visits (
  call_id uuid not null references calls (id),
  -- 1, 2, 3 … of the call
  nth integer not null,
  queue text not null,
  entered_at timestamptz not null,
  left_at timestamptz,
  -- null: still there, or never told
  how text,
  reason text not null default '',
  primary key (call_id, nth)
);
create index call_queue_visits_entered on call_queue_visits (entered_at);

-- The n-th entry into a queue is left by the n-th leaving of it.
create function queue_visits_of(uuid[]) returns setof call_queue_visits language sql stable as $$
  with moves as (
    select f.call_id, f.type, f.at, f.seq, f.body,
      row_number() over (partition by f.call_id, f.type, f.body->>'queue' order by f.at, f.seq) as turn
    from call_facts f join calls c on c.id = f.call_id
    where f.type in ('queueEntered', 'queueLeft') and ($1 is null or f.call_id = any ($1))
  )
  select e.call_id, (row_number() over (partition by e.call_id order by e.at, e.seq))::integer, e.body->>'queue', e.at,
    l.at, l.body->>'how', coalesce(e.body->>'reason', '')
  from moves e left join moves l on l.call_id = e.call_id and l.type = 'queueLeft' and l.turn = e.turn
    and l.body->>'queue' = e.body->>'queue'
  where e.type = 'queueEntered' and e.body->>'queue' is not null
$$;
insert into call_queue_visits select * from queue_visits_of(null);

create index calls_of_caller on calls (digits_of(caller_number), arrived_at desc) where agent_id is not null;
