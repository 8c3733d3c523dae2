-- What callers are to hear is approved by another account than the one that made it; notes of before stay, as notes.
alter table prompt_versions rename column approver to approver_noted;
alter table prompt_versions
  alter column approver_noted drop not null,
  -- The decision or letter that it rests on, where there is one.
  add column basis text not null default '',
  add column approved_by uuid references accounts (id),
  add column approved_at timestamptz;
-- Heard before this table knew approvals: by whom is what somebody once wrote down.
update prompt_versions set approved_at = made_at;
alter table prompt_versions
  add constraint prompt_approved_by_another check (approved_by <> made_by),
  add constraint prompt_approved_by_somebody
    check ((approved_at is null) = (approved_by is null and approver_noted is null));
