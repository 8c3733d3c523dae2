-- Messages that citizens left on the telephone, what agents noted of callers, and the channel a ticket came by.
create table voice_messages (
  -- One call leaves one message, however often it is told of.
  call_id uuid primary key references calls (id),
  left_at timestamptz not null,
  -- Whose desk it is for.
  queue text not null,
  -- Name of the file in the folder of messages, without its ending.
  recording text not null,
  -- null: nobody saw the end of it; the file tells.
  duration_ms integer,
  spoken_ms integer
);
create index voice_messages_newest on voice_messages (left_at desc, call_id desc);

create table caller_notes (
  id uuid primary key,
  -- As domain/hotlines spells it; one note a number.
  number text not null unique check (number ~ '^[0-9]{3,20}$'),
  vulnerable boolean not null,
  language text check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  note text not null,
  noted_by uuid not null references accounts (id),
  since timestamptz not null,
  changed_at timestamptz not null
);
create index caller_notes_newest on caller_notes (changed_at desc, id desc);

alter table tickets add column channel text not null default 'phone' check (channel in ('phone', 'voiceMessage',
  'other'));
update tickets set channel = 'other' where call_id is null;

-- What call control asks while a call waits: a caller's open tickets, and a ticket by its last four digits. A clerk may
-- have written a number with spaces or dashes.
create function digits_of(text) returns text language sql immutable strict parallel safe
  as $$ select regexp_replace($1, '[^0-9]', '', 'g') $$;
create index tickets_open_of_citizen on tickets (digits_of(citizen_number))
  where state not in ('closed', 'archived') and citizen_number <> '';
create index tickets_by_last_digits on tickets (right(number, 4), accepted_at desc);
