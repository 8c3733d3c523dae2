import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { oneByOne } from '../../one-by-one.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type {
  KnowledgeJob,
  KnowledgeJobQueue,
  KnowledgeUpkeep,
  Today,
} from '../../ports/knowledge-upkeep.ts';
import type { Log } from '../../ports/log.ts';

const HORIZON_MS = 24 * 3_600_000;

/**
 * Puts what is due in the knowledge base within a day, and what is overdue, on the job queue. All that is open each time, under
 * the same names: what lies there already is left alone, what Redis lost comes back, and an entry that was published or changed
 * has its moments there with the next call. While the queue is away what is due is done here, since what a citizen is told must
 * not wait for Redis; it rejects then with what keeps the queue away, whatever cannot be done for one of the units. Returns how
 * many moments are open.
 */
export function enqueueUpkeep(deps: {
  readonly upkeep: Pick<KnowledgeUpkeep, 'due'>;
  readonly calendar: CalendarSource;
  readonly queue: KnowledgeJobQueue;
  readonly work: (job: KnowledgeJob) => Promise<unknown>;
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}) {
  return async (): Promise<number> => {
    const today = await todayOf(deps);
    const jobs = await deps.upkeep.due(today.now + HORIZON_MS, today);
    if (jobs.length === 0) return 0;
    try {
      await deps.queue.add(jobs, today.now);
    } catch (away) {
      const due = jobs.filter(({ dueAt }) => dueAt <= today.now);
      await oneByOne(due, deps.log, async (job) => {
        await deps.work(job);
        return true;
      });
      throw away;
    }
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
