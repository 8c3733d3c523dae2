import { randomUUID } from 'node:crypto';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { reportedCallBooks } from '../adapters/pg/reported-calls.ts';
import { ruleBooks } from '../adapters/pg/rule-books.ts';
import { workItemBooks } from '../adapters/pg/work-items.ts';
import type { Log } from '../app/ports/log.ts';
import { keepTransitionTasks } from '../app/rules/keep-transition-tasks.ts';
import type { Round } from './rounds.ts';

/** How long after it a call of ours is still recognised in what a unit reported. */
const REPORTED_MATCHED_MS = 3 * 86_400_000;

/** What the worker does about the register of numbers and what units report of theirs. */
export function registerRounds(
  db: PgDatabase,
  log: Log,
  { sweepEveryMs }: { readonly sweepEveryMs: number },
): readonly Round[] {
  const now = Date.now;
  const reported = reportedCallBooks(db);
  const keepTasks = keepTransitionTasks({
    database: db,
    rules: ruleBooks(db),
    work: workItemBooks(db),
    now,
    newId: randomUUID,
  });
  return [
    {
      name: 'transitionTasks',
      everyMs: sweepEveryMs,
      work: async () => {
        const kept = await keepTasks();
        if (kept.opened + kept.reopened + kept.withdrawn > 0)
          log.info({ ...kept }, 'tasks of transitions were written or withdrawn');
        return 'done';
      },
    },
    {
      name: 'reportedCalls',
      everyMs: sweepEveryMs,
      work: async () => {
        // Our own facts may come after the unit's word: the spool of call control waits for PostgreSQL.
        await reported.matchOurs(now() - REPORTED_MATCHED_MS, now());
        return 'done';
      },
    },
  ];
}
