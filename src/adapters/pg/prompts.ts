import type { PromptBooks, PromptEntry, PromptHeard } from '../../app/ports/prompt-books.ts';
import { type Said, wordsOfAnnouncement } from '../../domain/announcements/spoken.ts';
import type { Menu } from '../../domain/ivr/menu.ts';
import { exactName, wordsOf } from '../../domain/ivr/words-spoken.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

/** Whoever keeps the shelves, in whichever process, meets the others on this lock. */
const LOCK_KEY = 1_234_500_012;

const ENTRY = `
  select v.id, v.name, v.version, v.kind, v.language, v.text, v.basis, v.state, v.failure,
    v.made_by as "makerId", v.approver_noted as "approverNoted", ${ms('v.approved_at')} as "approvedAtMs",
    p.display_name as "approvedBy",
    v.duration_ms as "durationMs", ${ms('v.valid_until')} as "validUntilMs", ${ms('v.made_at')} as "madeAtMs",
    ${ms('v.ready_at')} as "readyAtMs", ${ms('v.retired_at')} as "retiredAtMs",
    v.retired_because as "retiredBecause", coalesce(m.display_name, '') as "madeBy", r.display_name as "retiredBy"
  from prompt_versions v left join accounts m on m.id = v.made_by left join accounts p on p.id = v.approved_by
    left join accounts r on r.id = v.retired_by`;

/** What callers heard at a moment: the newest recording on the shelf then, else the newest text. */
const VERSION_THEN = `
  select v.version, nullif(v.text, '') as text from prompt_versions v
  where v.name = $1 and greatest(v.ready_at, v.approved_at) <= f.at and v.approved_at is not null and (v.retired_at is null or v.retired_at > f.at)
    and (v.valid_until is null or v.valid_until > f.at)
  order by v.kind = 'recorded' desc, v.version desc limit 1`;

/** Rules that may go out, and those in force at or after a moment: the last published before it, and all since. */
const IN_USE = `(v.state in ('draft', 'validated', 'awaitingSecond', 'scheduled', 'published')
  or v.published_at >= coalesce((select max(published_at) from rule_versions where published_at <= $1), '-infinity'))`;

const at = (epochMs: number): Date => new Date(epochMs);

