-- Cases that were filed are few among a million tickets, and listed newest first. By itself: nobody opens a ticket while the table is shut.
create index tickets_cases_filed on tickets (accepted_at desc, id desc) where outcome = 'caseFiled';
