-- What units are scored by is read by its time; deadlines are written nearly in that order, and a block range costs nothing.
create index deadlines_by_time on deadlines using brin (due_at);
