import type {
  ExclusionBook,
  ExclusionCount,
  ExclusionView,
  LockedExclusion,
} from '../../app/ports/appraisal.ts';
import type { ExclusionMove } from '../../domain/tickets/exclusion.ts';
import { ofReal } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const LOCKED = `x.id, x.ticket_id as "ticketId", x.unit_code as "unitCode", x.state, x.asked_by as "askedBy",
  x.seconded_by as "secondedBy"`;

const SETS: Readonly<Record<ExclusionMove, string>> = {
  request: 'opinion = $5',
  agree: `seconded_by = coalesce(seconded_by, $3::uuid), opinion = $5,
    decided_by = case when $2 = 'excluded' then $3::uuid end, decided_at = case when $2 = 'excluded' then $4 end`,
  refuse: 'decided_by = $3::uuid, decided_at = $4, opinion = $5',
  withdraw: 'decided_by = $3::uuid, decided_at = $4, opinion = $5',
};

export function exclusionBooks(db: PgDatabase): ExclusionBook {
  return {
    async request({ id, ticketId, unitCode, ground, evidence, by, at }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into visit_exclusions (id, ticket_id, unit_code, ground, evidence, state, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, 'requested', $6, $7) on conflict do nothing`,
        [id, ticketId, unitCode, ground, evidence, by, new Date(at)],
      );
      return rowCount === 1;
    },

    async lock(id, sight, tx) {
      const { values, bind } = binder();
      const conditions = [`x.id = ${bind(id)}::uuid`, ...sightConditions(sight, bind, 'x.unit_code')];
      const { rows } = await db.on(tx).query<LockedExclusion>(
        `select ${LOCKED} from visit_exclusions x join tickets t on t.id = x.ticket_id
         where ${conditions.join(' and ')} for update of x`,
        values,
      );
      return rows[0] ?? null;
    },

    async move(id, { move, to, by, at, opinion }, tx) {
      await db.on(tx).query(
        `with w as (select $3::uuid as by, $4::timestamptz as at)
           update visit_exclusions set state = $2, ${SETS[move]} from w where id = $1::uuid`,
        [id, to, by, new Date(at), opinion],
      );
    },

    list({ state, ticketId }, sight, page) {
      const { values, bind } = binder();
      const conditions = sightConditions(sight, bind, 'x.unit_code');
      if (state !== undefined) conditions.push(`x.state = ${bind(state)}`);
      if (ticketId !== undefined) conditions.push(`x.ticket_id = ${bind(ticketId)}::uuid`);
      const list = {
        columns: `${LOCKED}, t.number as "ticketNumber", asker.display_name as "askedByName",
          seconder.display_name as "secondedByName", x.ground, x.evidence, ${iso('x.asked_at')} as "askedAt",
          ${iso('x.decided_at')} as "decidedAt", x.opinion, (select jsonb_build_object('truth', f.truth,
            'evidence', f.evidence, 'refs', f.refs) from ticket_truths f where f.ticket_id = x.ticket_id
            and f.side = 'hotline' order by f.at desc, f.id desc limit 1) as found`,
        from: `visit_exclusions x join tickets t on t.id = x.ticket_id join accounts asker on asker.id = x.asked_by
          left join accounts seconder on seconder.id = x.seconded_by`,
        ...{ conditions, values },
        by: { at: 'x.asked_at', id: 'x.id', order: 'newestFirst' },
      } as const;
      return readPage<ExclusionView>(db, list, page);
    },

    async counts(from, to) {
      const { rows } = await db.query<ExclusionCount>(
        `select x.unit_code as "unitCode", u.name as "unitName", x.ground,
           (count(*) filter (where x.state = 'excluded'))::integer as excluded,
           (count(*) filter (where x.state = 'refused'))::integer as refused
         from visit_exclusions x join units u on u.code = x.unit_code
         where x.decided_at >= $1 and x.decided_at < $2 and x.state in ('excluded', 'refused')
           and ${ofReal('x.ticket_id')}
         group by x.unit_code, u.name, x.ground order by u.name, x.ground`,
        [new Date(from), new Date(to)],
      );
      return rows;
    },
  };
}
