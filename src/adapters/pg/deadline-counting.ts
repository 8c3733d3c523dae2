import type { CountedTicket, DeadlineBook } from '../../app/ports/deadlines.ts';
import type { PgDatabase } from './database.ts';
import { markRows } from './deadline-rows.ts';
import { ms } from './sql-instants.ts';
import { appendLine } from './sql-time-line.ts';

export const OPEN_TICKET = `t.state not in ('withdrawn', 'closed', 'archived')`;

/** A `CountedTicket` of ticket t. */
export const COUNTED_TICKET = `t.id as "ticketId", t.version, t.type, t.urgency, t.category_code as "categoryCode",
  t.extended_by as "extendedBy", ${ms('t.accepted_at')} as "acceptedAt", t.day_seconds as "daySeconds",
  t.unit_code as "unitCode",
  (select ${ms('max(e.at)')} from ticket_events e where e.ticket_id = t.id and e.type = 'madeUrgent') as "madeUrgentAt",
  (select coalesce(jsonb_agg(jsonb_build_object('clock', d.clock, 'kind', d.kind, 'level', d.level,
     'startsAt', ${ms('d.starts_at')}, 'dueAt', ${ms('d.due_at')}, 'provisional', d.provisional)), '[]')
   from deadlines d where d.ticket_id = t.id and d.state = 'pending') as marks`;

const TO_RECOUNT = `
  select ${COUNTED_TICKET} from tickets t where t.id in (
    (select t.id from tickets t where t.counted_with < $1 and ${OPEN_TICKET} limit $3)
    union
    (select ticket_id from deadlines d where d.provisional and d.state = 'pending' and d.kind = 'overdue'
       and exists (select from unnest($2::integer[]) y where d.explanation -> 'missingYears' @> to_jsonb(y)) limit $3))`;

/** The ticket is locked first, by its own row; who moved it meanwhile made its version another. */
const RECOUNT = `
  with t as (
    update tickets set counted_with = greatest(counted_with, $3), version = version + case when $4::uuid is null then 0 else 1 end
    where id = $1::uuid and version = $2 returning id, version
  ), e as (
    ${appendLine('t where $4::uuid is not null', {
      ...{ id: '$4::uuid', at: '$5', actor: '$6::uuid', type: '$7', reason: '$8', body: '$9::jsonb' },
    })}
  ), moved as (
    update deadlines d set due_at = m."dueAt", explanation = m.explanation, provisional = m.provisional,
      enqueued_at = null, generation = d.generation + 1
    from t, jsonb_to_recordset($10::jsonb) as m(clock text, kind text, level integer, "dueAt" timestamptz,
      explanation jsonb, provisional boolean)
    where d.ticket_id = t.id and d.clock = m.clock and d.kind = m.kind and d.level = m.level and d.state = 'pending'
  )
  select count(*)::integer as done from t`;

export function deadlineCounting(db: PgDatabase): Pick<DeadlineBook, 'toRecount' | 'counted' | 'recount'> {
  return {
    async toRecount(edition, knownYears, limit) {
      return (await db.query<CountedTicket>(TO_RECOUNT, [edition, knownYears, limit])).rows;
    },

    async counted(ticketId, tx) {
      const { rows } = await db
        .on(tx)
        .query<CountedTicket>(`select ${COUNTED_TICKET} from tickets t where t.id = $1::uuid`, [ticketId]);
      return rows[0] ?? null;
    },

    async recount({ ticketId, version }, edition, marks, event, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ done: number }>(RECOUNT, [
          ticketId,
          version,
          edition,
          event?.id ?? null,
          new Date(event?.at ?? 0),
          event?.actorId ?? null,
          event?.type ?? '',
          event?.reason ?? '',
          JSON.stringify(event?.body ?? {}),
          markRows(marks),
        ]);
      return rows[0]?.done === 1 ? 'recounted' : 'changed';
    },
  };
}
