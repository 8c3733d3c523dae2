-- Figures of returns and of what citizens said look at each ticket's time line for these alone: of a quarter they read all its lines. By itself: nobody moves a ticket while the table is shut.
create index ticket_events_returned on ticket_events (ticket_id, seq) where type = 'returnTicket';
create index ticket_events_reported on ticket_events (ticket_id, at) where type = 'reportDone';
