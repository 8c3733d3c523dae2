import type { OpenCallbacks } from '../../app/ports/callback-store.ts';
import type { CallbackBook, CallbackFilter, CallbackView } from '../../app/ports/callbacks.ts';
import type { Callback } from '../../domain/callbacks/callback.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';

const VIEW = `k.id, k.number, k.queue, k.line, k.call_id as "callId", k.ticket_id as "ticketId", k.state,
  ${iso('k.since_at')} as "sinceAt", ${iso('k.requested_at')} as "requestedAt",
  ${iso('k.valid_until')} as "validUntil", ${iso('k.due_at')} as "dueAt", k.attempts,
  k.last_outcome as "lastOutcome", ${iso('k.ended_at')} as "endedAt"`;

export function callbackBooks(db: PgDatabase): CallbackBook {
  return {
    async list(filter, asked) {
      const { values, bind } = binder();
      const list = {
        ...{ columns: VIEW, from: 'callbacks k', conditions: conditionsOf(filter, bind), values },
        by: { at: 'k.requested_at', id: 'k.id', order: 'newestFirst' },
      } as const;
      const { rows: callbacks, next } = await readPage<CallbackView>(db, list, asked);
      return { callbacks, next };
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

function conditionsOf(
  { state, queue, queues, only }: CallbackFilter,
  bind: (value: unknown) => string,
): string[] {
  return [
    ...(state === undefined ? [] : [`k.state = ${bind(state)}`]),
    ...(queue === undefined ? [] : [`k.queue = ${bind(queue)}`]),
    ...(queues === undefined ? [] : [`k.queue = any (${bind(queues)}::text[])`]),
    ...(only === undefined ? [] : ['k.ended_at is null']),
  ];
}
