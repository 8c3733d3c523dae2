import type {
  AdjudicationBook,
  AdjudicationFilter,
  AdjudicationView,
} from '../../app/ports/adjudications.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { type Bind, binder, sightConditions } from './ticket-sight.ts';

const VIEW = `j.id, j.number, j.ticket_id as "ticketId", t.number as "ticketNumber", t.title, ${iso('j.at')} as at,
  a.display_name as by, j.lead_unit as "leadUnit", j.assist_units as "assistUnits", j.parties, j.reason, j.category,
  j.area, j.asset, j.rule_version as "ruleVersion"`;

/** What somebody types is looked for as it stands: % and _ are no wildcards of his. */
const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const concerns = (code: string): string => `(j.lead_unit = ${code} or ${code} = any (j.assist_units)
  or j.parties @> jsonb_build_array(jsonb_build_object('unitCode', ${code}::text)))`;

export function adjudicationBooks(db: PgDatabase): AdjudicationBook {
  return {
    async add(one, { prefix, day }, tx) {
      const { rows } = await db.on(tx).query<{ number: string }>(
        `insert into adjudications (id, number, ticket_id, at, by, lead_unit, assist_units, parties, reason, category, area,
           asset)
         values ($1::uuid, $2 || 'CD' || $3 || '-' || lpad(nextval('adjudication_number')::text, 4, '0'), $4::uuid, $5,
           $6::uuid, $7, $8::text[], $9::jsonb, $10, $11, $12, $13)
         returning number`,
        [
          one.id,
          prefix,
          day.replaceAll('-', ''),
          one.ticketId,
          new Date(one.at),
          one.by,
          one.leadUnit,
          one.assistUnits,
          JSON.stringify(one.parties),
          one.reason,
          one.category,
          one.area,
          one.asset,
        ],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('an insert without its row');
      return row;
    },

    async find(id) {
      const { rows } = await db.query<NonNullable<Awaited<ReturnType<AdjudicationBook['find']>>>>(
        `select j.number, j.rule_version as "ruleVersion", t.state
         from adjudications j join tickets t on t.id = j.ticket_id where j.id = $1::uuid`,
        [id],
      );
      return rows[0] ?? null;
    },

    async becameRule(id, version, tx) {
      await db.on(tx).query('update adjudications set rule_version = $2 where id = $1::uuid', [id, version]);
    },

    async lock(id, tx) {
      const { rows } = await db.on(tx).query<NonNullable<Awaited<ReturnType<AdjudicationBook['lock']>>>>(
        `select number, rule_version as "ruleVersion", lead_unit as "leadUnit", assist_units as "assistUnits"
         from adjudications where id = $1::uuid for update`,
        [id],
      );
      return rows[0] ?? null;
    },

    async list(filter, sight, page) {
      const { values, bind } = binder();
      const conditions = [...sightOfDecisions(sight, bind), ...filterConditions(filter, bind)];
      const list = {
        columns: VIEW,
        from: 'adjudications j join tickets t on t.id = j.ticket_id join accounts a on a.id = j.by',
        ...{ conditions, values },
        by: { at: 'j.at', id: 'j.id', order: 'newestFirst' },
      } as const;
      const { rows: adjudications, next } = await readPage<AdjudicationView>(db, list, page);
      return { adjudications, next };
    },
  };
}

/** A unit sees the decisions that concern it, whoever has the ticket by now. */
function sightOfDecisions(sight: Sight, bind: Bind): string[] {
  if (sight.scope !== 'unit') return sightConditions(sight, bind);
  const listed = sightConditions({ ...sight, scope: 'all', confidential: 'all' }, bind);
  return [concerns(bind(sight.unitCode)), ...listed];
}

function filterConditions({ text, category, unit, ticketId }: AdjudicationFilter, bind: Bind): string[] {
  const conditions: string[] = [];
  if (text !== undefined) {
    const pattern = bind(contains(text));
    conditions.push(
      `(j.number || ' ' || t.title || ' ' || j.reason || ' ' || j.parties::text) ilike ${pattern}`,
    );
  }
  if (category !== undefined) {
    conditions.push(`j.category = any ((select categories_within(${bind(category)}))::text[])`);
  }
  if (unit !== undefined) conditions.push(concerns(bind(unit)));
  if (ticketId !== undefined) conditions.push(`j.ticket_id = ${bind(ticketId)}::uuid`);
  return conditions;
}
