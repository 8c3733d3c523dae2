import type { ApiServices } from '../../adapters/http/services.ts';
import { announcementBooks } from '../../adapters/pg/announcements.ts';
import { configurationBooks } from '../../adapters/pg/configuration.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { menuCounters } from '../../adapters/pg/menu-counters.ts';
import { promptBooks } from '../../adapters/pg/prompts.ts';
import { restrictionBooks } from '../../adapters/pg/restrictions.ts';
import { ruleBooks } from '../../adapters/pg/rule-books.ts';
import { trunkBooks } from '../../adapters/pg/trunks.ts';

/** Numbers, menus, and what callers hear. */
export const booksOfRules = (db: PgDatabase) =>
  ({
    configuration: configurationBooks(db),
    rules: ruleBooks(db),
    trunks: trunkBooks(db),
    prompts: promptBooks(db),
    menuCounters: menuCounters(db),
    announcements: announcementBooks(db),
    restrictions: restrictionBooks(db),
  }) satisfies Partial<ApiServices>;
