-- Places kept before hours had one spelling said 全天 or 营业时间 still, and a look in the future kept them from being looked at.
-- '24h' is what domain/knowledge/places/opening-hours writes for what never closes. Of a look that is yet to come only the day on
-- which it was written down is known.
with read as (
  select p.id, case
      when lower(regexp_replace(normalize(p.hours, NFKC), '营业|开放|服务|时间|每天|每日|daily|[\s:,、]', '', 'g'))
        in ('24h', '24小时', '全天', '二十四小时') then '24h'
      else regexp_replace(p.hours, '^(营业|开放|服务)时间\s*[:：]?\s*', '') end as hours,
    case when p.verified_on > (now() at time zone m.time_zone)::date
      then (least(p.changed_at, now()) at time zone m.time_zone)::date else p.verified_on end as verified_on
  from places p cross join municipality m
), changed as (
  update places p set hours = read.hours, verified_on = read.verified_on, revision = p.revision + 1, changed_at = now()
  from read where read.id = p.id and (read.hours, read.verified_on) is distinct from (p.hours, p.verified_on) returning p.*
)
insert into place_changes (place_id, revision, at, what, content)
select id, revision, changed_at, 'changed', to_jsonb(changed) from changed;
