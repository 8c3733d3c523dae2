-- From which day on a later version is told as well stands with the earlier one: looked for among a million it took a second.
alter table knowledge_versions add column followed_from date;
update knowledge_versions v set followed_from = f.day
from (
  select o.entry_id, o.number, min(n.valid_from) as day
  from knowledge_versions o join knowledge_versions n on n.entry_id = o.entry_id and n.number > o.number
  where o.state in ('published', 'emergency') and n.state in ('published', 'emergency')
  group by 1, 2
) f
where v.entry_id = f.entry_id and v.number = f.number;
create index knowledge_versions_followed on knowledge_versions (followed_from)
  where state in ('published', 'emergency') and followed_from is not null;
drop index knowledge_versions_later;