export function promptBooks(db: PgDatabase): PromptBooks {
  /** What the rules ever said under a name, by its exact names. */
  async function everSaid(name: string): Promise<ReadonlyMap<string, string>> {
    const { rows } = await db.query<{ body: Menu }>(
      `select distinct m as body from rule_versions v, jsonb_array_elements(coalesce(v.rules->'menus', '[]')) m
         where v.published_at is not null and m->'texts' ? $1
       union select body from menus where body->'texts' ? $1`,
      [name],
    );
    const announced = await db.query<Said>(
      `select id, text, offer_key as "offerKey" from announcements where 'announcement-' || id = left($1, 49)`,
      [name],
    );
    const words = [
      ...rows.flatMap(({ body }) => wordsOf(body)),
      ...announced.rows.flatMap(wordsOfAnnouncement),
    ];
    return new Map(words.map((one) => [exactName(one), one.text]));
  }

  return {
    async list(tx) {
      const { rows } = await db.on(tx).query<PromptEntry>(`${ENTRY} order by v.name, v.version desc`);
      return rows;
    },
    async ofName(name, tx) {
      const { rows } = await db
        .on(tx)
        .query<PromptEntry>(`${ENTRY} where v.name = $1 order by v.version desc`, [name]);
      return rows;
    },

    async lock(tx) {
      await db.on(tx).query('lock table prompt_versions in share row exclusive mode');
    },
    async approve(id, { by, atMs }, tx) {
      await db
        .on(tx)
        .query('update prompt_versions set approved_by = $2, approved_at = $3 where id = $1', [
          id,
          by,
          at(atMs),
        ]);
    },
    async add({ id, name, kind, language, text, basis, validUntilMs, audio, madeBy, madeAtMs }, tx) {
      const on = db.on(tx);
      // Two at once would take the same number.
      await on.query('lock table prompt_versions in share row exclusive mode');
      await on.query(
        `insert into prompt_versions (id, name, version, kind, language, text, basis, valid_until, audio, made_by,
           made_at)
         values ($1, $2, (select coalesce(max(version), 0) + 1 from prompt_versions where name = $2), $3, $4, $5, $6,
           $7, $8, $9, $10)
         on conflict (id) do nothing`,
        [
          id,
          name,
          kind,
          language,
          text,
          basis,
          validUntilMs === null ? null : at(validUntilMs),
          audio === null ? null : Buffer.from(audio),
          madeBy,
          at(madeAtMs),
        ],
      );
      const { rows } = await on.query<PromptEntry>(`${ENTRY} where v.id = $1`, [id]);
      const [entry] = rows;
      if (entry === undefined) throw new Error('a prompt that was just written is gone');
      return entry;
    },

    async audio(id) {
      const { rows } = await db.query<{ audio: Buffer | null }>(
        'select audio from prompt_versions where id = $1',
        [id],
      );
      return rows[0]?.audio ?? null;
    },
    async retire({ name, version }, { by, because, atMs }) {
      const { rowCount } = await db.query(
        `update prompt_versions set retired_at = $3, retired_by = $4, retired_because = $5
         where name = $1 and ($2::integer is null or version = $2) and retired_at is null`,
        [name, version, at(atMs), by, because],
      );
      return rowCount ?? 0;
    },
    async ready(id, { audio, durationMs, atMs }) {
      await db.query(
        `update prompt_versions set state = 'ready', audio = $2, duration_ms = $3, ready_at = coalesce(ready_at, $4)
         where id = $1`,
        [id, Buffer.from(audio), durationMs, at(atMs)],
      );
    },
    async fail(id, reason) {
      await db.query(`update prompt_versions set state = 'failed', failure = $2 where id = $1`, [id, reason]);
    },

    async menusInUse(sinceMs) {
      const { rows } = await db.query<{ body: Menu }>(
        `select jsonb_array_elements(coalesce(v.rules->'menus', '[]')) as body from rule_versions v where ${IN_USE}
         union select body from menus`,
        [at(sinceMs)],
      );
      return rows.map(({ body }) => body);
    },
    async menusEdition(sinceMs) {
      const { rows } = await db.query<{ edition: string }>(
        `select (select coalesce(string_agg(v.id || ' ' || v.revision, ',' order by v.id), '') from rule_versions v
             where ${IN_USE})
           || (select coalesce(md5(string_agg(body::text, '' order by code)), '') from menus) as edition`,
        [at(sinceMs)],
      );
      return rows[0]?.edition ?? '';
    },
    async menuFailures(failures, atMs) {
      await db.transact(async (tx) => {
        const on = db.on(tx);
        await on.query('delete from prompt_failures where not name = any ($1::text[])', [
          failures.map(({ name }) => name),
        ]);
        await on.query(
          `insert into prompt_failures (name, reason, at)
           select name, reason, $2 from jsonb_to_recordset($1::jsonb) as r(name text, reason text)
           on conflict (name) do update set reason = excluded.reason, at = excluded.at`,
          [JSON.stringify(failures), at(atMs)],
        );
      });
    },
    async listMenuFailures() {
      const { rows } = await db.query<{ name: string; reason: string; atMs: number }>(
        `select name, reason, ${ms('at')} as "atMs" from prompt_failures order by name`,
      );
      return rows;
    },

    async heard(name, fromMs, untilMs, limit) {
      const { rows } = await db.query<PromptHeard & { readonly prompt: string }>(
        `select f.call_id as "callId", ${ms('f.at')} as "atMs", coalesce(c.caller_number, '') as "callerNumber",
           f.body->>'end' as "end", f.body->>'prompt' as prompt, v.version, v.text
         from call_facts f left join calls c on c.id = f.call_id left join lateral (${VERSION_THEN}) v on true
         where f.type = 'announcementPlayed' and split_part(f.body->>'prompt', '@', 1) = $1 and f.at >= $2 and f.at < $3
         order by f.at desc, f.id limit $4`,
        [name, at(fromMs), at(untilMs), limit],
      );
      const ofRules = rows.some(({ version, prompt }) => version === null && prompt !== name);
      const texts = ofRules ? await everSaid(name) : new Map<string, string>();
      return rows.map(({ prompt, ...one }) => ({ ...one, text: one.text ?? texts.get(prompt) ?? null }));
    },

    alone: (work) =>
      db.transact(async (tx) => {
        const { rows } = await db
          .on(tx)
          .query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [LOCK_KEY]);
        return rows[0]?.mine === true ? await work() : null;
      }),
  };
}
