import type { RoundRecord } from './ports/round-record.ts';
import { DatabaseAway } from './ports/transaction.ts';

/**
 * The same work, and what goes wrong more than once stands on the board of jobs until it works. A database that is away is nobody's
 * fault, and there is nowhere to write it.
 */
export function jobsOnRecord<Job, Done>(deps: {
  /** As it is called on the board. */
  readonly round: string;
  readonly which: (job: Job) => string;
  readonly work: (job: Job) => Promise<Done>;
  readonly record: Pick<RoundRecord, 'failed' | 'works'>;
  readonly now: () => number;
}) {
  const { round, record } = deps;
  /** What fails, since when and how often: what works for one cures no other. */
  const failing = new Map<string, { readonly sinceMs: number; readonly failures: number }>();
  return async (job: Job): Promise<Done> => {
    const which = deps.which(job);
    try {
      const done = await deps.work(job);
      if (failing.delete(which) && failing.size === 0) await record.works(round);
      return done;
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      const atMs = deps.now();
      const { sinceMs, failures } = failing.get(which) ?? { sinceMs: atMs, failures: 0 };
      failing.set(which, { sinceMs, failures: failures + 1 });
      // Once is what a busy machine does now and then.
      if (failures > 0) {
        const why = `${which}: ${error instanceof Error ? error.message : String(error)}`;
        await record.failed({ round, why, sinceMs, atMs, failures: failures + 1 });
      }
      throw error;
    }
  };
}
