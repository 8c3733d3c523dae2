import type { Discrepancy, Drawn, LockedSample, SampleBook, SampleView } from '../../app/ports/appraisal.ts';
import { REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';

/** Answers by which a ticket was closed on that local day, and that nobody has made again. */
const CLOSED = `
  select v.id, v.ticket_id as "ticketId", v.unit_code as "unitCode"
  from visit_attempts v join tickets t on t.id = v.ticket_id
  where v.outcome = 'answered' and v.resolved and v.result >= 3 and t.citizen_number <> '' and ${REAL}
    and v.at >= ($1::date::timestamp at time zone $2) and v.at < (($1::date + 1)::timestamp at time zone $2)`;

const VIEW = `s.id, s.day::text as day, s.ticket_id as "ticketId", t.number as "ticketNumber", t.title,
  v.unit_code as "unitCode", s.state, s.tries, ${iso('s.visited_at')} as "visitedAt", s.false_content as "falseContent"`;

const BY = {
  unit: { of: 'v.unit_code', name: '(select name from units u where u.code = v.unit_code)' },
  visitor: { of: 'v.by', name: '(select display_name from accounts a where a.id = v.by)' },
} as const;

export function visitSampleBooks(db: PgDatabase): SampleBook {
  return {
    async undrawnDays(today, zone, back) {
      const { rows } = await db.query<{ day: string }>(
        `select d.day::date::text as day from generate_series($1::date - $3::integer, $1::date - 1, '1 day') d(day)
         where not exists (select from visit_sample_days k where k.day = d.day::date)
           and exists (select from visit_attempts v where v.at >= (d.day::timestamp at time zone $2)
             and v.at < ((d.day + interval '1 day') at time zone $2)) order by 1`,
        [today, zone, back],
      );
      return rows.map(({ day }) => day);
    },

    async closedVisits(day, zone, tx) {
      return (await db.on(tx).query<Drawn>(CLOSED, [day, zone])).rows;
    },

    async keep({ day, percent, visits, at, drawn }, tx) {
      const on = db.on(tx);
      const first = await on.query(
        `insert into visit_sample_days (day, percent, visits, drawn, drawn_at) values ($1, $2, $3, $4, $5)
         on conflict do nothing`,
        [day, percent, visits, drawn.length, new Date(at)],
      );
      if (first.rowCount === 0) return false;
      await on.query(
        `insert into visit_samples (id, day, attempt_id, ticket_id)
         select "sampleId", $1::date, id, "ticketId"
         from jsonb_to_recordset($2::jsonb) as d("sampleId" uuid, id uuid, "ticketId" uuid)`,
        [day, JSON.stringify(drawn)],
      );
      return true;
    },

    async lock(id, tx) {
      const { rows } = await db.on(tx).query<LockedSample>(
        `select s.id, s.ticket_id as "ticketId", s.state, s.tries, v.by as "firstBy", v.unit_code as "unitCode",
           jsonb_build_object('resolved', v.resolved, 'result', v.result) as first
         from visit_samples s join visit_attempts v on v.id = s.attempt_id where s.id = $1::uuid for update of s`,
        [id],
      );
      return rows[0] ?? null;
    },

    async write(id, { state, tries, by, at, answers, falseContent }, tx) {
      await db.on(tx).query(
        `update visit_samples set state = $2, tries = $3, visited_by = $4::uuid, visited_at = $5, resolved = $6,
           result = $7, process = $8, words = $9, false_content = $10 where id = $1::uuid`,
        [
          ...[id, state, tries, by, new Date(at), answers?.resolved ?? null, answers?.result ?? null],
          ...[answers?.process ?? null, answers?.words ?? '', falseContent],
        ],
      );
    },

    open(accountId, page) {
      const list = {
        columns: VIEW,
        from: `visit_samples s join visit_attempts v on v.id = s.attempt_id join tickets t on t.id = s.ticket_id`,
        conditions: [`s.state = 'open'`, 'v.by is distinct from $1::uuid', 'not t.confidential'],
        values: [accountId],
        by: { at: `(s.day::timestamp at time zone 'UTC')`, id: 's.id', order: 'oldestFirst' },
      } as const;
      return readPage<SampleView>(db, list, page);
    },

    async discrepancies(from, to, by) {
      const { of, name } = BY[by];
      const { rows } = await db.query<Discrepancy>(
        `select ${of}::text as key, ${name} as name, count(*)::integer as drawn,
           (count(*) filter (where s.state = 'answered'))::integer as compared,
           (count(*) filter (where s.false_content))::integer as "falseContent"
         from visit_samples s join visit_attempts v on v.id = s.attempt_id
         where v.at >= $1 and v.at < $2 group by ${of} order by 2 nulls last`,
        [new Date(from), new Date(to)],
      );
      return rows;
    },
  };
}
