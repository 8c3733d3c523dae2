import type {
  HandOverLine,
  HandOverView,
  IncidentHandOver,
  IncidentHandOverBook,
} from '../../app/ports/incident-hand-overs.ts';
import {
  HAND_OVER_HOLDS_MS,
  HAND_OVER_OUTCOMES,
  type HandOverOrder,
  type HandOverOutcome,
  LEFT_ALARM,
} from '../../domain/incidents/hand-over.ts';
import { TRANSITIONS } from '../../domain/tickets/transitions.ts';
import type { PgDatabase } from './database.ts';
import { OPEN_TICKET } from './deadline-counting.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const ORDER = `h.unit_code as "unitCode", h.assist_units as "assistUnits", h.demand`;
const HAND_OVER = `select h.id, h.incident_id as "incidentId", ${ORDER}, ${ms('h.decided_at')} as "decidedAt",
  h.decided_by as "decidedBy", h.decided_as as "decidedAs", h.former_unit as "formerUnit",
  h.finished_at is not null as "isFinished"
  from incident_hand_overs h`;
/** It goes on, or something went by it: who joins goes the same way. */
const HOLDS = `(h.finished_at is null
  or exists (select from incident_hand_over_lines l where l.hand_over_id = h.id and l.outcome = 'done'))`;
/** Of its lines; as an object. */
const COUNTS = `(select jsonb_build_object(${HAND_OVER_OUTCOMES.map((outcome) => `'${outcome}', count(*) filter (where l.outcome = '${outcome}')`).join(', ')})
  from incident_hand_over_lines l where l.hand_over_id = h.id)`;
/** Today's code of a unit, where there is one. */
const standing = (code: string): string =>
  `(select u.code from units u where u.code = present_code('unit', ${code}) and u.ended_at is null)`;
const DISPATCHED_FROM = TRANSITIONS.filter(({ move }) => move === 'dispatch').map(({ from }) => from);
/** Lines of its last hand-over that is finished, whose tickets nobody has; $2 the states from which one is dispatched. */
const leftOf = (incidentId: string): string => `from incident_hand_over_lines l
  join tickets t on t.id = l.ticket_id and t.state = any ($2::text[])
  join incident_members m on m.ticket_id = t.id and m.incident_id = ${incidentId} and m.left_at is null
  where l.outcome = 'refused' and l.hand_over_id = (select h.id from incident_hand_overs h
    where h.incident_id = ${incidentId} and h.finished_at is not null order by h.decided_at desc, h.id desc limit 1)`;

