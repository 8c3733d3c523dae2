import { FactDrain } from '../adapters/files/fact-drain.ts';
import { FactSpool } from '../adapters/files/fact-spool.ts';
import type { Logger } from '../adapters/log/log.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { factWriter } from '../adapters/pg/facts.ts';
import type { LeaseFolder } from '../app/ports/lease.ts';

/** Longer than a batch takes; whoever takes over meanwhile waits no longer for it. */
const WITHIN_MS = 2_000;

/**
 * A machine that fell while it served may have told what the books never got. When it is back and another one serves,
 * it hands that on all the same: it happened. Where the one who serves shares the folder he does it himself.
 * Resolves within two seconds, whatever the books do; what they did not take waits for the next start.
 */
export async function handOnLeftFacts(
  folder: string,
  meeting: Pick<LeaseFolder, 'view'>,
  db: PgDatabase,
  log: Logger,
): Promise<void> {
  const { term, ours } = await meeting.view();
  if (term === null || ours) return;
  const spool = await FactSpool.open(folder, log);
  const drain = new FactDrain(
    spool,
    factWriter(db, (refused) => log.error(refused, 'the database refused a fact')),
    log,
  );
  const timeUp = new Promise<void>((resolve) => setTimeout(resolve, WITHIN_MS).unref());
  await Promise.race([drain.drainNow(), timeUp]);
  await Promise.race([drain.stop(), timeUp]);
  await spool.close();
}
