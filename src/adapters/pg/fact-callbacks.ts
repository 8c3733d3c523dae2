import type { Fact } from '../../app/ports/facts.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { PgDatabase } from './database.ts';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Each move once, and of each callback the latest state, in whatever order they come. */
export async function writeCallbacks(db: PgDatabase, tx: Transaction, facts: readonly Fact[]): Promise<void> {
  const moves = facts.flatMap((fact) => (fact.callId === null && fact.type === 'callback' ? [fact] : []));
  if (moves.length === 0) return;
  const rows = moves.map(({ id, atMs, move, callback, ofCall, by, detail }) => ({
    id,
    callbackId: callback.id,
    seq: callback.seq,
    at: iso(atMs),
    move,
    state: callback.state,
    ofCall,
    by,
    detail,
    number: callback.number,
    queue: callback.queue,
    line: callback.line,
    callId: callback.callId,
    ticketId: callback.ticketId,
    sinceAt: iso(callback.sinceMs),
    requestedAt: iso(callback.requestedMs),
    validUntil: iso(callback.validUntilMs),
    dueAt: iso(callback.dueMs),
    attempts: callback.attempts,
    lastOutcome: callback.lastOutcome,
    endedAt: iso(callback.endedMs),
    body: callback,
  }));
  const on = db.on(tx);
  const text = JSON.stringify(rows);
  await on.query(INSERT_MOVES, [text]);
  await on.query(UPSERT_CALLBACKS, [text]);
}

const INSERT_MOVES = `
  insert into callback_moves (id, callback_id, seq, at, move, state, call_id, by_account, detail)
  select id, "callbackId", seq, at, move, state, "ofCall", by, detail
  from jsonb_to_recordset($1::jsonb) as m(id uuid, "callbackId" uuid, seq integer, at timestamptz, move text,
    state text, "ofCall" uuid, by uuid, detail text)
  on conflict (id) do nothing`;

const UPSERT_CALLBACKS = `
  insert into callbacks (id, number, queue, line, call_id, ticket_id, state, seq, since_at, requested_at, valid_until,
    due_at, attempts, last_outcome, ended_at, body)
  select distinct on ("callbackId") "callbackId", number, queue, line, "callId", "ticketId", state, seq, "sinceAt",
    "requestedAt", "validUntil", "dueAt", attempts, "lastOutcome", "endedAt", body
  from jsonb_to_recordset($1::jsonb) as m("callbackId" uuid, number text, queue text, line text, "callId" uuid,
    "ticketId" uuid, state text, seq integer, "sinceAt" timestamptz, "requestedAt" timestamptz,
    "validUntil" timestamptz, "dueAt" timestamptz, attempts integer, "lastOutcome" text, "endedAt" timestamptz,
    body jsonb)
  order by "callbackId", seq desc
  on conflict (id) do update set queue = excluded.queue, state = excluded.state, seq = excluded.seq,
    valid_until = excluded.valid_until, due_at = excluded.due_at, attempts = excluded.attempts,
    last_outcome = excluded.last_outcome, ended_at = excluded.ended_at, body = excluded.body
  where callbacks.seq < excluded.seq`;
