-- What a finding of an appeal's truth rests on, named by its id: [{"kind": "line" | "recording" | "document", "ref": ...}].
alter table ticket_truths add column refs jsonb not null default '[]';
