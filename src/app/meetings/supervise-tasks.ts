import { oneByOne } from '../one-by-one.ts';
import type { Log } from '../ports/log.ts';
import type { MeetingTaskBook } from '../ports/meetings.ts';
import type { Database } from '../ports/transaction.ts';
import { issueForTask, type SupervisionDeps } from '../supervision/issue-order.ts';

/**
 * What a unit took away from a meeting and did not report in its time is supervised, once, under the task's first ticket. Any
 * number of workers. Returns how many orders were issued.
 */
export function superviseTasks(
  deps: SupervisionDeps & {
    readonly database: Database;
    readonly meetingTasks: MeetingTaskBook;
    readonly log: Pick<Log, 'error'>;
  },
) {
  const issue = issueForTask(deps);
  return async (limit: number): Promise<number> => {
    const late = await deps.meetingTasks.overdue(deps.now(), limit);
    return await oneByOne(late, deps.log, (id) =>
      deps.database.transact(async (tx) => {
        const task = await deps.meetingTasks.lockOverdue(id, deps.now(), tx);
        if (task === null) return false;
        const order = await issue(task, tx);
        if (order === null) throw new Error('a task is supervised once');
        await deps.meetingTasks.supervised(id, order.id, tx);
        return true;
      }),
    );
  };
}
