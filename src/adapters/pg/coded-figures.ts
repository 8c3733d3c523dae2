import type { AppealsAsked, CodedFigures } from '../../app/ports/coded-figures.ts';
import type { CodedCount } from '../../domain/codes/tally.ts';
import { REAL } from './citizens-tickets.ts';
import { CONVENIENCE_CODES } from './convenience.ts';
import type { PgDatabase } from './database.ts';
import { binder } from './ticket-sight.ts';

/** What the hotline asks of units itself is no appeal. A unit is the one that has it; it bears its code since the acceptance. */
const APPEALS = `
  select t.type, t.category_code as category, t.subtype_code as subtype, t.tags, t.unit_code as unit,
    coalesce(t.coded_at, t.accepted_at) as coded, t.accepted_at as at, false as on_spot
  from tickets t join categories c on c.code = t.category_code
  where not c.internal and ${REAL} and t.accepted_at >= $1 and t.accepted_at < $2
  union all
  select o.type, o.category, o.subtype_code, o.tags, null, o.closed_at, o.closed_at, true
  from call_outcomes o where o.outcome = 'answeredOnSpot' and o.closed_at >= $1 and o.closed_at < $2`;

const IS_CONVENIENCE = `x.category = any (${CONVENIENCE_CODES}::text[])`;

const CODES: Readonly<Record<AppealsAsked['by'], string>> = {
  category: 'select x.category as code, x.coded as since',
  type: 'select x.subtype as code, x.at as since where x.subtype is not null',
  tag: 'select k.code, x.at as since from unnest(x.tags) k(code)',
  unit: 'select x.unit as code, x.at as since where x.unit is not null',
};

export function codedFigures(db: PgDatabase): CodedFigures {
  const filtered = ({ from, to, type, tag, category }: Omit<AppealsAsked, 'by'>) => {
    const { values, bind } = binder();
    bind(new Date(from));
    bind(new Date(to));
    const conditions = [
      ...(type === undefined ? [] : [`x.type = ${bind(type)}`]),
      ...(tag === undefined ? [] : [`x.tags && (select same_codes('tag', ${bind(tag)}))`]),
      ...(category === undefined
        ? []
        : [`x.category = any ((select categories_within(${bind(category)}))::text[])`]),
    ];
    const where = conditions.length === 0 ? 'true' : conditions.join(' and ');
    return { appeals: `(select x.* from (${APPEALS}) x where ${where}) x`, values, bind };
  };
  return {
    async byCode({ by, ...asked }) {
      const { appeals, values, bind } = filtered(asked);
      const { rows } = await db.query<CodedCount & Record<string, unknown>>(
        `select k.code, e.number as edition, count(*)::integer as count,
           (count(*) filter (where ${IS_CONVENIENCE}))::integer as convenience
         from ${appeals} cross join lateral (${CODES[by]}) k
           join code_editions e on e.list = ${bind(by)} and e.in_force_at <= k.since
             and coalesce(e.ended_at, 'infinity') > k.since
         group by k.code, e.number`,
        values,
      );
      return rows;
    },

    async byType(asked) {
      const { appeals, values } = filtered(asked);
      const { rows } = await db.query<Awaited<ReturnType<CodedFigures['byType']>>[number]>(
        `select x.type, ${IS_CONVENIENCE} as "isConvenience",
           (count(*) filter (where not x.on_spot))::integer as tickets,
           (count(*) filter (where x.on_spot))::integer as "onSpot"
         from ${appeals} group by 1, 2`,
        values,
      );
      return rows;
    },
  };
}