export function incidentHandOverBooks(db: PgDatabase): IncidentHandOverBook {
  return {
    async add(
      { id, incidentId, unitCode, assistUnits, demand, decidedAt, decidedBy, decidedAs, formerUnit },
      ticketIds,
      tx,
    ) {
      await db.on(tx).query(
        `insert into incident_hand_overs (id, incident_id, unit_code, assist_units, demand, decided_at, decided_by, decided_as, former_unit)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          incidentId,
          unitCode,
          assistUnits,
          demand,
          new Date(decidedAt),
          decidedBy,
          decidedAs,
          formerUnit,
        ],
      );
      await db.on(tx).query(
        `insert into incident_hand_over_lines (hand_over_id, ticket_id, outcome, next_at)
         select $1::uuid, unnest($2::uuid[]), 'waiting', $3`,
        [id, ticketIds, new Date(decidedAt)],
      );
    },

    async find(id, tx) {
      const { rows } = await db.on(tx).query<IncidentHandOver>(`${HAND_OVER} where h.id = $1::uuid`, [id]);
      return rows[0] ?? null;
    },

    async toGive({ incidentId, unitCode }, tx) {
      const { rows } = await db.on(tx).query<{ ticketId: string; waits: boolean }>(
        `select t.id as "ticketId", t.state = any ($3::text[]) as waits
         from incident_members m join tickets t on t.id = m.ticket_id
         where m.incident_id = $1 and m.left_at is null and ${OPEN_TICKET}
           and (t.unit_code is distinct from $2 or t.state = 'returned')
         order by t.id`,
        [incidentId, unitCode, DISPATCHED_FROM],
      );
      return rows;
    },

    async isUnderWay(incidentId, tx) {
      const { rowCount } = await db
        .on(tx)
        .query('select from incident_hand_overs where incident_id = $1 and finished_at is null', [
          incidentId,
        ]);
      return rowCount !== 0;
    },

    async lastTo({ incidentId, unitCode, sinceMs }, tx) {
      const { rows } = await db.on(tx).query<HandOverOrder>(
        `select h.unit_code as "unitCode", h.demand,
           array(select ${standing('a.code')} from unnest(h.assist_units) with ordinality a (code, nth)
             where ${standing('a.code')} <> present_code('unit', h.unit_code) group by 1 order by min(a.nth)) as "assistUnits"
         from incident_hand_overs h where h.incident_id = $1 and h.unit_code = $2 and h.decided_at >= $3 and ${HOLDS}
         order by h.decided_at desc, h.id desc limit 1`,
        [incidentId, unitCode, new Date(sinceMs)],
      );
      return rows[0] ?? null;
    },

    async unitNow(code, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ code: string | null }>(`select ${standing('$1::text')} as code`, [code]);
      return rows[0]?.code ?? null;
    },

    async unfinished(limit) {
      const { rows } = await db.query<{ id: string }>(
        'select id from incident_hand_overs where finished_at is null order by decided_at, id limit $1',
        [limit],
      );
      return rows.map(({ id }) => id);
    },

    async claim(id, nowMs, tx) {
      const { rows } = await db.on(tx).query<{ ticketId: string }>(
        `select ticket_id as "ticketId" from incident_hand_over_lines
         where hand_over_id = $1 and outcome = 'waiting' and next_at <= $2
         order by next_at, ticket_id limit 1 for update skip locked`,
        [id, new Date(nowMs)],
      );
      return rows[0]?.ticketId ?? null;
    },

    async settle({ id, ticketId, outcome, code, nowMs }, tx) {
      const { rowCount } = await db.on(tx).query(
        `update incident_hand_over_lines set outcome = $3, code = $4, settled_at = $5
         where hand_over_id = $1 and ticket_id = $2 and outcome = 'waiting'`,
        [id, ticketId, outcome, code, new Date(nowMs)],
      );
      return rowCount === 1;
    },

    async stumbled(id, ticketId, code, tx) {
      const { rows } = await db.on(tx).query<{ tries: number }>(
        `update incident_hand_over_lines set tries = tries + 1, code = $3
         where hand_over_id = $1 and ticket_id = $2 and outcome = 'waiting' returning tries`,
        [id, ticketId, code],
      );
      return rows[0]?.tries ?? 0;
    },

    async postpone(id, ticketId, untilMs, tx) {
      await db
        .on(tx)
        .query(
          'update incident_hand_over_lines set next_at = $3 where hand_over_id = $1 and ticket_id = $2',
          [id, ticketId, new Date(untilMs)],
        );
    },

    async leftBehind(incidentId, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ count: number }>(`select count(*)::int as count ${leftOf('$1::uuid')}`, [
          incidentId,
          DISPATCHED_FROM,
        ]);
      return rows[0]?.count ?? 0;
    },

    async seenTo(limit) {
      const { rows } = await db.query<{ id: string }>(
        `select i.id from alarms a join incidents i on i.id::text = a.subject
         where a.kind = $1 and a.closed_at is null and not exists (select ${leftOf('i.id')})
         order by a.raised_at, a.id limit $3`,
        [LEFT_ALARM, DISPATCHED_FROM, limit],
      );
      return rows.map(({ id }) => id);
    },

    async lines(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<HandOverLine>(
          `select ticket_id as "ticketId", outcome, code from incident_hand_over_lines where hand_over_id = $1 order by ticket_id`,
          [id],
        );
      return rows;
    },

    async counts(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ counts: Record<HandOverOutcome, number> }>(
          `select ${COUNTS} as counts from (select $1::uuid as id) h`,
          [id],
        );
      return rows[0]?.counts ?? { waiting: 0, done: 0, refused: 0 };
    },

    async finish(id, nowMs, tx) {
      await db
        .on(tx)
        .query('update incident_hand_overs set finished_at = $2 where id = $1', [id, new Date(nowMs)]);
    },

    async ofIncident(incidentId, sight) {
      if (sight.scope !== 'all') return [];
      const { values, bind } = binder();
      const conditions = [`h.incident_id = ${bind(incidentId)}::uuid`];
      const seen = ['l.hand_over_id = h.id', 'l.code is not null', ...sightConditions(sight, bind)];
      const { rows } = await db.query<HandOverView>(
        `select h.id, ${ORDER}, ${iso('h.decided_at')} as "decidedAt", ${iso('h.finished_at')} as "finishedAt",
           case when ${HOLDS} and h.unit_code = i.unit_code and i.state = 'open' and not exists (
               select from incident_hand_overs n where n.incident_id = h.incident_id and n.unit_code = h.unit_code
                 and (n.decided_at, n.id) > (h.decided_at, h.id) and ${HOLDS.replaceAll('h.', 'n.')})
             then ${iso(`(h.decided_at + interval '${HAND_OVER_HOLDS_MS} ms')`)} end as "joinsUntil",
           (select display_name from accounts where id = h.decided_by) as "decidedBy",
           (select name from units where code = h.unit_code) as "unitName",
           array(select u.name from unnest(h.assist_units) with ordinality a (code, nth) join units u using (code) order by a.nth)
             as "assistNames",
           ${COUNTS} as counts,
           (select coalesce(jsonb_agg(jsonb_build_object('ticketId', t.id, 'number', t.number, 'outcome', l.outcome,
               'code', l.code, 'tries', l.tries) order by t.number), '[]')
             from incident_hand_over_lines l join tickets t on t.id = l.ticket_id where ${seen.join(' and ')}) as troubles
         from incident_hand_overs h join incidents i on i.id = h.incident_id where ${conditions.join(' and ')} order by h.decided_at desc, h.id desc`,
        values,
      );
      return rows;
    },
  };
}
