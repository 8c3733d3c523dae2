import type { RoundRecord } from './ports/round-record.ts';
import { DatabaseAway } from './ports/transaction.ts';

/** What fails still comes again within a sweep or two; of what another worker did meanwhile nothing is heard here any more. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

interface Failing {
  readonly sinceMs: number;
  readonly lastMs: number;
  readonly failures: number;
}

/**
 * The same work, and what goes wrong more than once stands on the board of jobs until it works, or another worker has done it. A
 * database that is away is nobody's fault, and there is nowhere to write it.
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
  const failing = new Map<string, Failing>();
  let onBoard = false;
  /** Takes the board's line away once none of those that it told of is left. */
  const settle = async (): Promise<void> => {
    const nowMs = deps.now();
    for (const [which, { lastMs }] of failing) {
      if (nowMs - lastMs > FORGOTTEN_AFTER_MS) failing.delete(which);
    }
    if (!onBoard || [...failing.values()].some(isTold)) return;
    // Before it is said: what fails meanwhile stands there anew.
    onBoard = false;
    await record.works(round).catch((away: unknown) => {
      onBoard = true;
      throw away;
    });
  };
  return async (job: Job): Promise<Done> => {
    const which = deps.which(job);
    let done: Done;
    try {
      done = await deps.work(job);
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      const atMs = deps.now();
      const { sinceMs, failures } = failing.get(which) ?? { sinceMs: atMs, failures: 0 };
      const failed = { sinceMs, lastMs: atMs, failures: failures + 1 };
      failing.set(which, failed);
      if (isTold(failed)) {
        onBoard = true;
        const why = `${which}: ${error instanceof Error ? error.message : String(error)}`;
        await record.failed({ round, why, sinceMs, atMs, failures: failed.failures });
      }
      throw error;
    }
    failing.delete(which);
    await settle();
    return done;
  };
}

/** Once is what a busy machine does now and then. */
const isTold = ({ failures }: Failing): boolean => failures > 1;
