-- A supervision order is warned of and late as any other stage, once each; what came of it is measured and kept as it was found.
alter table supervision_orders
  add column warned_at timestamptz,
  add column late_at timestamptz,
  add column effect jsonb,
  add column effect_after jsonb;
create index supervision_orders_to_measure on supervision_orders (finished_at)
  where state = 'closed' and effect is not null and effect_after is null;
