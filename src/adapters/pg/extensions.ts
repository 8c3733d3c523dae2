import type { ExtensionBook, ExtensionView, LockedExtension } from '../../app/ports/extensions.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const LOCKED = `x.id, x.ticket_id as "ticketId", x.unit_code as "unitCode", x.amount, x.reason, x.evidence,
  x.public_reason as "publicReason", x.asked_by as "askedBy", ${ms('x.asked_at')} as "askedAt",
  ${ms('x.decide_by')} as "decideBy", x.state`;

const VIEW = `x.id, x.ticket_id as "ticketId", t.number as "ticketNumber",
  jsonb_build_object('code', u.code, 'name', u.name) as unit, x.state, x.amount, x.reason, x.evidence,
  x.public_reason as "publicReason", a.display_name as "askedBy", ${iso('x.asked_at')} as "askedAt",
  ${iso('x.decide_by')} as "decideBy", d.display_name as "decidedBy", ${iso('x.decided_at')} as "decidedAt", x.words`;

/** A request is the business of the unit that made it. */
const OF_UNIT = 'x.unit_code';

export function extensionBooks(db: PgDatabase): ExtensionBook {
  return {
    async standing(ticketId, tx) {
      const { rows } = await db.on(tx).query<{ granted: number; asked: boolean; dueAt: number | null }>(
        `select (select count(*)::integer from ticket_extensions where ticket_id = $1::uuid and state = 'granted') as granted,
           exists (select from ticket_extensions where ticket_id = $1::uuid and state = 'asked') as asked,
           (select min(${ms('due_at')}) from deadlines
             where ticket_id = $1::uuid and clock in ('citizen', 'unit') and kind = 'overdue') as "dueAt"`,
        [ticketId],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return row;
    },

    async add(extension, tx) {
      await db.on(tx).query(
        `insert into ticket_extensions (id, ticket_id, unit_code, amount, reason, evidence, public_reason, asked_by,
           asked_at, decide_by, state)
         values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8::uuid, $9, $10, 'asked')`,
        [
          extension.id,
          extension.ticketId,
          extension.unitCode,
          extension.amount,
          extension.reason,
          extension.evidence,
          extension.publicReason,
          extension.askedBy,
          new Date(extension.askedAt),
          new Date(extension.decideBy),
        ],
      );
    },

    async find(id, sight, tx) {
      const { values, bind } = binder();
      const conditions = [`x.id = ${bind(id)}::uuid`, ...sightConditions(sight, bind, OF_UNIT)];
      const { rows } = await db.on(tx).query<LockedExtension>(
        `select ${LOCKED} from ticket_extensions x join tickets t on t.id = x.ticket_id
           where ${conditions.join(' and ')}`,
        values,
      );
      return rows[0] ?? null;
    },

    async decide(id, { state, by, at, words, amount, publicReason }, tx) {
      await db.on(tx).query(
        `update ticket_extensions set state = $2, decided_by = $3::uuid, decided_at = $4, words = $5, amount = $6,
           public_reason = $7 where id = $1::uuid`,
        [id, state, by, new Date(at), words, amount, publicReason],
      );
    },

    async extend(ticketId, amount, tx) {
      await db
        .on(tx)
        .query('update tickets set extended_by = extended_by + $2 where id = $1::uuid', [ticketId, amount]);
    },

    async overdue(at, limit) {
      const { rows } = await db.query<{ id: string }>(
        `select id from ticket_extensions where state = 'asked' and decide_by <= $1 order by decide_by limit $2`,
        [new Date(at), limit],
      );
      return rows;
    },

    list({ state, ticketId }, sight, page) {
      const { values, bind } = binder();
      const conditions = sightConditions(sight, bind, OF_UNIT);
      if (state !== undefined) conditions.push(`x.state = ${bind(state)}`);
      if (ticketId !== undefined) conditions.push(`x.ticket_id = ${bind(ticketId)}::uuid`);
      const list = {
        columns: VIEW,
        from: `ticket_extensions x join tickets t on t.id = x.ticket_id
          join units u on u.code = x.unit_code left join accounts a on a.id = x.asked_by
          left join accounts d on d.id = x.decided_by`,
        ...{ conditions, values },
        by: { at: 'x.decide_by', id: 'x.id', order: 'oldestFirst' },
      } as const;
      return readPage<ExtensionView>(db, list, page);
    },
  };
}
