import type { ApiServices } from '../../adapters/http/services.ts';
import { adoptionBooks } from '../../adapters/pg/adoptions.ts';
import { boundedDatabase } from '../../adapters/pg/bounded.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { publicKnowledge } from '../../adapters/pg/knowledge-public.ts';
import { searchIndexBooks } from '../../adapters/pg/search-index.ts';

/** A third of the API's connections, and a tenth of a second is usual. */
const BOUNDS = { statementMs: 2000, atOnce: 4, waitMs: 2000 } as const;

/** What is read without an account. */
export const booksOfThePublic = (db: PgDatabase) => {
  const bounded = boundedDatabase(db, BOUNDS);
  return {
    publicKnowledge: publicKnowledge(bounded),
    publicSearch: searchIndexBooks(bounded),
    publicAdoptions: adoptionBooks(bounded),
  } satisfies Partial<ApiServices>;
};
