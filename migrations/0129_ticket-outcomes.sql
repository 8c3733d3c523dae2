-- What came of a matter stood in the words of a reply: a case that was filed (HM-12) has its number, and is found among the others. null: not reported done, or before this was asked.
alter table tickets add column outcome text, add column case_number text, add column case_filed_by text,
  add constraint tickets_outcome check (outcome in ('handled', 'caseFiled')
    and (outcome <> 'caseFiled' or coalesce(case_number, '') <> '')) not valid;
