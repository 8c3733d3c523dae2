import type { RuleBooks } from '../../app/ports/rules.ts';
import type { Queue } from '../../domain/hotlines/configuration.ts';
import type { TrunkProfile } from '../../domain/hotlines/trunk.ts';
import type { RuleLine, RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import type { Menu } from '../../domain/ivr/menu.ts';
import type { PgDatabase } from './database.ts';
import { SELECT_QUEUES, WRITE_QUEUES } from './queue-rows.ts';

/** `municipality`, `lines`, `queues`, `menus` and `trunks`: what publishing projects, so that everything else may query them. */
export function ruleTables(db: PgDatabase): Pick<RuleBooks, 'tables' | 'project'> {
  return {
    async tables(tx) {
      const on = db.on(tx);
      const { rows: heads } = await on.query<RuleSet['municipality']>(MUNICIPALITY);
      const [municipality] = heads;
      if (municipality === undefined) return null;
      const lines = await on.query<RuleLine>(LINES);
      const queues = await on.query<Queue>(`${SELECT_QUEUES} where not retired order by code`);
      const menus = await on.query<{ body: Menu }>('select body from menus order by code');
      const trunks = await on.query<{ body: TrunkProfile }>('select body from trunks order by code');
      return {
        municipality,
        lines: lines.rows,
        queues: queues.rows,
        menus: menus.rows.map(({ body }) => body),
        trunks: trunks.rows.map(({ body }) => body),
      };
    },

    async project({ municipality, lines, queues, menus, trunks }, tx) {
      const on = db.on(tx);
      const { name, areaCode, timeZone, mainNumber, generalQueue } = municipality;
      await on.query(
        `update municipality
         set name = $1, area_code = $2, time_zone = $3, main_number = $4, general_queue = $5`,
        [name, areaCode, timeZone, mainNumber, generalQueue],
      );
      // A department that merges its number today may be new to us.
      await on.query(NEW_UNITS, [JSON.stringify(lines)]);
      await on.query(WRITE_QUEUES, [JSON.stringify(queues)]);
      await on.query(FORMER_QUEUES, [JSON.stringify(lines)]);
      await on.query('update queues set retired = not code = any ($1::text[])', [
        queues.map(({ code }) => code),
      ]);
      await on.query('delete from lines');
      await on.query('delete from menus');
      await on.query(PROJECT_MENUS, [JSON.stringify(menus)]);
      await on.query('delete from trunks');
      await on.query(PROJECT_TRUNKS, [JSON.stringify(trunks)]);
      await on.query(PROJECT_LINES, [JSON.stringify(lines)]);
    },
  };
}

const MUNICIPALITY = `
  select name, area_code as "areaCode", time_zone as "timeZone", main_number as "mainNumber",
    general_queue as "generalQueue"
  from municipality`;

const LINES = `
  select l.number, l.name, l.unit_code as "unitCode", u.name as "unitName", l.mode,
    l.valid_from::text as "validFrom", l.valid_to::text as "validTo", l.queue_code as queue,
    l.unit_number as "unitNumber", l.trunk, l.greeting, l.menu, l.after_end as "afterEnd", l.hours,
    l.centre_address as "centreAddress", l.skills, l.basis, l.area
  from lines l join units u on u.code = l.unit_code order by l.number, l.valid_from`;

const NEW_UNITS = `
  insert into units (code, name, kind)
  select distinct on ("unitCode") "unitCode", "unitName", 'government'
  from jsonb_to_recordset($1::jsonb) as r("unitCode" text, "unitName" text)
  on conflict (code) do nothing`;

// The desks of periods that are over, where a register brings its history along: kept as retired.
const FORMER_QUEUES = `
  insert into queues (code, name, ring_timeout_ms, wrap_up_ms, retired)
  select distinct queue, queue, 15000, 30000, true from jsonb_to_recordset($1::jsonb) as r(queue text)
  on conflict (code) do nothing`;

const PROJECT_MENUS = `
  insert into menus (code, name, body)
  select body->>'code', body->>'name', body from jsonb_array_elements($1::jsonb) as body`;

const PROJECT_TRUNKS = `
  insert into trunks (code, name, body)
  select body->>'code', body->>'name', body from jsonb_array_elements($1::jsonb) as body`;

const PROJECT_LINES = `
  insert into lines (number, name, unit_code, mode, valid_from, valid_to, queue_code, unit_number, trunk, greeting,
    menu, after_end, hours, centre_address, skills, basis, area)
  select number, name, "unitCode", mode, "validFrom", "validTo", queue, "unitNumber", trunk, greeting, menu,
    "afterEnd", hours, "centreAddress", skills, basis, area
  from jsonb_to_recordset($1::jsonb) as r(number text, name text, "unitCode" text, mode text, "validFrom" date,
    "validTo" date, queue text, "unitNumber" text, trunk text, greeting text, menu text, "afterEnd" text,
    hours text, "centreAddress" text, skills text, basis text, area text)`;
