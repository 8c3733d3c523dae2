-- Calls of which nobody has said what came of them are looked for by agent and by who wrote of them, not among all calls there are.
create index calls_of_agent on calls (agent_id, arrived_at desc, id desc) where agent_id is not null;
create index call_drafts_of_author on call_drafts using gin (authors);
