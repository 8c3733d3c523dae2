-- Calls tell which words they heard as NAME@HASH: who heard a prompt is asked by its name, whatever it said then.
drop index call_facts_prompts;
create index call_facts_prompts on call_facts (split_part(body->>'prompt', '@', 1), at)
  where type = 'announcementPlayed';
