import { handJobs } from '../hand-jobs.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { MomentQueue } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import type { Matter, MatterOutcome, OversightJob } from '../ports/oversight-jobs.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import { DatabaseAway } from '../ports/transaction.ts';
import { pressedNext } from '../supervision/escalate-overdue.ts';

const HORIZON_MS = 24 * 3_600_000;

/**
 * Puts what is due of supervision, circulars and plans within a day, and what is overdue, on the job queue (`handJobs`), each
 * time under the same names: a sweep, which repairs whatever was lost. What may be due before the next one comes there by the outbox
 * (`enqueueMatter`); a plan of tomorrow waits for it. Returns how many moments are open.
 */
export function enqueueOversight(deps: {
  readonly due: (until: number) => Promise<readonly OversightJob[]>;
  readonly queue: MomentQueue<OversightJob>;
  readonly work: (job: OversightJob) => Promise<unknown>;
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}) {
  return async (): Promise<number> => {
    const now = deps.now();
    const jobs = await deps.due(now + HORIZON_MS);
    await handJobs(jobs, now, deps);
    return jobs.length;
  };
}

/**
 * Puts what is due next of one order, or of one ticket that its unit lets lie, on the job queue, as far as it is due within a day;
 * the rest is the sweep's. One whose moment cannot be decided is said to be undecided, since it would be so each time; the sweep
 * asks for it again. Rejects while the queue or the database is away.
 */
export function enqueueMatter(deps: {
  readonly supervision: Pick<SupervisionBook, 'pressedOne' | 'running'>;
  readonly calendar: CalendarSource;
  readonly queue: MomentQueue<OversightJob>;
  readonly now: () => number;
}) {
  const pressed = pressedNext(deps);
  const momentsOf = async ({ kind, id }: Matter): Promise<readonly number[]> => {
    switch (kind) {
      case 'pressed': {
        const at = await pressed(id);
        return at === null ? [] : [at];
      }
      case 'order': {
        const order = await deps.supervision.running(id);
        if (order === null) return [];
        return order.warned ? [order.dueAt] : [order.warnAt, order.dueAt];
      }
      default:
        return kind satisfies never;
    }
  };
  return async (matter: Matter): Promise<MatterOutcome> => {
    const now = deps.now();
    let all: readonly number[];
    try {
      all = await momentsOf(matter);
    } catch (err) {
      if (err instanceof DatabaseAway) throw err;
      return { kind: 'undecided', err };
    }
    const moments = all.filter((dueAt) => dueAt <= now + HORIZON_MS);
    if (moments.length === 0) return 'queued';
    await deps.queue.add(
      moments.map((dueAt) => ({ ...matter, unitCode: null, dueAt })),
      now,
    );
    return 'queued';
  };
}
