-- What comes by website, text message and WeChat, as it came (RD-12): a ticket of it, part of one, or work for a clerk; none is lost.
create table incoming_messages (
  id uuid primary key,
  channel text not null check (channel in ('website', 'sms', 'wechat')),
  -- the channel's own id of it
  message_id text not null check (message_id <> ''),
  sender text not null,
  text text not null,
  -- what a form asks beside the words
  fields jsonb not null default '{}',
  sent_at timestamptz not null,
  received_at timestamptz not null,
  -- what it was signed with, where that does not cover the words
  proof text,
  outcome text not null check (outcome in ('opened', 'joined', 'supplemented', 'parked')),
  -- why it waits for a clerk
  reason text,
  ticket_id uuid references tickets (id),
  settled_as text check (settled_as in ('opened', 'dismissed')),
  settled_at timestamptz,
  settled_by uuid references accounts (id),
  settled_note text not null default '',
  unique (channel, message_id),
  check ((outcome = 'parked') = (reason is not null)),
  check (outcome = 'parked' or ticket_id is not null),
  check ((settled_as is null) = (settled_at is null) and (settled_as is null) = (settled_by is null)),
  check (settled_as is null or outcome = 'parked'),
  check ((settled_as = 'opened') = (outcome = 'parked' and ticket_id is not null))
);
create unique index incoming_messages_proofs on incoming_messages (channel, proof) where proof is not null;
create index incoming_messages_in_order on incoming_messages (received_at, id);
create index incoming_messages_waiting on incoming_messages (received_at, id) where outcome = 'parked' and settled_as is null;
create index incoming_messages_of_sender on incoming_messages (channel, sender, received_at desc) where ticket_id is not null;
create index incoming_messages_of_ticket on incoming_messages (ticket_id) where ticket_id is not null;
