import type {
  BroadcastView,
  IncidentBook,
  IncidentCitizen,
  IncidentDetail,
  IncidentRow,
  IncidentSummary,
} from '../../app/ports/incidents.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { Urgency } from '../../domain/deadlines/stages.ts';
import type { PgDatabase } from './database.ts';
import { INCIDENT, incidentWatch } from './incidents-watch.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const named = (column: string): string => `(select display_name from accounts where id = ${column})`;

const NOT_OVER = `t.state not in ('closed', 'archived', 'withdrawn')`;
const SUMMARY = `i.id, i.number, i.title, i.category_code as "categoryCode", i.area, i.state,
  i.unit_code as "unitCode", i.announcement_id as "announcementId", i.version, ${iso('i.opened_at')} as "openedAt",
  (select count(*)::int from incident_members m where m.incident_id = i.id and m.left_at is null) as members,
  (select count(*)::int from incident_members m join tickets t on t.id = m.ticket_id
    where m.incident_id = i.id and m.left_at is null and ${NOT_OVER}) as "openMembers"`;

const CITIZEN = `jsonb_build_object('ticketId', t.id, 'number', t.citizen_number,
  'discreet', t.confidential or t.anonymous)`;

export function incidentBooks(db: PgDatabase): IncidentBook {
  const tell = async (
    id: string,
    step: Parameters<IncidentBook['add']>[1],
    tx: Transaction,
  ): Promise<void> => {
    await db.on(tx).query(
      `insert into incident_events (incident_id, at, actor_id, move, from_state, to_state, reason)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, new Date(step.at), step.by, step.move, step.from, step.to, step.reason],
    );
  };
  return {
    ...incidentWatch(db),

    async nextNumber(tx) {
      const { rows } = await db.on(tx).query<{ n: number }>(`select nextval('incident_number')::int as n`);
      return rows[0]?.n ?? 0;
    },

    async branchOf(categoryCode, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ branch: string }>(
          `select coalesce(parent_code, code) as branch from categories where code = present_code('category', $1)`,
          [categoryCode],
        );
      return rows[0]?.branch ?? null;
    },

    async add({ id, number, title, categoryCode, area, state, unitCode, openedAt }, step, tx) {
      await db.on(tx).query(
        `insert into incidents (id, number, title, category_code, area, state, unit_code, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, number, title, categoryCode, area, state, unitCode, new Date(openedAt)],
      );
      await tell(id, step, tx);
    },

    async lock(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<IncidentRow>(`${INCIDENT} where i.id = $1 for update of i`, [id]);
      return rows[0] ?? null;
    },

    async save({ id, state, unitCode, version }, step, tx) {
      await db
        .on(tx)
        .query('update incidents set state = $2, unit_code = $3, version = $4 where id = $1', [
          id,
          state,
          unitCode,
          version,
        ]);
      if (step !== null) await tell(id, step, tx);
    },

    async announce(id, announcementId, tx) {
      const { rowCount } = await db.on(tx).query(
        `update incidents set announcement_id = $2, version = version + 1 where id = $1
         and exists (select from announcements where id = $2)
         and not exists (select from incidents where announcement_id = $2 and id <> $1)`,
        [id, announcementId],
      );
      return rowCount === 1;
    },

    async standing(ticketId, tx) {
      const { rows } = await db.on(tx).query<NonNullable<Awaited<ReturnType<IncidentBook['standing']>>>>(
        `select t.type, t.state, t.unit_code as "unitCode", ${CITIZEN} as citizen,
             (select m.incident_id from incident_members m where m.ticket_id = t.id and m.left_at is null) as "incidentId"
           from tickets t where t.id = $1`,
        [ticketId],
      );
      return rows[0] ?? null;
    },

    async join({ id, incidentId, ticketId, at, by, reason }, tx) {
      await db.on(tx).query(
        `insert into incident_members (id, incident_id, ticket_id, joined_at, joined_by, joined_reason)
         values ($1, $2, $3, $4, $5, $6)`,
        [id, incidentId, ticketId, new Date(at), by, reason],
      );
    },

    async leave({ incidentId, ticketId }, { at, by, reason }, tx) {
      const { rowCount } = await db.on(tx).query(
        `update incident_members set left_at = $3, left_by = $4, left_reason = $5
         where incident_id = $1 and ticket_id = $2 and left_at is null`,
        [incidentId, ticketId, new Date(at), by, reason],
      );
      return rowCount === 1;
    },

    async members(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ id: string }>(
          'select ticket_id as id from incident_members where incident_id = $1 and left_at is null order by ticket_id',
          [id],
        );
      return rows.map((row) => row.id);
    },

    async everMembers(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ id: string }>(
          'select distinct ticket_id as id from incident_members where incident_id = $1',
          [id],
        );
      return rows.map((row) => row.id);
    },

    async setUrgency(ticketId, to, tx) {
      const { rows } = await db.on(tx).query<{ urgency: Urgency }>(
        `update tickets t set urgency = $2 from (select urgency from tickets where id = $1::uuid) was
         where t.id = $1::uuid returning was.urgency`,
        [ticketId, to],
      );
      const [before] = rows;
      if (before === undefined) throw new Error('a locked ticket is gone');
      return before.urgency;
    },

    async openMembers(id, tx) {
      const { rows } = await db.on(tx).query<{ n: number }>(
        `select count(*)::int as n from incident_members m join tickets t on t.id = m.ticket_id
         where m.incident_id = $1 and m.left_at is null and ${NOT_OVER}`,
        [id],
      );
      return rows[0]?.n ?? 0;
    },

    async citizens(id, tx) {
      const { rows } = await db.on(tx).query<{ citizen: IncidentCitizen }>(
        `select ${CITIZEN} as citizen from incident_members m join tickets t on t.id = m.ticket_id
         where m.incident_id = $1 and m.left_at is null order by t.accepted_at, t.id`,
        [id],
      );
      return rows.map(({ citizen }) => citizen);
    },

    async addBroadcast({ id, incidentId, kind, text, at, by, key, queued, byPhone }, tx) {
      await db.on(tx).query(
        `insert into incident_broadcasts (id, incident_id, kind, text, at, by, key, queued, by_phone)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[])`,
        [id, incidentId, kind, text, new Date(at), by, key, queued, byPhone],
      );
    },

    async broadcastOf(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<NonNullable<Awaited<ReturnType<IncidentBook['broadcastOf']>>>>(
          'select queued, by_phone as "byPhone" from incident_broadcasts where id = $1',
          [id],
        );
      return rows[0] ?? null;
    },

    async recoveredBefore(id, tx) {
      const { rowCount } = await db
        .on(tx)
        .query(`select from incident_broadcasts where incident_id = $1 and kind = 'recovered' limit 1`, [id]);
      return rowCount === 1;
    },

    async lastBroadcast(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<NonNullable<Awaited<ReturnType<IncidentBook['lastBroadcast']>>>>(
          'select kind, text, key from incident_broadcasts where incident_id = $1 order by at desc, id desc limit 1',
          [id],
        );
      return rows[0] ?? null;
    },

    list({ state }, sight, page) {
      const { values, bind } = binder();
      const conditions = state === undefined ? [] : [`i.state = ${bind(state)}`];
      // Who sees all sees every incident; of what is in it each sees what he may.
      if (sight.scope !== 'all') {
        const own = sightConditions(sight, bind).join(' and ');
        conditions.push(`exists (select from incident_members m join tickets t on t.id = m.ticket_id
          where m.incident_id = i.id and m.left_at is null and ${own})`);
      }
      const list = {
        ...{ columns: SUMMARY, from: 'incidents i', conditions, values },
        by: { at: 'i.opened_at', id: 'i.id', order: 'newestFirst' },
      } as const;
      return readPage<IncidentSummary>(db, list, page);
    },

    async detail(id, sight) {
      const { rows } = await db.query<IncidentSummary>(`select ${SUMMARY} from incidents i where i.id = $1`, [
        id,
      ]);
      const [summary] = rows;
      if (summary === undefined) return null;
      const { values, bind } = binder();
      const conditions = [`m.incident_id = ${bind(id)}::uuid`, ...sightConditions(sight, bind)];
      const { rows: appeals } = await db.query<IncidentDetail['appeals'][number]>(
        `select t.id as "ticketId", t.number, t.title, t.place, t.state, ${iso('m.joined_at')} as "joinedAt",
           ${named('m.joined_by')} as "joinedBy", m.joined_reason as "joinedReason", ${iso('m.left_at')} as "leftAt",
           ${named('m.left_by')} as "leftBy", m.left_reason as "leftReason"
         from incident_members m join tickets t on t.id = m.ticket_id
         where ${conditions.join(' and ')} order by m.joined_at, m.left_at, t.id`,
        values,
      );
      if (sight.scope !== 'all' && appeals.length === 0) return null;
      const { rows: broadcasts } = await db.query<BroadcastView>(
        `select id, kind, text, ${iso('at')} as at, ${named('by')} as by, queued, by_phone as "byPhone"
         from incident_broadcasts where incident_id = $1 order by at, id`,
        [id],
      );
      const { rows: history } = await db.query<IncidentDetail['history'][number]>(
        `select ${iso('at')} as at, ${named('actor_id')} as by, move, from_state as "from", to_state as "to", reason
         from incident_events where incident_id = $1 order by seq`,
        [id],
      );
      return { ...summary, appeals, broadcasts, history };
    },
  };
}
