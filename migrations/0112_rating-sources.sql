-- Where a citizen's own word came from, each time that he gave it: number and telephone open the page, and more people know both
-- than he. Beside the time line and not on it: it is forgotten when it has served.
create table rating_sources (
  rating_id uuid not null references ticket_ratings (id),
  at timestamptz not null,
  address inet not null,
  agent text not null
);
create index rating_sources_of on rating_sources (rating_id, at);
create index rating_sources_from on rating_sources (address, at);
