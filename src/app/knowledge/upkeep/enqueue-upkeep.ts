import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { handJobs } from '../../hand-jobs.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { MomentQueue } from '../../ports/jobs.ts';
import type { KnowledgeJob, KnowledgeUpkeep, Today } from '../../ports/knowledge-upkeep.ts';
import type { Log } from '../../ports/log.ts';

const HORIZON_MS = 24 * 3_600_000;

/**
 * Puts what is due in the knowledge base within a day, and what is overdue, on the job queue (`handJobs`). All that is open each
 * time, under the same names: an entry that was published or changed has its moments there with the next call. Returns how many
 * moments are open.
 */
export function enqueueUpkeep(deps: {
  readonly upkeep: Pick<KnowledgeUpkeep, 'due'>;
  readonly calendar: CalendarSource;
  readonly queue: MomentQueue<KnowledgeJob>;
  readonly work: (job: KnowledgeJob) => Promise<unknown>;
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}) {
  return async (): Promise<number> => {
    const today = await todayOf(deps);
    const jobs = await deps.upkeep.due(today.now + HORIZON_MS, today);
    await handJobs(jobs, today.now, deps);
    return jobs.length;
  };
}

export async function todayOf(deps: {
  readonly calendar: CalendarSource;
  readonly now: () => number;
}): Promise<Today> {
  const { calendar } = await deps.calendar.load();
  const now = deps.now();
  return { now, day: localDateOf(now, calendar.zone), zone: calendar.zone };
}
