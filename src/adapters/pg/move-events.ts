import type { RuleTrace } from '../../app/ports/rules.ts';
import { SYSTEM_ACTOR } from '../../app/ports/rules.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

/** A move on the books of announcements or restrictions; `actorId` may be the program itself. */
interface MoveEvent {
  readonly atMs: number;
  readonly actorId: string;
  readonly move: string;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
}

/** The append-only history of one sort of thing, in its own table. */
export function moveEvents(
  db: PgDatabase,
  { table, key }: { readonly table: `${string}_events`; readonly key: `${string}_id` },
) {
  return {
    async add(
      id: string,
      event: MoveEvent,
      { address, requestId }: RuleTrace,
      tx: Transaction,
    ): Promise<void> {
      const { atMs, actorId, move, from, to, reason } = event;
      const actor = actorId === SYSTEM_ACTOR ? null : actorId;
      await db.on(tx).query(
        `insert into ${table} (${key}, at, actor_id, move, from_state, to_state, reason, address, request_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, new Date(atMs), actor, move, from, to, reason, address, requestId],
      );
    },

    /** `name`: what the thing's id is called in the entry. */
    async of<T extends MoveEvent>(
      id: string,
      name: Exclude<keyof T, keyof MoveEvent> & string,
    ): Promise<T[]> {
      const { rows } = await db.query<T & Record<string, unknown>>(
        `select e.${key} as "${name}", ${ms('e.at')} as "atMs",
           coalesce(e.actor_id::text, '${SYSTEM_ACTOR}') as "actorId", coalesce(a.display_name, '') as "actorName",
           e.move, e.from_state as "from", e.to_state as "to", e.reason
         from ${table} e left join accounts a on a.id = e.actor_id
         where e.${key} = $1 order by e.seq`,
        [id],
      );
      return rows;
    },
  };
}
