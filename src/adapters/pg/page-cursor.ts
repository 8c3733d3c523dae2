import { AppError } from '../../app/errors.ts';

/** An instant to the microsecond as a cursor carries it: a millisecond has more than one row. */
export const cursorInstant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Where the next page begins: behind this row, in the order of instant and id. */
export function writeCursor(at: string, id: string): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

/** Refuses with `page.invalid` what it has not written. */
export function readCursor(cursor: string): [at: string, id: string] {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at) || !/^[0-9a-f-]{36}$/.test(id)) {
    throw new AppError('page.invalid');
  }
  return [at, id];
}
