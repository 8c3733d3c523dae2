import type { CallDraft, CallDraftBook, OpenCall } from '../../app/ports/call-drafts.ts';
import { type AppealWords, areEmpty, NO_WORDS, wholeWords } from '../../domain/tickets/appeal-words.ts';
import { ANSWERED } from './call-counts.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { stillAtIt } from './still-at-it.ts';
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
        // While he talks, and until the wrap-up ends, what he says is kept, whatever stands for the call by then.
        `select exists (select from call_outcomes o left join calls c on c.id = o.call_id
           where o.call_id = $1::uuid and not ${stillAtIt('$2::uuid')}) as closed`,
        [callId, by],
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

    async isAbout(callId) {
      const { rowCount } = await db.query(
        `select where exists (select from calls where id = $1::uuid)
           or exists (select from call_drafts where call_id = $1::uuid)`,
        [callId],
      );
      return rowCount === 1;
    },

    async wrote(callId, accountId) {
      const { rowCount } = await db.query(
        'select from call_drafts where call_id = $1::uuid and $2::uuid = any (authors)',
        [callId, accountId],
      );
      return rowCount === 1;
    },

    async openCalls({ asker, mine, since }, page) {
      const { values, bind } = binder();
      const [who, from] = [bind(asker), bind(new Date(since))];
      const list = {
        ...{ columns: openColumns(who), from: openTables(mine ? ownIds(who, from) : allIds(from)) },
        ...{ conditions: OPEN, values },
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

    async openSince(begunBefore) {
      const { rows } = await db.query<{ calls: number; oldest: string | null }>(
        `select count(*)::int as calls, (array_agg(d.call_id order by d.begun_at))[1] as oldest
         from call_drafts d where d.has_words and d.begun_at < $1 and ${NO_OUTCOME}`,
        [new Date(begunBefore)],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('an aggregate without a row');
      return row;
    },

    async forgetOpen(savedBefore, limit) {
      const { rowCount } = await db.query(
        `delete from call_drafts where call_id in (
           select d.call_id from call_drafts d where d.saved_at < $1 and ${NO_OUTCOME}
           limit $2 for update of d skip locked)`,
        [new Date(savedBefore), limit],
      );
      return rowCount ?? 0;
    },
  };
}

const NO_OUTCOME = 'not exists (select from call_outcomes o where o.call_id = d.call_id)';

/** What the house calls about, of which a ticket stands already, has no outcome of its own. */
const OPEN: readonly string[] = [
  ANSWERED,
  'c.ended_at is not null',
  'o.call_id is null',
  "(c.purpose is null or c.purpose in ('queueCallback', 'missedCall'))",
];
/** Where to look, each branch by an index of its own: all calls there are would be walked for the few that are open. */
const allIds = (since: string): string => `select id from calls where arrived_at >= ${since}::timestamptz
  union select call_id from call_drafts where has_words`;
const ownIds = (who: string, since: string): string => `select id from calls
    where agent_id = ${who}::uuid and arrived_at >= ${since}::timestamptz
  union select call_id from call_drafts where authors @> array[${who}::uuid]`;
/** The rows of them, to be counted. */
export const openCallsSince = (since: string): string => `(${allIds(since)}) s join calls c on c.id = s.id
  left join call_outcomes o on o.call_id = c.id where ${OPEN.join(' and ')}`;
const openTables = (ids: string): string => `(${ids}) s join calls c on c.id = s.id
  left join lateral (select name from lines where number = c.line
    order by valid_from <= (c.arrived_at at time zone (select time_zone from municipality))::date desc,
      abs(valid_from - c.arrived_at::date) limit 1) l on true
  left join agents g on g.account_id = c.agent_id
  left join accounts a on a.id = c.agent_id
  left join call_outcomes o on o.call_id = c.id
  left join call_drafts d on d.call_id = c.id`;
/** More than is shown: what is cut before numbers are hidden in it shows half of one. */
const openColumns = (
  who: string,
): string => `c.id, ${iso('c.arrived_at')} as "arrivedAt", ${iso('c.ended_at')} as "endedAt",
  c.caller_number as "callerNumber", c.dialled, l.name as "lineName", c.agent_id as "agentId",
  g.number as "agentNumber", a.display_name as "agentName",
  coalesce(d.has_words, false) as "hasWords",
  case when d.has_words and (c.agent_id = ${who}::uuid or ${who}::uuid = any (d.authors))
    then left(coalesce(nullif(d.words->>'title', ''), d.words->>'content', ''), 400) end as written,
  ${iso('d.saved_at')} as "savedAt"`;
