import type { CatalogueDraft, CatalogueDrafts, ListedDraft } from '../../app/ports/catalogue-drafts.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { ms } from './sql-instants.ts';

const DRAFT = `d.id, d.title, d.state, d.based_on as "basedOn", d.revision, ${ms('d.changed_at')} as "changedAt",
  d.changed_by as "changedBy", d.version`;

export function catalogueDraftBooks(db: PgDatabase): CatalogueDrafts {
  const one = async (id: string, more: string, on = db.on()): Promise<CatalogueDraft | null> => {
    const { rows } = await on.query<CatalogueDraft & Record<string, unknown>>(
      `select ${DRAFT}, d.content from dispatch_drafts d where d.id = $1::uuid ${more}`,
      [id],
    );
    return rows[0] ?? null;
  };
  return {
    find: (id, tx) => one(id, 'for update', db.on(tx)),
    read: (id, tx) => one(id, '', db.on(tx)),

    list({ state }, page) {
      const [conditions, values] = state === undefined ? [[], []] : [['d.state = $1'], [state]];
      const columns = `${DRAFT}, jsonb_array_length(d.content -> 'entries') as rows`;
      const by = { at: 'd.changed_at', id: 'd.id', order: 'newestFirst' } as const;
      return readPage<ListedDraft>(db, { columns, from: 'dispatch_drafts d', conditions, values, by }, page);
    },

    async save({ id, title, state, basedOn, revision, content, changedAt, changedBy, version }, tx) {
      await db.on(tx).query(
        `insert into dispatch_drafts (id, title, state, based_on, revision, content, changed_at, changed_by, version)
         values ($1::uuid, $2, $3, $4, $5, $6::jsonb, $7, $8::uuid, $9)
         on conflict (id) do update set title = excluded.title, state = excluded.state, based_on = excluded.based_on,
           revision = excluded.revision, content = excluded.content, changed_at = excluded.changed_at,
           changed_by = excluded.changed_by, version = excluded.version`,
        [
          id,
          title,
          state,
          basedOn,
          revision,
          JSON.stringify(content),
          new Date(changedAt),
          changedBy,
          version,
        ],
      );
    },
  };
}
