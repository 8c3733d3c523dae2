import type { IdempotencyClaim, IdempotencyKeys } from '../../app/ports/idempotency.ts';
import type { PgDatabase } from './database.ts';

/** How long a key is remembered after its answer. */
const KEPT = "interval '24 hours'";
/** A request under way for longer lost its process; what it created is found again by its id. */
const STALE = "interval '60 seconds'";

/** Key k is as good as free for the request with this hash: forgotten, or left behind under way by the same request. */
const isFree = (hash: string): string =>
  `(k.created_at < now() - ${KEPT} or (k.status is null and k.request_hash = ${hash} and k.created_at < now() - ${STALE}))`;

export interface KeyFacts {
  readonly free: boolean;
  readonly same: boolean;
  readonly status: number | null;
  readonly response: string | null;
}

/** A `KeyFacts` of this key as one JSON object; null: nobody has used it. */
export const keyFacts = (accountId: string, key: string, hash: string): string => `(
  select jsonb_build_object('free', ${isFree(hash)}, 'same', k.request_hash = ${hash}, 'status', k.status,
    'response', k.response #>> '{}')
  from idempotency_keys k where k.account_id = ${accountId} and k.key = ${key})`;

export function claimOf(facts: KeyFacts | null): IdempotencyClaim {
  if (facts === null || facts.free) return { kind: 'fresh' };
  if (!facts.same) return { kind: 'otherRequest' };
  if (facts.status === null) return { kind: 'underWay' };
  return { kind: 'answered', answer: { status: facts.status, body: facts.response ?? '' } };
}

/** Only what is free gives way. */
export const OVER_FREE = `on conflict (account_id, key) do update set request_hash = excluded.request_hash,
    status = excluded.status, response = excluded.response, created_at = now()
  where ${isFree('excluded.request_hash')}`;

const CLAIM = `
  with mine as (
    insert into idempotency_keys as k (account_id, key, request_hash) values ($1, $2, $3) ${OVER_FREE} returning key
  )
  select exists (select from mine) as mine, ${keyFacts('$1', '$2', '$3')} as facts`;

export function idempotencyKeys(db: PgDatabase): IdempotencyKeys {
  return {
    async claim({ accountId, key, requestHash }) {
      const { rows } = await db.query<{ mine: boolean; facts: KeyFacts | null }>(
        CLAIM,
        [accountId, key, requestHash],
        'claim-key',
      );
      const [row] = rows;
      if (row?.mine === true) return { kind: 'fresh' };
      // Claimed by somebody else since the statement began: whoever asks again sees what became of it.
      const claim = claimOf(row?.facts ?? null);
      return claim.kind === 'fresh' ? { kind: 'underWay' } : claim;
    },
    async finish({ accountId, key }, { status, body }) {
      // The body is kept as a JSON string, byte for byte: jsonb would reorder its members.
      await db.query(
        `update idempotency_keys set status = $3, response = to_jsonb($4::text)
         where account_id = $1 and key = $2`,
        [accountId, key, status, body],
        'keep-answer',
      );
    },
    async release({ accountId, key }) {
      await db.query('delete from idempotency_keys where account_id = $1 and key = $2 and status is null', [
        accountId,
        key,
      ]);
    },
  };
}
