-- How often units are pressed, and by whom, is read off the time lines of a time: by its own index, and not through all of them.
create index ticket_events_urges on ticket_events (at) where type in ('urged', 'citizenUrged');
