import type { MatterFigureBook, UnitDispatches } from '../../app/ports/matter-figures.ts';
import { LEAST_SATISFIED } from '../../domain/rating/grades.ts';
import type { HeardTally } from '../../domain/reporting/discontent.ts';
import type { MatterCounts } from '../../domain/reporting/matter-figures.ts';
import { COUNTED_APPEAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { HEARD_MATTERS, heardFrom } from './ticket-ratings.ts';

/** Somebody who was heard says so; who was not asked says nothing. */
const said = (which: (of: string) => string): string =>
  `(coalesce(${which('v')}, false) or coalesce(${which('r')}, false))`;
const REASON = `case when ${said((of) => `not ${of}.resolved`)} then 'unresolved'
  when ${said((of) => `${of}.result < ${LEAST_SATISFIED}`)} then 'result'
  when ${said((of) => `${of}.process < ${LEAST_SATISFIED}`)} then 'process' end`;

/**
 * What is of one kind today is of one kind, whichever code each bears. Counted by the codes that they bear first: what one is
 * called today is asked once for each code, and not for each of a hundred thousand matters.
 */
const HEARD = `${HEARD_MATTERS}, told as (
    select ${REASON} as reason, t.category_code as borne, u.code as unit, count(*)::integer as matters
    ${heardFrom('join tickets t on t.id = m.ticket_id')} group by 1, 2, 3
  ), kinds as materialized (
    select k.code as borne, present_code('category', k.code) as code from categories k
  )
  select told.reason, jsonb_build_object('code', c.code, 'name', c.name) as category,
    jsonb_build_object('code', coalesce(p.code, c.code), 'name', coalesce(p.name, c.name)) as field,
    case when u.code is not null then jsonb_build_object('code', u.code, 'name', u.name) end as unit,
    sum(told.matters)::integer as matters
  from told join kinds using (borne) join categories c on c.code = kinds.code
    left join categories p on p.code = c.parent_code left join units u on u.code = told.unit
  group by told.reason, c.code, c.name, p.code, p.name, u.code, u.name order by c.code, u.code, told.reason`;

const COMPLAINTS = `
  select count(*)::integer as complaints, (count(*) filter (where exists (
      select from thread_members m
        join thread_members o on o.thread_id = m.thread_id and o.ticket_id <> m.ticket_id and o.left_at is null
        join tickets e on e.id = o.ticket_id
        join ticket_persons his on his.ticket_id = t.id
        join ticket_persons same on same.ticket_id = e.id and same.key = his.key
      where m.ticket_id = t.id and m.left_at is null and e.type = 'COMPLAINT'
        and (e.accepted_at, e.id) < (t.accepted_at, t.id))))::integer as repeats
  from tickets t
  where t.type = 'COMPLAINT' and t.accepted_at >= $1 and t.accepted_at < $2 and ${COUNTED_APPEAL}`;

/** By which a ticket goes to a unit; where it was put by force it is no new dispatch. */
const GIVES = `type in ('dispatch', 'coordinateAnyway', 'acceptReturn', 'handOver')`;
const DISPATCHES = `
  select e.body ->> 'unitCode' as "unitCode", u.name as "unitName", count(*)::integer as dispatches,
    (count(*) filter (where exists (select from ticket_events b where b.ticket_id = e.ticket_id and b.seq > e.seq
      and b.type = 'returnTicket' and not exists (select from ticket_events n where n.ticket_id = e.ticket_id
        and n.seq > e.seq and n.seq < b.seq and n.${GIVES} and n.body ? 'unitCode'))))::integer as returns
  from ticket_events e join tickets t on t.id = e.ticket_id left join units u on u.code = e.body ->> 'unitCode'
  where ${COUNTED_APPEAL} and e.${GIVES} and e.body ->> 'unitCode' is not null and e.at >= $1 and e.at < $2
  group by e.body ->> 'unitCode', u.name order by dispatches desc, "unitCode"`;

export function matterFigures(db: PgDatabase): MatterFigureBook {
  const span = (from: number, to: number): readonly Date[] => [new Date(from), new Date(to)];
  return {
    async heard(from, to) {
      return (await db.query<HeardTally>(HEARD, span(from, to))).rows;
    },
    async complaints(from, to) {
      const { rows } = await db.query<MatterCounts>(COMPLAINTS, span(from, to));
      return rows[0] ?? { complaints: 0, repeats: 0 };
    },
    async dispatches(from, to) {
      return (await db.query<UnitDispatches>(DISPATCHES, span(from, to))).rows;
    },
  };
}
