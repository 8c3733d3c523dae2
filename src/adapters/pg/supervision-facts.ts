import type { SupervisionFacts, UrgeCounts } from '../../app/ports/circulars.ts';
import type { FactKind, FactRow } from '../../domain/circulars/figures.ts';
import { betweenDays } from './call-counts.ts';
import { ofReal, REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';
import { unitOfLine } from './unit-of-line.ts';

const within = (column: string): string => betweenDays(column, '$1', '$2');

/** Lines of the time line, each of the unit that had the ticket then. */
const lines = (which: string): string => `
  select ${unitOfLine('e')} as unit_code, e.ticket_id, e.id as subject_id, t.number as subject_number, e.at
  from ticket_events e join tickets t on t.id = e.ticket_id where ${which} and ${REAL} and ${within('e.at')}`;
const orders = (column: string, which: string): string => `
  select o.unit_code, o.ticket_id, o.id as subject_id, o.number as subject_number, ${column} as at
  from supervision_orders o where o.state <> 'cancelled' and ${ofReal('o.ticket_id')} and ${within(column)} ${which}`;

/** The rows of each figure; $1 and $2 local days. The definition in words stands in `FACTS`. */
const ROWS: Readonly<Record<FactKind, string>> = {
  overdue: lines(`e.type = 'deadlineOverdue' and e.body ->> 'clock' = 'unit'`),
  supervised: orders('o.issued_at', ''),
  // An answer in time that was refused was in time all the same.
  unanswered: orders(
    'o.due_at',
    `and o.due_at <= $5 and not exists (select from ticket_events e where e.ticket_id = o.ticket_id
      and e.type = 'supervisionMoved' and e.body ->> 'order' = o.number and e.body ->> 'move' = 'answer'
      and e.at <= o.due_at)`,
  ),
  reworked: lines(`e.type in ('rework', 'reopen')`),
  refusedReturns: lines(`e.type = 'refuseReturn'`),
  falseResults: `
    select v.unit_code, s.ticket_id, s.id as subject_id, t.number as subject_number, s.visited_at as at
    from visit_samples s join visit_attempts v on v.id = s.attempt_id join tickets t on t.id = s.ticket_id
    where s.false_content and ${REAL} and ${within('s.visited_at')}`,
  lateTasks: `
    select k.unit_code, k.ticket_ids[1] as ticket_id, k.id as subject_id, m.number || '-' || k.nth as subject_number,
      k.due_at as at
    from meeting_tasks k join meetings m on m.id = k.meeting_id
    where k.order_id is not null and k.state <> 'cancelled' and ${ofReal('k.ticket_ids[1]')} and ${within('k.due_at')}`,
};

/** $1 and $2 local days, $3 one unit or all. */
const URGES = `
  select case when f.unit_code is not null then jsonb_build_object('code', f.unit_code, 'name', u.name) end as unit,
    (count(*) filter (where what = 'hotline'))::integer as "byHotline",
    (count(*) filter (where what = 'auto'))::integer as automatic,
    (count(*) filter (where what = 'citizen'))::integer as "byCitizen",
    (count(distinct ticket_id) filter (where what <> 'order'))::integer as tickets,
    (count(*) filter (where what = 'order'))::integer as supervised
  from (
    select e.body ->> 'unitCode' as unit_code, e.ticket_id, case when e.type = 'citizenUrged' then 'citizen'
        when e.body ->> 'auto' = 'true' then 'auto' else 'hotline' end as what
      from ticket_events e where e.type in ('urged', 'citizenUrged') and ${ofReal('e.ticket_id')} and ${within('e.at')}
    union all
    select o.unit_code, o.ticket_id, 'order' from supervision_orders o
      where o.trigger = 'overdue' and o.state <> 'cancelled' and ${ofReal('o.ticket_id')} and ${within('o.issued_at')}
  ) f left join units u on u.code = f.unit_code
  where $3::text is null or f.unit_code = $3 group by f.unit_code, u.name order by f.unit_code nulls last`;

export function supervisionFactBooks(db: PgDatabase): SupervisionFacts {
  return {
    async count({ from, to, kinds, units }, { now, limit }, tx) {
      if (kinds.length === 0 || units.length === 0) return [];
      const all = kinds
        .map((kind) => `select '${kind}' as kind, f.* from (${ROWS[kind]}) f`)
        .join(' union all ');
      const { rows } = await db.on(tx).query<FactRow>(
        `select kind, unit_code as "unitCode", ticket_id as "ticketId", subject_id as "subjectId",
           subject_number as "subjectNumber", ${ms('at')} as at
         from (${all}) found where unit_code = any ($3::text[]) and at <= $5::timestamptz order by kind, at, subject_id limit $4`,
        [from, to, units, limit + 1, new Date(now)],
      );
      return rows.length > limit ? null : rows;
    },

    async urges({ from, to }, unitCode) {
      return (await db.query<UrgeCounts>(URGES, [from, to, unitCode])).rows;
    },
  };
}
