import type { AreaCoverage, Place, PlaceBook, PlaceFilter } from '../../app/ports/places.ts';
import { KEEPERS } from '../../domain/knowledge/places/place.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';
import { type Bind, binder } from './ticket-sight.ts';

const PLACE = `p.id, p.code, p.name, p.also, p.address, p.area, p.longitude, p.latitude, p.telephone, p.hours, p.category,
  p.keeper, p.unit_code as "unitCode", p.note, p.is_public as "isPublic",
  to_char(p.verified_on, 'YYYY-MM-DD') as "verifiedOn", p.target_code as "targetCode",
  to_char(p.closed_on, 'YYYY-MM-DD') as "closedOn", p.is_sample as "isSample", p.revision, ${iso('p.changed_at')} as "changedAt"`;

const FIELDS = `name, also, address, area, longitude, latitude, telephone, hours, category, keeper, unit_code, note, is_public,
  verified_on`;
const ROW = `r(id uuid, code text, "isSample" boolean, content jsonb)`;
const CONTENT = `jsonb_to_record(r.content) c(name text, also jsonb, address text, area text, longitude float8,
  latitude float8, telephone text, hours text, category text, keeper text, "unitCode" text, note text, "isPublic" boolean,
  "verifiedOn" date)`;
const each = (of: string): string =>
  FIELDS.split(',')
    .map((field) => `${of}.${field.trim()}`)
    .join(', ');

const PUT = `
  with put as (
    insert into places as p (id, code, is_sample, changed_at, ${FIELDS})
    select r.id, r.code, r."isSample", $2, c.name, array(select jsonb_array_elements_text(c.also)), c.address, c.area,
      c.longitude, c.latitude, c.telephone, c.hours, c.category, c.keeper, c."unitCode", c.note, c."isPublic", c."verifiedOn"
    from jsonb_to_recordset($1::jsonb) ${ROW}, lateral ${CONTENT}
    on conflict (code) do update set (${FIELDS}) = row(${each('excluded')}), revision = p.revision + 1,
      changed_at = excluded.changed_at
    where (${each('p')}) is distinct from (${each('excluded')})
    returning p.id, p.code, p.revision
  ), kept as (
    insert into place_changes (place_id, revision, at, by, what, content)
    select put.id, put.revision, $2, $3::uuid, case when put.revision = 1 then 'added' else 'changed' end, r.content
    from put join jsonb_to_recordset($1::jsonb) ${ROW} on r.code = put.code
  )
  select count(*) filter (where revision = 1)::int as added, count(*) filter (where revision > 1)::int as changed from put`;

const ACT = `
  with changed as (
    update places p set revision = revision + 1, changed_at = $3, verified_on = coalesce($4::date, verified_on),
      verified_by = case when $4::date is null then verified_by else $5::uuid end,
      closed_on = case when $6 then $7::date else closed_on end, target_code = coalesce($8, target_code)
    where id = $1::uuid returning *
  )
  insert into place_changes (place_id, revision, at, by, what, content)
  select id, revision, $3, $5::uuid, $2, to_jsonb(changed) from changed`;

/** Of every area, itself and what lies within it, each place read once; '' is what serves all of them. */
const COVERAGE = `
  with standing as (
    select p.area, p.category, p.keeper, count(*) as places from places p
    where p.closed_on is null and ($1::text is null or p.category = any ((select categories_within($1))::text[]))
    group by 1, 2, 3
  ), lies_in as (
    select area, array_to_string(steps[:depth], '.') as code
    from (select distinct area, string_to_array(area, '.') as steps from standing where area <> '') a,
      generate_series(1, cardinality(steps)) as depth
    union all select '', ''
  )
  select n.code, n.name, ${KEEPERS.map(
    (keeper) => `coalesce(sum(s.places) filter (where s.keeper = '${keeper}'), 0)::integer as "${keeper}"`,
  ).join(', ')}, count(distinct s.category)::integer as categories
  from (select code, name from dispatch_names where kind = 'area' and removed_in is null
    union all select '', '') n
  left join lies_in l on l.code = n.code left join standing s on s.area = l.area
  group by n.code, n.name order by n.code`;

type PlaceRow = Place & Record<string, unknown>;

