-- Facts that the database would not take (bad data), set aside so that they hold up no others and are not lost.
create table refused_facts (
  id text primary key,
  fact text not null,
  error text not null,
  refused_at timestamptz not null default now()
);
