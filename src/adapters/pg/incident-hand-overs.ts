import type {
  HandOverLine,
  HandOverView,
  IncidentHandOver,
  IncidentHandOverBook,
} from '../../app/ports/incident-hand-overs.ts';
import type { HandOverOrder } from '../../domain/incidents/hand-over.ts';
import type { PgDatabase } from './database.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const ORDER = `h.unit_code as "unitCode", h.assist_units as "assistUnits", h.demand`;
const HAND_OVER = `select h.id, h.incident_id as "incidentId", ${ORDER}, ${ms('h.decided_at')} as "decidedAt",
  h.decided_by as "decidedBy", h.decided_as as "decidedAs", h.finished_at is not null as "isFinished"
  from incident_hand_overs h`;
const counted = (outcome: string): string =>
  `(select count(*)::int from incident_hand_over_lines l where l.hand_over_id = h.id and l.outcome = '${outcome}')`;

export function incidentHandOverBooks(db: PgDatabase): IncidentHandOverBook {
  return {
    async add(
      { id, incidentId, unitCode, assistUnits, demand, decidedAt, decidedBy, decidedAs },
      ticketIds,
      tx,
    ) {
      await db.on(tx).query(
        `insert into incident_hand_overs (id, incident_id, unit_code, assist_units, demand, decided_at, decided_by, decided_as)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, incidentId, unitCode, assistUnits, demand, new Date(decidedAt), decidedBy, decidedAs],
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

    async isUnderWay(incidentId, tx) {
      const { rowCount } = await db
        .on(tx)
        .query('select from incident_hand_overs where incident_id = $1 and finished_at is null', [
          incidentId,
        ]);
      return rowCount !== 0;
    },

    async lastTo(incidentId, unitCode, tx) {
      const { rows } = await db.on(tx).query<HandOverOrder>(
        `select ${ORDER} from incident_hand_overs h where h.incident_id = $1 and h.unit_code = $2
         order by h.decided_at desc, h.id desc limit 1`,
        [incidentId, unitCode],
      );
      return rows[0] ?? null;
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

    async lines(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<HandOverLine>(
          `select ticket_id as "ticketId", outcome, code from incident_hand_over_lines where hand_over_id = $1 order by ticket_id`,
          [id],
        );
      return rows;
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
           (select display_name from accounts where id = h.decided_by) as "decidedBy",
           (select name from units where code = h.unit_code) as "unitName",
           array(select u.name from unnest(h.assist_units) with ordinality a (code, nth) join units u using (code) order by a.nth)
             as "assistNames",
           jsonb_build_object('waiting', ${counted('waiting')}, 'done', ${counted('done')}, 'refused', ${counted('refused')})
             as counts,
           (select coalesce(jsonb_agg(jsonb_build_object('ticketId', t.id, 'number', t.number, 'outcome', l.outcome,
               'code', l.code, 'tries', l.tries) order by t.number), '[]')
             from incident_hand_over_lines l join tickets t on t.id = l.ticket_id where ${seen.join(' and ')}) as troubles
         from incident_hand_overs h where ${conditions.join(' and ')} order by h.decided_at desc, h.id desc`,
        values,
      );
      return rows;
    },
  };
}
