-- Calls that units report of their own lines (双号并行, before a merger), kept apart from ours; and figures a line.
create table reported_calls (
  id uuid primary key,
  line text not null check (line ~ '^[0-9]{3,20}$'),
  unit_code text not null,
  started_at timestamptz not null,
  duration_ms integer not null check (duration_ms between 0 and 86400000),
  answered boolean not null,
  -- As it may be shown; the number itself is not kept. Hash: who called again, without saying who.
  caller_masked text not null,
  caller_hash bytea,
  -- The unit's own mark of the call; '' when it has none.
  reference text not null default '',
  -- Who it is, for telling a repeated report from a second call.
  caller_key text not null,
  -- The call of ours that rang the unit and is this very one: counted there already.
  our_call uuid,
  reported_by uuid not null references accounts (id),
  reported_at timestamptz not null
);
create unique index reported_calls_reference on reported_calls (line, reference) where reference <> '';
create unique index reported_calls_moment on reported_calls (line, started_at, caller_key);
create unique index reported_calls_our_call on reported_calls (our_call) where our_call is not null;
create index reported_calls_started on reported_calls (started_at);

-- Without it a hash of eleven digits tells the number to whoever tries all of them.
create table reporting_settings (
  only_one boolean primary key default true check (only_one),
  caller_salt bytea not null
);
insert into reporting_settings (caller_salt)
  values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

create index calls_by_line on calls (line, arrived_at);
