import type { CallDraft, CallDraftBook, OpenCall } from '../../app/ports/call-drafts.ts';
import { type AppealWords, areEmpty, NO_WORDS, wholeWords } from '../../domain/tickets/appeal-words.ts';
import { ANSWERED } from './call-counts.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';

type Row = Omit<CallDraft, 'words'> & { readonly words: Partial<AppealWords> };
const DRAFT = `select d.call_id as "callId", d.version, d.words, ${iso('d.saved_at')} as "savedAt",
  a.display_name as "savedBy" from call_drafts d join accounts a on a.id = d.saved_by where d.call_id = $1::uuid`;
const draftOf = (rows: readonly Row[]): CallDraft | null => {
  const [row] = rows;
  return row === undefined ? null : { ...row, words: wholeWords(row.words) };
};

export function callDraftBooks(db: PgDatabase): CallDraftBook {
  return {
    async find(callId) {
      return draftOf((await db.query<Row>(DRAFT, [callId])).rows);
    },

    async hold(callId, by, at, tx) {
      const on = db.on(tx);
      const { rows } = await on.query<{ closed: boolean }>(
        'select exists (select from call_outcomes where call_id = $1::uuid) as closed',
        [callId],
      );
      if (rows[0]?.closed === true) return null;
      await on.query(
        `insert into call_drafts (call_id, version, words, has_words, begun_at, saved_at, saved_by, authors)
         values ($1::uuid, 1, $2, false, $3, $3, $4::uuid, array[$4::uuid]) on conflict (call_id) do nothing`,
        [callId, JSON.stringify(NO_WORDS), new Date(at), by],
      );
      return draftOf((await on.query<Row>(`${DRAFT} for update of d`, [callId])).rows);
    },

    async change({ callId, version, words, by, at }, tx) {
      await db.on(tx).query(
        `update call_drafts set version = $2, words = $3, has_words = $4, saved_at = $5, saved_by = $6::uuid,
           authors = case when $6::uuid = any (authors) then authors else authors || $6::uuid end
         where call_id = $1::uuid`,
        [callId, version, JSON.stringify(words), !areEmpty(words), new Date(at), by],
      );
    },

    async wrote(callId, accountId) {
      const { rowCount } = await db.query(
        'select from call_drafts where call_id = $1::uuid and $2::uuid = any (authors)',
        [callId, accountId],
      );
      return rowCount === 1;
    },

    async openCalls({ agentId }, page) {
      const { values, bind } = binder();
      const conditions = [...OPEN];
      if (agentId !== undefined) {
        const who = bind(agentId);
        conditions.push(`(c.agent_id = ${who}::uuid or ${who}::uuid = any (d.authors))`);
      }
      const list = {
        ...{ columns: OPEN_COLUMNS, from: OPEN_TABLES, conditions, values },
        by: { at: 'c.arrived_at', id: 'c.id', order: 'newestFirst' },
      } as const;
      const { rows: calls, next } = await readPage<OpenCall>(db, list, page);
      return { calls, next };
    },

    async drop(callId) {
      const { rowCount } = await db.query(
        `delete from call_drafts d using call_outcomes o where o.call_id = d.call_id and d.call_id = $1::uuid`,
        [callId],
      );
      if (rowCount === 1) return true;
      const { rowCount: stands } = await db.query('select from call_drafts where call_id = $1::uuid', [
        callId,
      ]);
      return stands === 0;
    },

    async forget(closedBefore, limit) {
      const { rowCount } = await db.query(
        `delete from call_drafts where call_id in (
           select d.call_id from call_drafts d join call_outcomes o on o.call_id = d.call_id
           where o.closed_at < $1 limit $2 for update of d skip locked)`,
        [new Date(closedBefore), limit],
      );
      return rowCount ?? 0;
    },
  };
}

/** What the house calls about, of which a ticket stands already, has no outcome of its own. */
const OPEN: readonly string[] = [
  ANSWERED,
  'c.ended_at is not null',
  'o.call_id is null',
  "(c.purpose is null or c.purpose in ('queueCallback', 'missedCall'))",
];
/** The rows of them, to be counted. */
export const OPEN_CALLS = `calls c left join call_outcomes o on o.call_id = c.id where ${OPEN.join(' and ')}`;
const OPEN_TABLES = `calls c
  left join lateral (select name from lines where number = c.line
    order by valid_from <= (c.arrived_at at time zone (select time_zone from municipality))::date desc,
      abs(valid_from - c.arrived_at::date) limit 1) l on true
  left join agents g on g.account_id = c.agent_id
  left join accounts a on a.id = c.agent_id
  left join call_outcomes o on o.call_id = c.id
  left join call_drafts d on d.call_id = c.id`;
const OPEN_COLUMNS = `c.id, ${iso('c.arrived_at')} as "arrivedAt", ${iso('c.ended_at')} as "endedAt",
  c.caller_number as "callerNumber", c.dialled, l.name as "lineName", c.agent_id as "agentId",
  g.number as "agentNumber", a.display_name as "agentName",
  case when d.has_words then left(coalesce(nullif(d.words->>'title', ''), d.words->>'content', ''), 80) end as written,
  ${iso('d.saved_at')} as "savedAt"`;
