-- Who supervises reads them newest first; they are few. By itself: nobody opens a ticket while the table is shut.
create index tickets_about_conduct on tickets (accepted_at desc, id desc) where accused_unit is not null;
