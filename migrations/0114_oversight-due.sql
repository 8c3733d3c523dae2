-- Orders, receipts of circulars and plans are done at their moments: a worker reads what is due of them, and not all of them.
alter table supervision_orders add column warn_at timestamptz;
-- By the plain time, of those under way: what is issued from now on has it by working time. Null: it is told of at its end alone.
update supervision_orders set warn_at = issued_at + (due_at - issued_at) * 0.8 where state in ('issued', 'answered');
create index supervision_orders_to_warn on supervision_orders (warn_at)
  where state = 'issued' and warned_at is null and late_at is null;
create index supervision_orders_to_call_late on supervision_orders (due_at) where state = 'issued' and late_at is null;
-- What was closed is measured behind the closing.
create index supervision_orders_unmeasured on supervision_orders (finished_at) where state = 'closed' and effect is null;

-- The local day on which somebody is reminded of a long-term item next.
alter table tickets add column plan_remind_on date;
update tickets t set plan_remind_on = (p.body ->> 'reviewOn')::date + case
    when r.told @> '{due}' then 7 when r.told @> '{soon}' then 0 else -3 end
  from ticket_events p cross join lateral (select coalesce(array_agg(e.body ->> 'reminder'), '{}') as told
    from ticket_events e where e.ticket_id = p.ticket_id and e.seq > p.seq and e.type = 'planReminded') r
  where t.state = 'longTerm' and p.ticket_id = t.id and not r.told @> '{late}'
    and p.seq = (select max(e.seq) from ticket_events e where e.ticket_id = t.id and e.type in ('shelve', 'reviewPlan'));
create index tickets_plans_due on tickets (plan_remind_on) where plan_remind_on is not null;
