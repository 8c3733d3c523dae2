import { AppError } from '../../app/errors.ts';
import type { CatalogueFilter, DispatchCatalogue } from '../../app/ports/dispatch.ts';
import type { CatalogueEntry } from '../../domain/dispatch/entry.ts';
import type { NamedThing } from '../../domain/dispatch/names.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';
import { type Bind, binder } from './ticket-sight.ts';

const ENTRY = `e.id, e.area, e.category, e.asset, e.lead_unit as "leadUnit", e.assist_units as "assistUnits",
  to_char(e.valid_from, 'YYYY-MM-DD') as "validFrom", to_char(e.valid_to, 'YYYY-MM-DD') as "validTo", e.source,
  e.source_ref as "sourceRef", e.basis`;
const ORDER = 'e.category, e.area, e.asset, e.valid_from, e.id';
/** Each key once: two lines of a file may be about one. */
const KEYS = `join (select distinct area, category, asset
    from jsonb_to_recordset($1::jsonb) r(area text, category text, asset text)) k
  on (e.category, e.area, e.asset) = (k.category, k.area, k.asset)`;
const stoodAt = (version: string): string =>
  `e.added_in <= ${version} and (e.removed_in is null or e.removed_in > ${version})`;
const inForceOn = (day: string): string =>
  `e.valid_from <= ${day}::date and (e.valid_to is null or e.valid_to >= ${day}::date)`;

const WRITE = `
  with head as (
    update dispatch_catalogue set version = $1
  ), noted as (
    insert into dispatch_versions (version, at, by, origin, reason, added, removed)
    values ($1, $2, $3::uuid, $4, $5, jsonb_array_length($7::jsonb), cardinality($6::uuid[]))
  ), gone as (
    update dispatch_entries set removed_in = $1 where id = any ($6::uuid[]) and removed_in is null
  ), come as (
    insert into dispatch_entries (id, area, category, asset, lead_unit, assist_units, valid_from, valid_to, source,
      source_ref, basis, added_in)
    select id, area, category, asset, "leadUnit", array(select jsonb_array_elements_text("assistUnits")), "validFrom",
      "validTo", source, "sourceRef", basis, $1
    from jsonb_to_recordset($7::jsonb) as r(id uuid, area text, category text, asset text, "leadUnit" text,
      "assistUnits" jsonb, "validFrom" date, "validTo" date, source text, "sourceRef" text, basis text)
  )
  update dispatch_names n set removed_in = $1
  where n.removed_in is null and (n.kind = 'area' and n.code = any ($9::text[]) or exists (
    select from jsonb_to_recordset($8::jsonb) as r(kind text, code text) where n.kind = r.kind and n.code = r.code))`;

/** Behind those that it replaces: the index lets only one of a code stand. */
const WRITE_NAMES = `
  insert into dispatch_names (kind, code, name, words, added_in)
  select kind, code, name, array(select jsonb_array_elements_text(words)), $1
  from jsonb_to_recordset($2::jsonb) as r(kind text, code text, name text, words jsonb)`;

