-- Who employs agents: a kept list, and of each agent since which day whose he is. A past call stays with the employer of its day.
create table employers (
  code text primary key check (code ~ '^[a-z0-9-]{2,40}$'),
  name text not null,
  kind text not null check (kind in ('centre', 'unit', 'vendor')),
  unit_code text references units (code),
  contract text not null default '',
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((kind = 'unit') = (unit_code is not null))
);
insert into employers (code, name, kind) values ('platform', '热线中心', 'centre');
insert into employers (code, name, kind, unit_code)
  select u.code, u.name, 'unit', u.code from units u where u.code <> 'platform' and u.code in (select employer from agents);
-- Names that no unit bears any more.
insert into employers (code, name, kind)
  select distinct employer, employer, 'vendor' from agents on conflict do nothing;

create table employments (
  agent_id uuid not null references agents (account_id) on delete cascade,
  -- The first local day; the last is the one before the next row's.
  from_day date not null,
  employer text not null references employers (code),
  reason text not null default '',
  recorded_by uuid references accounts (id),
  recorded_at timestamptz not null default now(),
  -- Since when routing knows of it; null: its day has not come.
  effective_at timestamptz,
  primary key (agent_id, from_day)
);
insert into employments (agent_id, from_day, employer, effective_at)
  select account_id, date '2000-01-01', employer, now() from agents;
create index employments_to_come on employments (from_day) where effective_at is null;
create index employments_by_employer on employments (employer, from_day);
alter table agents drop column employer;

create view employment_spans as
  select e.agent_id, e.employer, e.from_day::timestamp at time zone m.time_zone as from_at,
    coalesce(lead(e.from_day) over (partition by e.agent_id order by e.from_day)::timestamp at time zone m.time_zone,
      'infinity') as to_at
  from employments e cross join municipality m;

create function employer_today(agent uuid) returns text language sql stable as $$
  with today as (
    select (now() at time zone coalesce((select time_zone from municipality), 'Asia/Shanghai'))::date as day)
  select e.employer from employments e, today t where e.agent_id = agent
  order by e.from_day <= t.day desc, case when e.from_day <= t.day then e.from_day end desc, e.from_day limit 1
$$;

-- A vendor's own supervisor: nothing else, and of one employer.
alter table accounts add column employer text references employers (code);
alter table accounts drop constraint accounts_roles_check;
alter table accounts add constraint accounts_roles_check check (roles <@ array['agent', 'lead', 'operator', 'reviewer',
  'dispatcher', 'adjudicator', 'supervisor', 'returnVisitor', 'unit', 'admin', 'leader', 'vendorLead']);
alter table accounts add constraint accounts_vendor_lead check (
  ('vendorLead' = any (roles)) = (employer is not null) and (employer is null or cardinality(roles) = 1));

create index call_facts_transferred on call_facts (at) where type = 'transferred';
