-- Leaders' instructions with their chain, orders that escalate, and who has a citizen's contact.
create sequence instruction_number;
create table instructions (
  id uuid primary key,
  number text not null unique,
  level text not null check (level in ('own', 'upper')),
  leader text not null,
  words text not null,
  state text not null check (state in ('given', 'underWay', 'reported', 'closed')),
  given_at timestamptz not null,
  due_at timestamptz not null,
  check (due_at > given_at)
);
create index instructions_newest on instructions (given_at desc, id desc);
create table instruction_tickets (
  instruction_id uuid not null references instructions (id),
  ticket_id uuid not null references tickets (id),
  primary key (instruction_id, ticket_id)
);
create index instruction_tickets_by_ticket on instruction_tickets (ticket_id);
create table instruction_steps (
  instruction_id uuid not null references instructions (id),
  seq integer not null,
  at timestamptz not null,
  by uuid not null references accounts (id),
  move text not null check (move in ('give', 'takeUp', 'report', 'sendBack', 'close')),
  words text not null,
  primary key (instruction_id, seq)
);

alter table supervision_orders drop constraint supervision_orders_trigger_check;
alter table supervision_orders add constraint supervision_orders_trigger_check check (trigger in ('person', 'overdue',
  'secondDissatisfaction', 'thirdReturn', 'repeatAppeal', 'upperLevel', 'unanswered'));
-- What the instrument's own form says: place, participants, decision and the like.
alter table supervision_orders add column document jsonb not null default '{}';
alter table supervision_orders add column outcome jsonb not null default '{}';
-- The order that was not answered in time, and that this one goes beyond.
alter table supervision_orders add column escalates uuid unique references supervision_orders (id);
drop index supervision_orders_one_per_rule;
create unique index supervision_orders_one_per_rule on supervision_orders (ticket_id, unit_code, trigger)
  where trigger not in ('person', 'unanswered') and state in ('issued', 'answered');
create index supervision_orders_due on supervision_orders (due_at) where state = 'issued';
