-- How each trunk's carrier hands calls over and what of it is believed: what publishing projects, beside lines and queues.
create table trunks (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{0,39}$'),
  name text not null,
  body jsonb not null
);
-- The one trunk that installations had until now: everything is asked and believed, as before.
insert into trunks (code, name, body) values ('carrier', '运营商中继', '{
  "code": "carrier", "name": "运营商中继", "carrier": "",
  "methods": ["trunk", "did", "requestUri", "diversion", "historyInfo", "rdnis", "to"],
  "line": null, "dids": [], "trusts": ["diversion", "historyInfo", "rdnis", "pAssertedIdentity"],
  "dialledEntry": "last"}');
-- A trunk's last calls are shown with what its carrier wrote.
create index calls_of_trunk on calls (trunk, arrived_at desc, id desc);
