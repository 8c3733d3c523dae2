-- Rounds of a worker that fail, for the board of jobs: each tries again by itself, and leaves this table when it works.
create table round_failures (
  round text not null,
  worker uuid not null,
  failure text not null,
  since timestamptz not null,
  last_at timestamptz not null,
  failures int not null check (failures > 0),
  primary key (round, worker)
);
