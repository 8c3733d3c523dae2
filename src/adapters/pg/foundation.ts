import type { Foundation } from '../../app/ports/foundation.ts';
import type { PgDatabase } from './database.ts';
import { WRITE_QUEUES } from './queue-rows.ts';

/** Two first starts against one database: the second waits here and then finds it set up. */
const LOCK_KEY = 1_234_500_004;

export function foundationBooks(db: PgDatabase): Foundation {
  return {
    async isEmpty(tx) {
      const on = db.on(tx);
      await on.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
      const { rows } = await on.query<{ empty: boolean }>(
        `select not exists (select from municipality) and not exists (select from accounts)
           and not exists (select from units) as empty`,
      );
      return rows[0]?.empty ?? false;
    },

    async lay(entries, tx) {
      const on = db.on(tx);
      const { name, areaCode, timeZone, mainNumber, generalQueue, ticketPrefix } = entries.municipality;
      await on.query(
        `insert into municipality (name, area_code, time_zone, main_number, general_queue)
         values ($1, $2, $3, $4, $5)`,
        [name, areaCode, timeZone, mainNumber, generalQueue],
      );
      await on.query('update ticket_settings set number_prefix = $1', [ticketPrefix]);
      for (const [statement, rows] of [
        [UNITS, entries.units],
        [WRITE_QUEUES, entries.queues],
        [LINES, entries.lines],
        [PROTECTED_NUMBERS, entries.protectedNumbers],
        [CATEGORIES, entries.categories],
      ] as const) {
        await on.query(statement, [JSON.stringify(rows)]);
      }
      for (const [list, terms] of Object.entries(entries.codes ?? {})) {
        await on.query(FIRST_TERMS, [list, JSON.stringify(terms)]);
      }
    },
  };
}

const UNITS = `
  insert into units (code, name, kind, parent_code)
  select code, name, kind, "parentCode"
  from jsonb_to_recordset($1::jsonb) as r(code text, name text, kind text, "parentCode" text)`;

const LINES = `
  insert into lines (number, name, unit_code, mode, valid_from, valid_to, queue_code, unit_number, trunk, greeting,
    menu, after_end, hours, centre_address, skills, basis)
  select number, name, "unitCode", mode, "validFrom", "validTo", queue, "unitNumber", trunk, greeting, menu,
    "afterEnd", hours, "centreAddress", skills, basis
  from jsonb_to_recordset($1::jsonb) as r(number text, name text, "unitCode" text, mode text, "validFrom" date,
    "validTo" date, queue text, "unitNumber" text, trunk text, greeting text, menu text,
    "afterEnd" text, hours text, "centreAddress" text, skills text,
    basis text)`;

const PROTECTED_NUMBERS = `
  insert into protected_numbers (number, name, rule, basis)
  select number, name, rule, basis
  from jsonb_to_recordset($1::jsonb) as r(number text, name text, rule text, basis text)`;

const CATEGORIES = `
  insert into categories (code, parent_code, name)
  select code, "parentCode", name
  from jsonb_to_recordset($1::jsonb) as r(code text, "parentCode" text, name text)`;

/** Into the list's first edition, which every database has. */
const FIRST_TERMS = `
  insert into code_terms (list, edition, code, parent_code, name, words, place)
  select $1, 1, code, "parentCode", name, array(select jsonb_array_elements_text(words)), place
  from rows from (jsonb_to_recordset($2::jsonb) as (code text, "parentCode" text, name text, words jsonb))
    with ordinality as r(code, "parentCode", name, words, place)`;
