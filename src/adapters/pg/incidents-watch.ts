import type { IncidentBook, IncidentRow, SimilarTicket } from '../../app/ports/incidents.ts';
import type { FreshAppeal } from '../../domain/incidents/surge.ts';
import { REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const LOCK_KEY = 1_234_500_023;

/** What is of one kind today is alike, whichever code each bears. */
const TODAY = (code: string): string => `join categories c on c.code = present_code('category', ${code})`;

export const INCIDENT = `select i.id, i.number, i.title, c.code as "categoryCode",
  coalesce(c.parent_code, c.code) as "branchCode", i.area, i.state, i.unit_code as "unitCode",
  i.announcement_id as "announcementId", ${ms('i.opened_at')} as "openedAt", i.version
  from incidents i ${TODAY('i.category_code')}`;

const APPEALED = `t.type, c.code as "categoryCode", coalesce(c.parent_code, c.code) as "branchCode", t.place,
  t.title || '，' || t.content as words, ${ms('t.accepted_at')} as at`;

/** What is looked at again and again: appeals that may belong together. */
export function incidentWatch(
  db: PgDatabase,
): Pick<IncidentBook, 'candidates' | 'lockWatch' | 'underWay' | 'fresh' | 'count'> {
  return {
    async candidates(since, sight, limit) {
      const { values, bind } = binder();
      const conditions = [
        `t.accepted_at >= ${bind(new Date(since))}::timestamptz`,
        `t.type <> 'PRAISE' and not c.internal`,
        `t.state not in ('closed', 'archived', 'withdrawn', 'outOfScope')`,
        ...sightConditions(sight, bind),
      ];
      const { rows } = await db.query<SimilarTicket>(
        `select t.id, t.number, t.title, t.state, ${APPEALED},
           (select m.incident_id from incident_members m where m.ticket_id = t.id and m.left_at is null) as "incidentId"
         from tickets t ${TODAY('t.category_code')}
         where ${conditions.join(' and ')} order by t.accepted_at desc limit ${bind(limit)}`,
        values,
      );
      return rows;
    },

    async lockWatch(tx) {
      await db.on(tx).query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    },

    async underWay(tx) {
      const { rows } = await db
        .on(tx)
        .query<IncidentRow>(
          `${INCIDENT} where i.state in ('suspected', 'open', 'recovered') order by i.opened_at`,
        );
      return rows;
    },

    async fresh(since) {
      const { rows } = await db.query<FreshAppeal>(
        `select t.id as "ticketId", ${APPEALED}, digits_of(t.citizen_number) as citizen
         from tickets t ${TODAY('t.category_code')}
         where t.accepted_at >= $1 and t.type <> 'PRAISE' and not c.internal and ${REAL} and not t.confidential
           and t.state not in ('closed', 'archived', 'withdrawn', 'outOfScope')
           and not exists (select from incident_members m where m.ticket_id = t.id)
         order by t.accepted_at`,
        [new Date(since)],
      );
      return rows;
    },

    async count(branchCode, area, from, to) {
      const { rows } = await db.query<{ n: number }>(
        `select count(*)::int as n from tickets t ${TODAY('t.category_code')}
         where coalesce(c.parent_code, c.code) = $1 and t.accepted_at >= $3 and t.accepted_at < $4
           and t.type <> 'PRAISE' and not c.internal and ${REAL} and position($2 in t.place || ' ' || t.title || ' ' || t.content) > 0`,
        [branchCode, area, new Date(from), new Date(to)],
      );
      return rows[0]?.n ?? 0;
    },
  };
}
