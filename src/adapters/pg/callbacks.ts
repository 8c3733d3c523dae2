import type { OpenCallbacks } from '../../app/ports/callback-store.ts';
import type { CallbackBook, CallbackFilter, CallbackView } from '../../app/ports/callbacks.ts';
import type { Callback } from '../../domain/callbacks/callback.ts';
import type { PgDatabase } from './database.ts';
import { cursorInstant, readCursor, writeCursor } from './page-cursor.ts';
import { iso } from './sql-instants.ts';

const VIEW = `k.id, k.number, k.queue, k.line, k.call_id as "callId", k.ticket_id as "ticketId", k.state,
  ${iso('k.since_at')} as "sinceAt", ${iso('k.requested_at')} as "requestedAt",
  ${iso('k.valid_until')} as "validUntil", ${iso('k.due_at')} as "dueAt", k.attempts,
  k.last_outcome as "lastOutcome", ${iso('k.ended_at')} as "endedAt"`;

export function callbackBooks(db: PgDatabase): CallbackBook {
  return {
    async list(filter, { limit, after }) {
      const values: unknown[] = [];
      const bind = (value: unknown): string => `$${values.push(value)}`;
      const conditions = conditionsOf(filter, bind);
      if (after !== undefined) {
        const [at, id] = readCursor(after);
        conditions.push(`(k.requested_at, k.id) < (${bind(at)}::timestamptz, ${bind(id)}::uuid)`);
      }
      const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
      const { rows } = await db.query<CallbackView & { cursor: string }>(
        `select ${VIEW}, ${cursorInstant('k.requested_at')} as cursor from callbacks k ${where}
         order by k.requested_at desc, k.id desc limit ${bind(limit + 1)}`,
        values,
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        callbacks: page.map(({ cursor, ...callback }) => callback),
        next: rows.length > limit && last !== undefined ? writeCursor(last.cursor, last.id) : null,
      };
    },
    async known(id) {
      const { rows } = await db.query('select from callbacks where id = $1::uuid', [id]);
      return rows.length > 0;
    },
  };
}

/** As call control keeps them: whole, for one that has lost its own. */
export function openCallbackBooks(db: PgDatabase): OpenCallbacks {
  return {
    async open() {
      const { rows } = await db.query<{ body: Callback }>(
        'select body from callbacks where ended_at is null order by since_at',
      );
      return rows.map(({ body }) => body);
    },
  };
}

function conditionsOf({ state, queue, only }: CallbackFilter, bind: (value: unknown) => string): string[] {
  return [
    ...(state === undefined ? [] : [`k.state = ${bind(state)}`]),
    ...(queue === undefined ? [] : [`k.queue = ${bind(queue)}`]),
    ...(only === undefined ? [] : ['k.ended_at is null']),
  ];
}
