-- Under a signature stands the hash of what was signed: words, figures and the rows behind them. Older ones were signed without.
alter table circulars add column signed_digest text;

create or replace function refuse_signed_circular_change() returns trigger language plpgsql as $$
begin
  if old.sent_at is not null and (old.text, old.figures, old.kinds, old.units, old.from_day, old.to_day, old.revision,
      old.signatory, old.sent_at, old.document_id, old.writers, old.signed_digest)
      is distinct from (new.text, new.figures, new.kinds, new.units, new.from_day, new.to_day, new.revision,
      new.signatory, new.sent_at, new.document_id, new.writers, new.signed_digest) then
    raise exception 'a signed circular is not changed';
  end if;
  return new;
end $$;