export function placeBooks(db: PgDatabase): PlaceBook {
  const places = async (text: string, values: readonly unknown[], on = db.on()): Promise<readonly Place[]> =>
    (await on.query<PlaceRow>(text, values)).rows;
  return {
    async byId(id, tx) {
      return (
        (await places(`select ${PLACE} from places p where p.id = $1::uuid`, [id], db.on(tx)))[0] ?? null
      );
    },
    async lock(id, tx) {
      const found = await places(
        `select ${PLACE} from places p where p.id = $1::uuid for update`,
        [id],
        db.on(tx),
      );
      return found[0] ?? null;
    },
    byIds: (ids) => places(`select ${PLACE} from places p where p.id = any ($1::uuid[])`, [ids]),

    byCodes: (codes, tx) =>
      places(
        `select ${PLACE} from places p where p.code = any ($1::text[]) order by p.code ${tx === undefined ? '' : 'for update'}`,
        [codes],
        db.on(tx),
      ),

    async list(filter, { limit, after }) {
      const { values, bind } = binder();
      const conditions = filterConditions(filter, bind);
      if (after !== undefined) conditions.push(`p.code > ${bind(after)}`);
      const found = await places(
        `select ${PLACE} from places p where ${conditions.join(' and ')} order by p.code limit ${bind(limit + 1)}`,
        values,
      );
      const page = found.slice(0, limit);
      return { places: page, next: found.length > limit ? (page.at(-1)?.code ?? null) : null };
    },

    all: () => places(`select ${PLACE} from places p where p.closed_on is null order by p.code`, []),

    within({ south, north, west, east }, { longitude, latitude }, { category, publicOnly }, limit) {
      const { values, bind } = binder();
      const conditions = [
        'p.closed_on is null',
        `p.latitude between ${bind(south)} and ${bind(north)}`,
        `p.longitude between ${bind(west)} and ${bind(east)}`,
        ...(category === undefined ? [] : [inCategory(category, bind)]),
        ...(publicOnly ? ['p.is_public'] : []),
      ];
      const here = [bind(longitude), bind(latitude)] as const;
      return places(
        `select ${PLACE} from places p where ${conditions.join(' and ')}
         order by ((p.longitude - ${here[0]}::float8) * cos(radians(${here[1]}::float8))) ^ 2
           + (p.latitude - ${here[1]}::float8) ^ 2
         limit ${bind(limit)}`,
        values,
      );
    },

    async middleOf(area) {
      const { rows } = await db.query<{ longitude: number | null; latitude: number | null }>(
        `select avg(longitude) as longitude, avg(latitude) as latitude from places
         where closed_on is null and (area = $1 or area like $1 || '.%')`,
        [area],
      );
      const { longitude = null, latitude = null } = rows[0] ?? {};
      return longitude === null || latitude === null ? null : { longitude, latitude };
    },

    async coverage(category) {
      const { rows } = await db.query<AreaCoverage & Record<string, unknown>>(COVERAGE, [category]);
      // Its code is empty: it comes first.
      const [everywhere, ...areas] = rows;
      if (everywhere === undefined) throw new Error('what serves all areas has no row');
      const { code: _code, name: _name, ...counts } = everywhere;
      return { areas, everywhere: counts };
    },

    async put(asked, { by, at }, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ added: number; changed: number }>(PUT, [JSON.stringify(asked), new Date(at), by]);
      const { added = 0, changed = 0 } = rows[0] ?? {};
      return { added, changed, same: asked.length - added - changed };
    },

    async act(id, act, { verifiedOn, closedOn, targetCode }, { by, at }, tx) {
      const values = [id, act, new Date(at), verifiedOn ?? null, by];
      await db.on(tx).query(ACT, [...values, closedOn !== undefined, closedOn ?? null, targetCode ?? null]);
    },

    async changes(id) {
      const { rows } = await db.query<
        Awaited<ReturnType<PlaceBook['changes']>>[number] & Record<string, unknown>
      >(
        `select c.revision, ${iso('c.at')} as at, a.display_name as by, c.what
         from place_changes c left join accounts a on a.id = c.by where c.place_id = $1::uuid order by c.revision desc`,
        [id],
      );
      return rows;
    },
  };
}

const inCategory = (category: string, bind: Bind): string =>
  `p.category = any ((select categories_within(${bind(category)}))::text[])`;

function filterConditions(filter: PlaceFilter, bind: Bind): string[] {
  const { area, category, keeper, unit, verifiedBefore, closed = false, text } = filter;
  return [
    closed ? 'p.closed_on is not null' : 'p.closed_on is null',
    ...(area === undefined ? [] : [`(p.area = ${bind(area)} or p.area like ${bind(`${area}.%`)})`]),
    ...(category === undefined ? [] : [inCategory(category, bind)]),
    ...(keeper === undefined ? [] : [`p.keeper = ${bind(keeper)}`]),
    ...(unit === undefined ? [] : [`p.unit_code = ${bind(unit)}`]),
    ...(verifiedBefore === undefined
      ? []
      : [`(p.verified_on is null or p.verified_on < ${bind(verifiedBefore)}::date)`]),
    ...(text === undefined ? [] : [`position(${bind(text)} in p.name || ' ' || p.address) > 0`]),
  ];
}
