import type {
  ComingLimits,
  LaterLimits,
  LimitBook,
  LimitSetView,
  StoredLimitSet,
} from '../../app/ports/limits.ts';
import type { PgDatabase } from './database.ts';
import { iso, ms } from './sql-instants.ts';

const COLUMNS = `l.number, l.preset, l.base, l.content, ${ms('l.valid_from')} as "validFrom", l.state, l.reason`;

export function limitBooks(db: PgDatabase): LimitBook {
  return {
    async lock(tx) {
      await db.on(tx).query('select from ticket_settings for update');
    },

    async add({ preset, base, content, validFrom, state, reason, proposedBy, proposedAt, decided }, tx) {
      const { rows } = await db.on(tx).query<{ number: number }>(
        `insert into limit_sets (base, preset, content, valid_from, state, reason, proposed_by, proposed_at, decided_by, decided_at)
         values ($9, $1, $2::jsonb, $3, $4, $5, $6::uuid, $7, case when $8 then $6::uuid end, case when $8 then $7::timestamptz end)
         returning number`,
        [
          preset,
          content === null ? null : JSON.stringify(content),
          new Date(validFrom),
          state,
          reason,
          proposedBy,
          new Date(proposedAt),
          decided,
          base,
        ],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('an insert without a row');
      return row.number;
    },

    async find(number, tx) {
      const { rows } = await db.on(tx).query<StoredLimitSet>(
        `select ${COLUMNS}, l.proposed_by as "proposedBy", l.decided_by as "decidedBy"
           from limit_sets l where l.number = $1`,
        [number],
      );
      return rows[0] ?? null;
    },

    async later(number, tx) {
      const { rows } = await db.on(tx).query<LaterLimits & Record<string, unknown>>(
        `select l.number as revision, l.state, p.display_name as by, ${iso('l.proposed_at')} as at, l.reason
         from limit_sets l left join accounts p on p.id = l.proposed_by
         where l.number > $1 and l.state in ('proposed', 'approved', 'withdrawing') order by l.number`,
        [number],
      );
      return rows;
    },

    async dropped(number, tx) {
      const { rows } = await db.on(tx).query<LaterLimits & Record<string, unknown>>(
        `select l.number as revision, l.state, d.display_name as by, ${iso('l.decided_at')} as at, l.decision as reason
         from limit_sets l left join accounts d on d.id = l.decided_by
         where l.number = $1 and l.state in ('rejected', 'withdrawn')`,
        [number],
      );
      return rows[0] ?? null;
    },

    async comingAfter(number, at, tx) {
      const { rows } = await db.on(tx).query<ComingLimits & Record<string, unknown>>(
        `select l.number as revision, l.state, p.display_name as by, ${iso('l.proposed_at')} as at, l.reason,
           ${iso('l.valid_from')} as "validFrom"
         from limit_sets l left join accounts p on p.id = l.proposed_by
         where l.number <= $1 and l.valid_from > $2 and l.state in ('approved', 'withdrawing')
         order by l.valid_from, l.number desc limit 1`,
        [number, new Date(at)],
      );
      return rows[0] ?? null;
    },

    async decide(number, { state, validFrom, by, at, words }, tx) {
      await db.on(tx).query(
        `update limit_sets set state = $2, valid_from = $3, decided_by = $4::uuid, decided_at = $5, decision = $6
         where number = $1`,
        [number, state, new Date(validFrom), by, new Date(at), words],
      );
    },

    async list() {
      const { rows } = await db.query<LimitSetView>(
        `select ${COLUMNS}, p.display_name as "proposedBy", ${iso('l.proposed_at')} as "proposedAt",
           d.display_name as "decidedBy", ${iso('l.decided_at')} as "decidedAt", l.decision,
           l.proposed_by as "proposedById", l.decided_by as "decidedById"
         from limit_sets l left join accounts p on p.id = l.proposed_by left join accounts d on d.id = l.decided_by
         order by l.number desc`,
      );
      return rows;
    },

    async unknownCategories(codes, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ code: string }>(
          'select k.code from unnest($1::text[]) as k(code) where not exists (select from categories c where c.code = k.code and c.ended_at is null)',
          [codes],
        );
      return rows.map(({ code }) => code);
    },

    async openTickets(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ n: number }>(
          `select count(*)::integer as n from tickets where state not in ('withdrawn', 'closed', 'archived')`,
        );
      return rows[0]?.n ?? 0;
    },
  };
}
