-- Circulars: drafted from the books of supervision, signed by a second person who is named, sent to units, read or asked for again.
create table circulars (
  id uuid primary key,
  state text not null check (state in ('draft', 'submitted', 'sent', 'corrected', 'withdrawn', 'discarded')),
  revision integer not null default 1,
  from_day date not null,
  to_day date not null,
  kinds text[] not null,
  units text[] not null,
  -- {"title": ..., "addressee": ..., "paragraphs": [...], "copies": [...]}; a figure stands in it as {kind.unit}
  text jsonb not null,
  -- [{"id": ..., "kind": ..., "unitCode": ..., "count": ...}]
  figures jsonb not null,
  counted_at timestamptz not null,
  written_at timestamptz not null,
  author uuid not null references accounts (id),
  -- Whoever wrote a word of it does not sign it.
  writers uuid[] not null,
  signatory uuid references accounts (id),
  sent_at timestamptz,
  document_id uuid references documents (id),
  corrects uuid references circulars (id),
  check (to_day >= from_day),
  check ((state in ('sent', 'corrected', 'withdrawn')) = (sent_at is not null)),
  check ((sent_at is null) = (document_id is null)),
  check (state <> 'submitted' or signatory is not null)
);
create index circulars_newest on circulars (written_at desc, id desc);
create unique index circulars_one_correction on circulars (corrects) where state <> 'discarded';

-- What stands behind each figure, as it was counted.
create table circular_rows (
  circular_id uuid not null references circulars (id),
  kind text not null,
  unit_code text not null references units (code),
  ticket_id uuid not null references tickets (id),
  subject_id uuid not null,
  subject_number text not null,
  at timestamptz not null,
  primary key (circular_id, kind, subject_id)
);

create table circular_steps (
  circular_id uuid not null references circulars (id),
  seq integer not null,
  at timestamptz not null,
  -- null: the program itself
  by uuid references accounts (id),
  move text not null,
  revision integer not null,
  words text not null,
  primary key (circular_id, seq)
);

create table circular_recipients (
  circular_id uuid not null references circulars (id),
  unit_code text not null references units (code),
  told text not null check (told in ('queued', 'noContact', 'switchedOff')),
  read_at timestamptz,
  read_by uuid references accounts (id),
  reminders integer not null default 0,
  reminded_at timestamptz,
  -- null: nobody asks for it any more.
  remind_at timestamptz,
  primary key (circular_id, unit_code),
  check ((read_at is null) = (read_by is null))
);
create index circular_recipients_unread on circular_recipients (remind_at) where read_at is null;

-- What is signed stays as it was signed, words and figures, whatever anybody writes.
create function refuse_signed_circular_change() returns trigger language plpgsql as $$
begin
  if old.sent_at is not null and (old.text, old.figures, old.kinds, old.units, old.from_day, old.to_day, old.revision,
      old.signatory, old.sent_at, old.document_id, old.writers)
      is distinct from (new.text, new.figures, new.kinds, new.units, new.from_day, new.to_day, new.revision,
      new.signatory, new.sent_at, new.document_id, new.writers) then
    raise exception 'a signed circular is not changed';
  end if;
  return new;
end $$;
create trigger signed_circulars_are_kept before update on circulars
  for each row execute function refuse_signed_circular_change();
create function refuse_signed_circular_rows() returns trigger language plpgsql as $$
begin
  if exists (select from circulars c where c.id = coalesce(new.circular_id, old.circular_id) and c.sent_at is not null) then
    raise exception 'what stands behind the figures of a signed circular is not changed';
  end if;
  return coalesce(new, old);
end $$;
create trigger circular_rows_are_kept before insert or update or delete on circular_rows
  for each row execute function refuse_signed_circular_rows();
create trigger circular_steps_are_kept before update or delete on circular_steps
  for each row execute function refuse_ticket_event_change();

-- What is counted of a time, by lessons, circulars and scorecards: one index for all of them, for each costs at every line written.
drop index ticket_events_that_teach;
create index ticket_events_counted on ticket_events (at) where type in ('dispatch', 'coordinateAnyway', 'acceptReturn',
  'handOver', 'refuseReturn', 'reportDone', 'deadlineOverdue', 'rework', 'reopen');
