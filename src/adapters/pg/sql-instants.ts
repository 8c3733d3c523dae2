/** A column as ISO 8601 in UTC to the millisecond; null stays null. */
export const iso = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A column as epoch milliseconds; null stays null. */
export const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
