import type { CodeBook } from '../../app/ports/codes.ts';
import type { CodeUse } from '../../domain/codes/check-mapping.ts';
import type { PgDatabase } from './database.ts';

const OPEN = `t.state not in ('withdrawn', 'closed', 'archived')`;
const STANDING_ENTRY = `e.removed_in is null and (e.valid_to is null or e.valid_to >= current_date)`;
const TOLD = `v.state in ('published', 'emergency', 'approved')`;

/** By kind of list who bears code k; what cannot bear one of its codes is not counted. */
const USES: Readonly<Record<string, Partial<Record<keyof CodeUse, string>>>> = {
  category: {
    openTickets: `from tickets t where t.category_code = k.code and ${OPEN}`,
    allTickets: 'from tickets t where t.category_code = k.code',
    entries: `from dispatch_entries e where e.category = k.code and ${STANDING_ENTRY}`,
    knowledge: `from knowledge_versions v where v.categories @> array[k.code] and ${TOLD}`,
    places: 'from places p where p.category = k.code and p.closed_on is null',
    limits: `from limit_sets l where l.state in ('approved', 'withdrawing', 'proposed')
      and l.content -> 'categories' @> jsonb_build_array(jsonb_build_object('category', k.code))`,
  },
  unit: {
    openTickets: `from tickets t where t.unit_code = k.code and ${OPEN}`,
    allTickets: 'from tickets t where t.unit_code = k.code',
    entries: `from dispatch_entries e where (e.lead_unit = k.code or k.code = any (e.assist_units)) and ${STANDING_ENTRY}`,
    knowledge: `from knowledge_entries n join knowledge_versions v on v.entry_id = n.id where n.owner_unit = k.code and ${TOLD}`,
    places: 'from places p where p.unit_code = k.code and p.closed_on is null',
  },
  area: {
    entries: `from dispatch_entries e where e.area = k.code and ${STANDING_ENTRY}`,
    knowledge: `from knowledge_versions v where k.code = any (v.areas) and ${TOLD}`,
    places: 'from places p where p.area = k.code and p.closed_on is null',
  },
  type: {
    openTickets: `from tickets t where t.subtype_code = k.code and ${OPEN}`,
    allTickets: 'from tickets t where t.subtype_code = k.code',
  },
  tag: {
    openTickets: `from tickets t where t.tags @> array[k.code] and ${OPEN}`,
    allTickets: 'from tickets t where t.tags @> array[k.code]',
  },
};
const COUNTED = ['openTickets', 'allTickets', 'entries', 'knowledge', 'places', 'limits'] as const;

export function codeUses(db: PgDatabase): Pick<CodeBook, 'uses'> {
  return {
    async uses(list, codes, tx) {
      const own = USES[list];
      if (own === undefined || codes.length === 0) return new Map();
      const counts = COUNTED.map((what) => {
        const from = own[what];
        return `${from === undefined ? '0' : `(select count(*)::integer ${from})`} as "${what}"`;
      });
      const { rows } = await db
        .on(tx)
        .query<CodeUse & { code: string }>(
          `select k.code, ${counts.join(', ')} from unnest($1::text[]) as k(code)`,
          [codes],
        );
      return new Map(rows.map(({ code, ...use }) => [code, use]));
    },
  };
}