export function dispatchCatalogueBooks(db: PgDatabase): DispatchCatalogue {
  const entries = async (text: string, values: readonly unknown[], on = db.on()): Promise<CatalogueEntry[]> =>
    (await on.query<CatalogueEntry & Record<string, unknown>>(text, values)).rows;
  const version = async (text: string, on = db.on()): Promise<number> => {
    const { rows } = await on.query<{ version: number }>(text);
    return rows[0]?.version ?? 0;
  };
  return {
    lock: (tx) => version('select version from dispatch_catalogue for update', db.on(tx)),
    version: (tx) => version('select version from dispatch_catalogue', db.on(tx)),

    ofKeys: (keys, tx) =>
      entries(
        `select ${ENTRY} from dispatch_entries e ${KEYS} where e.removed_in is null order by ${ORDER}`,
        [JSON.stringify(keys)],
        db.on(tx),
      ),

    byIds: (ids, tx) =>
      entries(
        `select ${ENTRY} from dispatch_entries e where e.id = any ($1::uuid[]) and e.removed_in is null`,
        [ids],
        db.on(tx),
      ),

    asOf: (keys, day, at, tx) =>
      entries(
        `select ${ENTRY} from dispatch_entries e ${KEYS} where ${stoodAt('$3')} and ${inForceOn('$2')}`,
        [JSON.stringify(keys), day, at],
        db.on(tx),
      ),

    async list(filter, { limit, after }) {
      const { values, bind } = binder();
      const conditions = filterConditions(filter, bind);
      if (after !== undefined) {
        const [category, area, asset, from, id] = readPlace(after);
        conditions.push(`(${ORDER}) > (${bind(category)}::text, ${bind(area)}::text, ${bind(asset)}::text,
          ${bind(from)}::date, ${bind(id)}::uuid)`);
      }
      const rows = await entries(
        `select ${ENTRY} from dispatch_entries e where ${conditions.join(' and ')} order by ${ORDER}
         limit ${bind(limit + 1)}`,
        values,
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        entries: page,
        next: rows.length > limit && last !== undefined ? writePlace(last) : null,
      };
    },

    all: (tx, at) =>
      entries(
        `select ${ENTRY} from dispatch_entries e where ${at === undefined ? 'e.removed_in is null' : stoodAt('$1')}
         order by ${ORDER}`,
        at === undefined ? [] : [at],
        db.on(tx),
      ),

    async keysChangedSince(at, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ area: string; category: string; asset: string }>(
          'select distinct area, category, asset from dispatch_entries where added_in > $1 or removed_in > $1',
          [at],
        );
      return rows;
    },

    async names(kind, tx) {
      const { rows } = await db
        .on(tx)
        .query<NamedThing & Record<string, unknown>>(
          'select code, name, words from dispatch_names where kind = $1 and removed_in is null order by code',
          [kind],
        );
      return rows;
    },

    async units(codes, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ code: string; name: string }>('select code, name from units where code = any ($1::text[])', [
          codes,
        ]);
      return rows;
    },

    async categories(tx) {
      const { rows } = await db.on(tx).query<{ code: string; parentCode: string | null; name: string }>(
        `select code, parent_code as "parentCode", name from categories
           where code <> 'uncategorised' and not internal and ended_at is null order by code`,
      );
      return rows;
    },

    async write({ version: number, at, by, origin, reason }, change, tx) {
      const { removed, added, areas, assets, areasGone = [] } = change;
      const names = JSON.stringify([
        ...areas.map((one) => ({ ...one, kind: 'area' })),
        ...assets.map((one) => ({ ...one, kind: 'asset' })),
      ]);
      const on = db.on(tx);
      await on.query(WRITE, [
        number,
        new Date(at),
        by,
        origin,
        reason,
        removed,
        JSON.stringify(added),
        names,
        areasGone,
      ]);
      await on.query(WRITE_NAMES, [number, names]);
    },

    async versions(limit, before) {
      const { rows } = await db.query<Awaited<ReturnType<DispatchCatalogue['versions']>>[number]>(
        `select v.version, ${iso('v.at')} as at, a.display_name as by, v.origin, v.reason, v.added, v.removed
         from dispatch_versions v left join accounts a on a.id = v.by
         where $2::integer is null or v.version < $2 order by v.version desc limit $1`,
        [limit, before],
      );
      return rows;
    },
  };
}

function filterConditions(filter: CatalogueFilter, bind: Bind): string[] {
  const { day, version, category, area, asset, unit } = filter;
  const conditions = [version === undefined ? 'e.removed_in is null' : stoodAt(`${bind(version)}::integer`)];
  if (day !== undefined) conditions.push(inForceOn(bind(day)));
  if (category !== undefined) conditions.push(`e.category = ${bind(category)}`);
  if (area !== undefined) conditions.push(`e.area = ${bind(area)}`);
  if (asset !== undefined) conditions.push(`e.asset = ${bind(asset)}`);
  if (unit !== undefined) {
    const code = bind(unit);
    conditions.push(`(e.lead_unit = ${code} or ${code} = any (e.assist_units))`);
  }
  return conditions;
}

const writePlace = ({ category, area, asset, validFrom, id }: CatalogueEntry): string =>
  Buffer.from(JSON.stringify([category, area, asset, validFrom, id])).toString('base64url');

/** Refuses with `page.invalid` what it has not written. */
function readPlace(cursor: string): readonly string[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const texts = Array.isArray(place) ? place.filter((one) => typeof one === 'string') : [];
    const [, , , from = '', id = ''] = texts;
    if (texts.length === 5 && /^\d{4}-\d\d-\d\d$/.test(from) && /^[0-9a-f-]{36}$/.test(id)) return texts;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AppError('page.invalid');
}
