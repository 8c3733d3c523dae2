-- The register of numbers and how each is merged (RD-04 to RD-08), and the numbers that may not be (RD-03).
create table protected_numbers (
  number text primary key check (number ~ '^[0-9]{3,16}$'),
  name text not null,
  rule text not null check (rule in ('never', 'two-approvers')),
  basis text not null
);

create table lines (
  number text primary key check (number ~ '^[0-9]{3,16}$'),
  name text not null,
  unit_code text not null references units (code),
  mode text not null check (mode in ('MAIN', 'FORWARD', 'TRANSITION', 'DEDICATED', 'PARALLEL')),
  valid_from date not null,
  valid_to date,
  queue_code text not null references queues (code),
  unit_number text check (unit_number ~ '^[0-9]{3,16}$'),
  trunk text,
  greeting text,
  basis text not null,
  check (valid_to is null or valid_to > valid_from),
  check ((mode = 'TRANSITION') = (valid_to is not null)),
  check ((mode = 'PARALLEL') = (unit_number is not null)),
  check ((mode = 'PARALLEL') = (trunk is not null))
);
create unique index lines_one_main on lines (mode) where mode = 'MAIN';

-- Bumped by whoever changes what call control must know; call control reads the whole under one version.
create table published_configuration (
  only_one boolean primary key default true check (only_one),
  version bigint not null default 1,
  published_at timestamptz not null default now()
);
insert into published_configuration default values;
