-- Who looked at what they may see only for a reason (invariant 10): written before it is shown, never changed after.
create table audit_trail (
  id uuid primary key,
  at timestamptz not null default now(),
  account_id uuid not null references accounts (id),
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  reason text not null default '',
  address text not null default '',
  request_id text not null default ''
);
create index audit_by_subject on audit_trail (subject_kind, subject_id, at);
create index audit_by_account on audit_trail (account_id, at);

create function audit_trail_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only';
end $$;
create trigger audit_trail_append_only before update or delete or truncate on audit_trail
  for each statement execute function audit_trail_is_append_only();
