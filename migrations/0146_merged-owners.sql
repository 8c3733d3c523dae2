-- What a unit owned that became another is the other's: its doubts, reviews and lists are asked of whoever can write it.
create table merged_owners (
  kind text not null check (kind in ('entry', 'expert', 'place')),
  ref uuid not null,
  -- Whose it was first, and to whom it went since: where the list of units is put back, it goes back as well.
  owner text not null references units (code),
  heir text not null references units (code),
  primary key (kind, ref)
);

-- Hands on what a unit owns that stands no more, and back what one owned that stands again; returns how many changed hands.
create function follow_merged_units() returns bigint language sql as $$
  with owned as (
    select 'entry' as kind, id as ref, owner_unit as unit from knowledge_entries
    union all select 'expert', id, unit_code from knowledge_experts where removed_at is null
    union all select 'place', id, unit_code from places where closed_on is null
  ), wanted as (
    select o.kind, o.ref, o.unit, m.owner, present_code('unit', m.owner) as heir
    from merged_owners m join owned o on o.kind = m.kind and o.ref = m.ref and o.unit = m.heir
    union all
    select o.kind, o.ref, o.unit, o.unit, present_code('unit', o.unit)
    from units u join owned o on o.unit = u.code
    where u.ended_at is not null
      and not exists (select from merged_owners m where m.kind = o.kind and m.ref = o.ref and m.heir = o.unit)
  ), changing as materialized (
    select w.* from wanted w join units h on h.code = w.heir and h.ended_at is null where w.heir <> w.unit
  ), forgotten as (
    delete from merged_owners m using changing c where c.kind = m.kind and c.ref = m.ref and c.heir = c.owner
  ), kept as (
    insert into merged_owners (kind, ref, owner, heir)
    select kind, ref, owner, heir from changing where heir <> owner
    on conflict (kind, ref) do update set owner = excluded.owner, heir = excluded.heir
  ), entries as (
    update knowledge_entries e set owner_unit = c.heir from changing c where c.kind = 'entry' and c.ref = e.id
  ), experts as (
    update knowledge_experts x set unit_code = c.heir, revision = revision + 1 from changing c
    where c.kind = 'expert' and c.ref = x.id
  ), moved as (
    update places p set unit_code = c.heir, revision = p.revision + 1, changed_at = now() from changing c
    where c.kind = 'place' and c.ref = p.id returning p.*
  ), noted as (
    insert into place_changes (place_id, revision, at, by, what, content)
    select m.id, m.revision, m.changed_at, null, 'changed', to_jsonb(m) from moved m
  ), undrafted as (
    update knowledge_undrafted n set unit_code = h.code from units u, units h
    where u.code = n.unit_code and u.ended_at is not null
      and h.code = present_code('unit', n.unit_code) and h.ended_at is null
  )
  select count(*) from changing
$$;

select follow_merged_units();
