/** A token as text of a tsvector or a tsquery, whatever is in it. */
export const quotedToken = (token: string): string =>
  `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
