-- Coordination meetings: minutes that a second person confirms, decisions that become precedents and rules, tasks with their time.
create sequence meeting_number;
create table meetings (
  id uuid primary key,
  number text not null unique,
  state text not null check (state in ('draft', 'confirmed', 'cancelled')),
  revision integer not null default 1,
  held_at timestamptz not null,
  -- {"topic", "place", "chair", "participants", "ticketIds", "text", "decisions", "tasks"}
  minutes jsonb not null,
  -- What each decision came to, in their order: {"adjudication": ..., "ruleVersion": ...}
  outcomes jsonb,
  written_at timestamptz not null,
  author uuid not null references accounts (id),
  -- Whoever wrote a word of it does not confirm it.
  writers uuid[] not null,
  confirmed_at timestamptz,
  confirmed_by uuid references accounts (id),
  check ((state = 'confirmed') = (confirmed_at is not null and confirmed_by is not null and outcomes is not null))
);
create index meetings_newest on meetings (held_at desc, id desc);

create table meeting_tickets (
  meeting_id uuid not null references meetings (id),
  ticket_id uuid not null references tickets (id),
  primary key (meeting_id, ticket_id)
);
create index meeting_tickets_by_ticket on meeting_tickets (ticket_id);

create table meeting_tasks (
  id uuid primary key,
  meeting_id uuid not null references meetings (id),
  nth integer not null check (nth > 0),
  unit_code text not null references units (code),
  task text not null,
  state text not null check (state in ('open', 'reported', 'done', 'cancelled')),
  ticket_ids uuid[] not null check (cardinality(ticket_ids) > 0),
  due_at timestamptz not null,
  -- How its time was counted, day by day.
  explanation jsonb not null,
  report text,
  reported_at timestamptz,
  finding text,
  finished_at timestamptz,
  -- What its lateness led to, once.
  order_id uuid unique references supervision_orders (id),
  unique (meeting_id, nth)
);
create index meeting_tasks_by_unit on meeting_tasks (unit_code, due_at);
create index meeting_tasks_due on meeting_tasks (due_at) where state = 'open' and order_id is null;

create function refuse_confirmed_meeting_change() returns trigger language plpgsql as $$
begin
  if old.state = 'confirmed' then
    raise exception 'confirmed minutes are not changed';
  end if;
  return new;
end $$;
create trigger confirmed_meetings_are_kept before update on meetings
  for each row execute function refuse_confirmed_meeting_change();

-- A task that was not reported in its time is supervised; two of one unit under one ticket are two orders.
alter table supervision_orders drop constraint supervision_orders_trigger_check;
alter table supervision_orders add constraint supervision_orders_trigger_check check (trigger in ('person', 'overdue',
  'secondDissatisfaction', 'thirdReturn', 'repeatAppeal', 'falseResult', 'upperLevel', 'unanswered', 'longOverdue', 'meetingTask'));
drop index supervision_orders_one_per_rule;
create unique index supervision_orders_one_per_rule on supervision_orders (ticket_id, unit_code, trigger)
  where trigger not in ('person', 'unanswered', 'meetingTask') and state in ('issued', 'answered');
