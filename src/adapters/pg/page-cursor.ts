import { AppError } from '../../app/errors.ts';
import type { PageAsked, Paged } from '../../app/ports/page.ts';
import type { PgDatabase } from './database.ts';

/** By what lists are ordered beside the id: how a cursor carries it, and how it is told from anything else. */
const KEYS = {
  /** To the microsecond: a millisecond has more than one row. */
  instant: {
    written: (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/,
    type: 'timestamptz',
  },
  /** A local day. */
  day: {
    written: (column: string) => `to_char(${column}, 'YYYY-MM-DD')`,
    pattern: /^\d{4}-\d\d-\d\d$/,
    type: 'date',
  },
} as const;
type PageKey = keyof typeof KEYS;

/** Where the next page begins: behind this row, in the order of key and id. */
function writeCursor(at: string, id: string): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

/** Refuses with `page.invalid` what it has not written. */
function readCursor(cursor: string, key: PageKey): [at: string, id: string] {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!KEYS[key].pattern.test(at) || !/^[0-9a-f-]{36}$/.test(id)) throw new AppError('page.invalid');
  return [at, id];
}

export interface PagedList {
  readonly columns: string;
  readonly from: string;
  readonly conditions: readonly string[];
  /** What the conditions have bound. */
  readonly values: readonly unknown[];
  /** The instant (or the day: `key`) and the id by which the rows are ordered; both together occur once. */
  readonly by: {
    readonly at: string;
    readonly id: string;
    readonly order: 'newestFirst' | 'oldestFirst';
    readonly key?: PageKey;
  };
}

/**
 * One page of a list. A row that comes or goes meanwhile moves no other: the next page begins behind the last row that was
 * seen, whether that is there still or not. Refuses with `page.invalid`.
 */
export async function readPage<Row extends object>(
  db: PgDatabase,
  { columns, from, conditions, values, by }: PagedList,
  { limit, after }: PageAsked,
): Promise<Paged<Row>> {
  const bound = [...values];
  const bind = (value: unknown): string => `$${bound.push(value)}`;
  const { at, id, order, key = 'instant' } = by;
  const [beyond, way] = order === 'newestFirst' ? ['<', 'desc'] : ['>', 'asc'];
  const all = [...conditions];
  if (after !== undefined) {
    const [begin, last] = readCursor(after, key);
    all.push(`(${at}, ${id}) ${beyond} (${bind(begin)}::${KEYS[key].type}, ${bind(last)}::uuid)`);
  }
  // One more than asked for tells whether there is a next page.
  const { rows } = await db.query<Row & { pageAt: string; pageId: string }>(
    `select ${columns}, ${KEYS[key].written(at)} as "pageAt", ${id} as "pageId" from ${from}
     ${all.length === 0 ? '' : `where ${all.join(' and ')}`}
     order by ${at} ${way}, ${id} ${way} limit ${bind(limit + 1)}`,
    bound,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ pageAt, pageId, ...row }) => row as unknown as Row),
    next: rows.length > limit && last !== undefined ? writeCursor(last.pageAt, last.pageId) : null,
  };
}
