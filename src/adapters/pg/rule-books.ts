import type { RuleBooks, RuleEventEntry, RuleVersionSummary } from '../../app/ports/rules.ts';
import { SYSTEM_ACTOR } from '../../app/ports/rules.ts';
import { rulesFromStore } from '../../domain/hotlines/stored.ts';
import type { RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import type { PgDatabase } from './database.ts';
import { ruleNumbers } from './rule-numbers.ts';
import { recordedCalls } from './rule-replay.ts';
import { ruleTables } from './rule-tables.ts';
import { ms } from './sql-instants.ts';

/** Whoever changes the rules, in whichever process, meets the others on this lock. */
const LOCK_KEY = 1_234_500_007;

const HEAD = `v.id, v.number, v.title, v.state, v.revision, v.origin, v.base_id as "baseId", v.undoes,
  coalesce(v.author_id::text, '${SYSTEM_ACTOR}') as "authorId", v.approvals,
  ${ms('v.effective_at')} as "effectiveAt", ${ms('v.revert_at')} as "revertAt", ${ms('v.created_at')} as "createdAt",
  ${ms('v.published_at')} as "publishedAt"`;
const WHOLE = `select ${HEAD}, v.rules, v.edits from rule_versions v`;
const SUMMARY = `select ${HEAD}, coalesce(a.display_name, '') as "authorName", v.held_because as "heldBecause",
    ${ms('v.retry_at')} as "retryAt",
    jsonb_array_length(v.rules->'lines') as lines
  from rule_versions v left join accounts a on a.id = v.author_id`;

const instant = (at: number | null): Date | null => (at === null ? null : new Date(at));
const fromStore = (version: RuleVersion): RuleVersion => ({
  ...version,
  rules: rulesFromStore(version.rules),
});
const account = (id: string): string | null => (id === SYSTEM_ACTOR ? null : id);

export function ruleBooks(db: PgDatabase): RuleBooks {
  const one = async (
    where: string,
    values: readonly unknown[],
    tx?: Parameters<RuleBooks['published']>[0],
  ): Promise<RuleVersion | null> => {
    const { rows } = await db.on(tx).query<RuleVersion>(`${WHOLE} where ${where}`, values);
    return rows.map(fromStore)[0] ?? null;
  };
  return {
    ...ruleTables(db),
    ...recordedCalls(db),
    ...ruleNumbers(db),

    async lock(tx) {
      await db.on(tx).query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    },
    published: (tx) => one(`v.state = 'published'`, [], tx),
    byId: (id, tx) => one('v.id = $1', [id], tx),
    byNumber: (number, tx) => one('v.number = $1', [number], tx),

    async revision(versionId, revision, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ rules: RuleSet }>(
          'select rules from rule_revisions where version_id = $1 and revision = $2',
          [versionId, revision],
        );
      return rows.map(({ rules }) => rulesFromStore(rules))[0] ?? null;
    },

    async nextNumber(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ next: number }>('select coalesce(max(number), 0) + 1 as next from rule_versions');
      return rows[0]?.next ?? 1;
    },

    async save(version, events, { address, requestId }, tx) {
      const on = db.on(tx);
      await on.query(SAVE, [
        version.id,
        version.number,
        version.title,
        version.state,
        version.revision,
        version.origin,
        version.baseId,
        version.undoes,
        JSON.stringify(version.rules),
        account(version.authorId),
        JSON.stringify(version.edits),
        JSON.stringify(version.approvals),
        instant(version.effectiveAt),
        instant(version.revertAt),
        instant(version.createdAt),
        instant(version.publishedAt),
      ]);
      await on.query(
        `insert into rule_revisions (version_id, revision, rules) values ($1, $2, $3) on conflict do nothing`,
        [version.id, version.revision, JSON.stringify(version.rules)],
      );
      for (const { versionId, at, actorId, move, from, to, revision, reason } of events) {
        await on.query(
          `insert into rule_events (version_id, at, actor_id, move, from_state, to_state, revision, reason, address,
             request_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [versionId, new Date(at), account(actorId), move, from, to, revision, reason, address, requestId],
        );
      }
    },

    async list(limit, before) {
      const { rows } = await db.query<RuleVersionSummary>(
        `${SUMMARY} where $2::integer is null or v.number < $2 order by v.number desc limit $1`,
        [limit, before],
      );
      return rows;
    },
    async summary(id) {
      const { rows } = await db.query<RuleVersionSummary>(`${SUMMARY} where v.id = $1`, [id]);
      return rows[0] ?? null;
    },

    async events(versionId) {
      const { rows } = await db.query<RuleEventEntry>(
        `select e.version_id as "versionId", ${ms('e.at')} as at, coalesce(e.actor_id::text, '${SYSTEM_ACTOR}') as "actorId",
           coalesce(a.display_name, '') as "actorName", e.move, e.from_state as "from", e.to_state as "to", e.revision,
           e.reason
         from rule_events e left join accounts a on a.id = e.actor_id
         where e.version_id = $1 order by e.seq`,
        [versionId],
      );
      return rows;
    },

    async temporaries({ id, publishedAt }, tx) {
      if (publishedAt === null) return [];
      const { rows } = await db.on(tx).query<RuleVersion & { readonly before: RuleSet }>(
        `select ${HEAD}, v.rules, v.edits, b.rules as before
         from rule_versions v join rule_versions b on b.id = v.base_id
         where v.id <> $1 and v.published_at <= $2 and v.revert_at > $2`,
        [id, new Date(publishedAt)],
      );
      return rows.map(({ before, ...version }) => ({
        version: fromStore(version),
        before: rulesFromStore(before),
      }));
    },
    async due(now, tx) {
      const { rows } = await db.on(tx).query<RuleVersion>(
        `${WHOLE} where (v.held_because is null or v.retry_at <= $1)
           and (v.state = 'scheduled' and (v.effective_at is null or v.effective_at <= $1)
             or v.state in ('published', 'superseded') and v.revert_at <= $1)`,
        [new Date(now)],
      );
      return rows.map(fromStore);
    },
    async hold(versionId, { because, retryAt }, tx) {
      await db.on(tx).query(
        `update rule_versions set held_because = $2, retry_at = $3,
           held_times = case when $3::timestamptz is null then 0 else held_times + 1 end
         where id = $1`,
        [versionId, because, instant(retryAt)],
      );
    },
    async heldBefore(versionId, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ times: number }>('select held_times as times from rule_versions where id = $1', [versionId]);
      return rows[0]?.times ?? 0;
    },

    async namesOf(accountIds, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ id: string; name: string }>(
          'select id, display_name as name from accounts where id::text = any ($1::text[])',
          [accountIds],
        );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
  };
}

const SAVE = `
  insert into rule_versions (id, number, title, state, revision, origin, base_id, undoes, rules, author_id, edits,
    approvals, effective_at, revert_at, created_at, published_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
  on conflict (id) do update set title = excluded.title, state = excluded.state, revision = excluded.revision,
    base_id = excluded.base_id,
    -- What was published never changes, not even by what an earlier release did not know and reading it filled in.
    rules = case when rule_versions.published_at is null then excluded.rules else rule_versions.rules end,
    edits = excluded.edits, approvals = excluded.approvals,
    effective_at = excluded.effective_at, revert_at = excluded.revert_at, published_at = excluded.published_at,
    held_because = null, retry_at = null, held_times = 0`;
