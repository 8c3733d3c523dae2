import type { ApiServices } from '../../adapters/http/services.ts';
import { accountBooks } from '../../adapters/pg/accounts.ts';
import { auditTrail } from '../../adapters/pg/audit.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { idempotencyKeys } from '../../adapters/pg/idempotency.ts';
import { messageBooks } from '../../adapters/pg/messages.ts';
import { sessionBooks } from '../../adapters/pg/sessions.ts';
import { workItemBooks } from '../../adapters/pg/work-items.ts';
import { SeenSessions } from '../../app/organisation/seen-sessions.ts';

/** Accounts, and what the house itself has to do. */
export const booksOfTheHouse = (db: PgDatabase) =>
  ({
    accounts: accountBooks(db),
    sessions: new SeenSessions(sessionBooks(db)),
    messages: messageBooks(db),
    work: workItemBooks(db),
    audit: auditTrail(db),
    idempotency: idempotencyKeys(db),
  }) satisfies Partial<ApiServices>;
