-- A signature of WeChat's covers no word of what it comes with: whoever reads one of an event or a handshake could put it under a message of his own.
create table spent_proofs (
  channel text not null check (channel in ('website', 'sms', 'wechat')),
  proof text not null,
  -- the one thing that it is good for: what came first
  spent_on text not null,
  at timestamptz not null,
  primary key (channel, proof)
);
create index spent_proofs_by_age on spent_proofs (at);
