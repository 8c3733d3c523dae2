-- Whether a visit told the truth: visits made again, the citizen's own rating, the truth of the appeal, and what is left out.
create table visit_sample_days (
  day date primary key,
  percent integer not null,
  visits integer not null,
  drawn integer not null,
  drawn_at timestamptz not null
);
create table visit_samples (
  id uuid primary key,
  day date not null references visit_sample_days (day),
  attempt_id uuid not null unique references visit_attempts (id),
  ticket_id uuid not null references tickets (id),
  state text not null default 'open' check (state in ('open', 'answered', 'unreached')),
  tries integer not null default 0,
  visited_by uuid references accounts (id),
  visited_at timestamptz,
  resolved boolean,
  result integer check (result between 1 and 5),
  process integer check (process between 1 and 5),
  words text not null default '',
  false_content boolean,
  check ((state = 'answered') = (resolved is not null and result is not null and process is not null))
);
create index visit_samples_open on visit_samples (day) where state = 'open';

create table ticket_ratings (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  -- 一事一评: once for each time that it was reported done.
  round integer not null,
  at timestamptz not null,
  channel text not null check (channel in ('phone', 'web', 'wechat', 'message', 'counter')),
  taken_by uuid references accounts (id),
  unit_code text references units (code),
  resolved boolean not null,
  result integer not null check (result between 1 and 5),
  process integer not null check (process between 1 and 5),
  words text not null default '',
  unique (ticket_id, round)
);

create table ticket_truths (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  at timestamptz not null,
  by uuid not null references accounts (id),
  -- Of the unit itself, or of the hotline.
  side text not null check (side in ('unit', 'hotline')),
  truth text not null check (truth in ('true', 'partly', 'untrue')),
  evidence text not null default ''
);
create index ticket_truths_by_ticket on ticket_truths (ticket_id, at);

create table visit_exclusions (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  unit_code text not null references units (code),
  ground text not null check (ground in ('untrue', 'unlawful', 'unreasonable', 'repeated', 'policyBound')),
  evidence text not null,
  state text not null check (state in ('requested', 'seconded', 'excluded', 'refused', 'withdrawn')),
  asked_by uuid not null references accounts (id),
  asked_at timestamptz not null,
  seconded_by uuid references accounts (id),
  decided_by uuid references accounts (id),
  decided_at timestamptz,
  opinion text not null default ''
);
create unique index visit_exclusions_one on visit_exclusions (ticket_id, unit_code)
  where state in ('requested', 'seconded', 'excluded');
create index visit_exclusions_newest on visit_exclusions (asked_at desc, id desc);
