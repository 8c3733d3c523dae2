import type { KnowledgeJob } from '../../ports/knowledge-upkeep.ts';
import type { RoundRecord } from '../../ports/round-record.ts';
import { DatabaseAway } from '../../ports/transaction.ts';
import type { Upkept } from './upkept.ts';

type Job = Pick<KnowledgeJob, 'kind' | 'unitCode'>;

/** As it is called on the board of jobs. */
const ROUND = 'knowledgeDue';

/**
 * The same, and what goes wrong more than once stands on the board of jobs until it works. A database that is away is nobody's
 * fault, and there is nowhere to write it.
 */
export function upkeepOnRecord(deps: {
  readonly work: (job: Job) => Promise<Upkept>;
  readonly record: Pick<RoundRecord, 'failed' | 'works'>;
  readonly now: () => number;
}) {
  /** Moments that fail, since when and how often: what works for one unit cures no other. */
  const failing = new Map<string, { readonly sinceMs: number; readonly failures: number }>();
  return async (job: Job): Promise<Upkept> => {
    const which = `${job.kind} ${job.unitCode}`;
    try {
      const done = await deps.work(job);
      if (failing.delete(which) && failing.size === 0) await deps.record.works(ROUND);
      return done;
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      const atMs = deps.now();
      const { sinceMs, failures } = failing.get(which) ?? { sinceMs: atMs, failures: 0 };
      failing.set(which, { sinceMs, failures: failures + 1 });
      // Once is what a busy machine does now and then.
      if (failures > 0) {
        const why = `${which}: ${error instanceof Error ? error.message : String(error)}`;
        await deps.record.failed({ round: ROUND, why, sinceMs, atMs, failures: failures + 1 });
      }
      throw error;
    }
  };
}
