-- What was found at the place stood in words alone (HM-12): photos of the unit and of the hotline stay with the ticket as they were taken.
create table ticket_photos (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  name text not null check (name ~ '\S'),
  media_type text not null check (media_type in ('image/png', 'image/jpeg')),
  bytes bytea not null,
  added_at timestamptz not null,
  added_by uuid not null references accounts (id),
  -- null: of the hotline
  unit_code text references units (code)
);
create index ticket_photos_of on ticket_photos (ticket_id, added_at, id);
