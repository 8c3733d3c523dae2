import type {
  Pack,
  PackBook,
  PackUse,
  PinnedPack,
  PublishedByPack,
} from '../../app/ports/knowledge-packs.ts';
import type { PgDatabase } from './database.ts';
import { currentVersion } from './knowledge-rows.ts';
import { iso, ms } from './sql-instants.ts';

const PACK = `select p.code, p.title, p.push, p.revision, array(select e.entry_id::text from knowledge_pack_entries e
  where e.pack = p.code order by e.place) as "entryIds" from knowledge_packs p`;
const USE = `select u.id, u.pack, u.surge, ${ms('u.until')} as until, u.ordered_by as "orderedBy",
  ${ms('u.begun_at')} as "begunAt", ${ms('u.ended_at')} as "endedAt", u.ending, u.notice_id as "noticeId",
  u.left_out as "leftOut" from knowledge_pack_uses u`;
const IN_FORCE = 'u.begun_at is not null and u.ended_at is null';

export function packBooks(db: PgDatabase): PackBook {
  return {
    async list() {
      return (
        await db.query<Pack & Record<string, unknown>>(`${PACK} where p.removed_at is null order by p.code`)
      ).rows;
    },

    async find(code, tx) {
      const { rows } = await db
        .on(tx)
        .query<Pack & Record<string, unknown>>(`${PACK} where p.code = $1 and p.removed_at is null`, [code]);
      return rows[0] ?? null;
    },

    async hold(code, tx) {
      await db
        .on(tx)
        .query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`knowledge-pack:${code}`]);
    },

    async put({ code, title, push, revision, entryIds }, { by, at }, tx) {
      const on = db.on(tx);
      const values = [code, title, push, new Date(at), by];
      const { rowCount } =
        revision === 0
          ? await on.query(
              `insert into knowledge_packs (code, title, push, changed_at, changed_by)
               values ($1, $2, $3, $4, $5::uuid)
               on conflict (code) do update set title = excluded.title, push = excluded.push, removed_at = null,
                 changed_at = excluded.changed_at, changed_by = excluded.changed_by, revision = knowledge_packs.revision + 1
               where knowledge_packs.removed_at is not null`,
              values,
            )
          : await on.query(
              `update knowledge_packs set title = $2, push = $3, changed_at = $4, changed_by = $5::uuid,
                 revision = revision + 1 where code = $1 and revision = $6 and removed_at is null`,
              [...values, revision],
            );
      if (rowCount !== 1) return 'changed';
      await on.query('delete from knowledge_pack_entries where pack = $1', [code]);
      await on.query(
        `insert into knowledge_pack_entries (pack, entry_id, place)
         select $1, id, place from unnest($2::uuid[]) with ordinality as r(id, place)`,
        [code, entryIds],
      );
      return 'put';
    },

    async remove(code, revision, { by, at }, tx) {
      const { rowCount } = await db.on(tx).query(
        `update knowledge_packs set removed_at = $3, changed_at = $3, changed_by = $4::uuid, revision = revision + 1
         where code = $1 and revision = $2 and removed_at is null`,
        [code, revision, new Date(at), by],
      );
      return rowCount === 1;
    },

    async unknownEntries(ids, tx) {
      const { rows } = await db.on(tx).query<{ id: string }>(
        `select id::text from unnest($1::uuid[]) as r(id)
         where not exists (select from knowledge_entries e where e.id = r.id)`,
        [ids],
      );
      return rows.map(({ id }) => id);
    },

    async toldBefore(pack, entryId, tx) {
      const { rows } = await db.on(tx).query<{ version: number }>(
        `select distinct p.version from knowledge_pack_published p join knowledge_pack_uses u on u.id = p.use_id
         where u.pack = $1 and p.entry_id = $2::uuid`,
        [pack, entryId],
      );
      return rows.map(({ version }) => version);
    },

    async open(tx) {
      const { rows } = await db
        .on(tx)
        .query<PackUse & Record<string, unknown>>(
          `${USE} where u.ended_at is null order by u.ordered_at, u.id ${tx === undefined ? '' : 'for update'}`,
        );
      return rows;
    },

    async addUse({ id, pack, surge, until, orderedBy }, at, tx) {
      await db.on(tx).query(
        `insert into knowledge_pack_uses (id, pack, surge, until, ordered_at, ordered_by)
         values ($1::uuid, $2, $3, $4, $5, $6::uuid)`,
        [id, pack, surge, new Date(until), new Date(at), orderedBy],
      );
    },

    async use(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<PackUse & Record<string, unknown>>(`${USE} where u.id = $1::uuid`, [id]);
      return rows[0] ?? null;
    },

    async extend(id, until, tx) {
      await db
        .on(tx)
        .query('update knowledge_pack_uses set until = $2 where id = $1::uuid', [id, new Date(until)]);
    },

    async notePublished(useId, { entryId, version }, tx) {
      await db.on(tx).query(
        `insert into knowledge_pack_published (use_id, entry_id, version) values ($1::uuid, $2::uuid, $3)
         on conflict (use_id, entry_id) do update set version = excluded.version`,
        [useId, entryId, version],
      );
    },

    async published(useId, tx) {
      const { rows } = await db
        .on(tx)
        .query<PublishedByPack & Record<string, unknown>>(
          `select entry_id as "entryId", version from knowledge_pack_published where use_id = $1::uuid order by entry_id`,
          [useId],
        );
      return rows;
    },

    async begin(useId, { at, noticeId, leftOut }, tx) {
      await db.on(tx).query(
        `update knowledge_pack_uses set begun_at = coalesce(begun_at, $2), notice_id = coalesce(notice_id, $3::uuid),
           left_out = $4::jsonb where id = $1::uuid`,
        [useId, new Date(at), noticeId, JSON.stringify(leftOut)],
      );
    },

    async end(useId, ending, at, tx) {
      await db
        .on(tx)
        .query('update knowledge_pack_uses set ending = $2, ended_at = $3 where id = $1::uuid', [
          useId,
          ending,
          new Date(at),
        ]);
    },

    async uses(pack, limit) {
      const { rows } = await db.query<PackUse & Record<string, unknown>>(
        `${USE} where u.pack = $1 order by u.ordered_at desc, u.id limit $2`,
        [pack, limit],
      );
      return rows;
    },

    async pinned(day) {
      const { rows } = await db.query<PinnedPack & Record<string, unknown>>(
        `select p.code, p.title, u.surge, ${iso('u.until')} as until,
           (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'number', e.number, 'version', v.number,
              'question', v.question, 'answer', v.answer) order by k.place), '[]')
            from knowledge_pack_entries k join knowledge_entries e on e.id = k.entry_id
              join lateral ${currentVersion('$1')} v on true
            where k.pack = p.code) as entries
         from knowledge_pack_uses u join knowledge_packs p on p.code = u.pack
         where ${IN_FORCE} order by u.begun_at desc, u.id`,
        [day],
      );
      return rows;
    },

    async pins() {
      const { rows } = await db.query<{ entry: string; pack: string }>(
        `select k.entry_id as entry, min(k.pack) as pack from knowledge_pack_uses u
           join knowledge_pack_entries k on k.pack = u.pack
         where ${IN_FORCE} group by k.entry_id`,
      );
      return new Map(rows.map(({ entry, pack }) => [entry, pack]));
    },
  };
}
