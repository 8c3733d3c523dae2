import type { NoticeBook, NoticeView, Receipt } from '../../app/ports/knowledge-notices.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';

const AT_WORK = `agents g join accounts c
  on c.id = g.account_id and c.disabled_at is null and 'agent' = any (c.roles)`;

/** As the account $1 sees them. */
const VIEW = `n.id, n.title, n.text, n.critical, n.entry_id as "entryId", n.version, ${iso('n.at')} as at,
  jsonb_build_object('id', a.id, 'displayName', a.display_name) as by, ${iso('n.until')} as until,
  ${iso('n.withdrawn_at')} as "withdrawnAt",
  (select ${iso('r.read_at')} from knowledge_receipts r where r.notice_id = n.id and r.account_id = $1::uuid) as "readAt",
  (select count(*)::integer from ${AT_WORK} join knowledge_receipts r on r.account_id = g.account_id
    where r.notice_id = n.id) as "readBy",
  (select count(*)::integer from ${AT_WORK}) as agents`;
const TABLES = 'knowledge_notices n join accounts a on a.id = n.by';

export function noticeBooks(db: PgDatabase): NoticeBook {
  return {
    async add({ id, title, text, critical, entryId, version, at, by, until }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into knowledge_notices (id, title, text, critical, entry_id, version, at, by, until)
         values ($1::uuid, $2, $3, $4, $5::uuid, $6, $7, $8::uuid, $9) on conflict (id) do nothing`,
        [id, title, text, critical, entryId, version, new Date(at), by, new Date(until)],
      );
      if (rowCount !== 1) return 'known';
      const body = { kind: 'knowledgeNotice', noticeId: id, title, critical, unitCode: null, atMs: at };
      await db
        .on(tx)
        .query(`insert into outbox (topic, key, body) values ('knowledgeNotice', $1, $2::jsonb)`, [
          id,
          JSON.stringify(body),
        ]);
      return 'added';
    },

    async list(accountId, page) {
      const list = {
        columns: VIEW,
        from: TABLES,
        // The columns bind who reads.
        ...{ conditions: [], values: [accountId] },
        by: { at: 'n.at', id: 'n.id', order: 'newestFirst' },
      } as const;
      const { rows: notices, next } = await readPage<NoticeView>(db, list, page);
      return { notices, next };
    },

    async find(id, accountId) {
      const { rows } = await db.query<NoticeView>(`select ${VIEW} from ${TABLES} where n.id = $2::uuid`, [
        accountId,
        id,
      ]);
      return rows[0] ?? null;
    },

    async read({ noticeId, accountId, at }) {
      await db.query(
        `insert into knowledge_receipts (notice_id, account_id, read_at) values ($1::uuid, $2::uuid, $3)
         on conflict do nothing`,
        [noticeId, accountId, new Date(at)],
      );
    },

    async receipts(id) {
      const { rows } = await db.query<Receipt>(
        `select g.account_id as "agentId", g.number, c.display_name as "displayName", ${iso('r.read_at')} as "readAt"
         from ${AT_WORK} left join knowledge_receipts r on r.account_id = g.account_id and r.notice_id = $1::uuid
         order by r.read_at is not null, r.read_at, g.number`,
        [id],
      );
      return rows;
    },

    async withdraw(id, at, tx) {
      const { rowCount } = await db
        .on(tx)
        .query(
          'update knowledge_notices set withdrawn_at = $2 where id = $1::uuid and withdrawn_at is null',
          [id, new Date(at)],
        );
      return rowCount === 1;
    },

    async withdrawAbout(entryId, versions, at, tx) {
      const { rows } = await db.on(tx).query<{ critical: boolean }>(
        `update knowledge_notices set withdrawn_at = $3
         where entry_id = $1::uuid and version = any ($2::integer[]) and withdrawn_at is null and until > $3
         returning critical`,
        [entryId, versions, new Date(at)],
      );
      return { critical: rows.filter(({ critical }) => critical).length };
    },

    async holding(accountId, at) {
      const { rows } = await db.query<{ id: string; title: string; read: boolean }>(
        `select n.id, n.title, exists (select from knowledge_receipts r where r.notice_id = n.id
           and r.account_id = $1::uuid) as read
         from knowledge_notices n where n.critical and n.withdrawn_at is null and n.until > $2 order by n.at, n.id`,
        [accountId, new Date(at)],
      );
      return rows;
    },
  };
}
