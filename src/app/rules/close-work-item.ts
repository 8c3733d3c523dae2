import { WORK_MOVES } from '../../domain/hotlines/register/work-items.ts';
import { AppError } from '../errors.ts';
import type { Database } from '../ports/transaction.ts';
import type { WorkItem, WorkItemBook } from '../ports/work-items.ts';

/** A person did it, or says why nothing is to be done. Codes: workItem.unknown, workItem.notOpen. */
export function closeWorkItem(deps: {
  readonly database: Database;
  readonly work: WorkItemBook;
  readonly now: () => number;
}) {
  return (input: {
    readonly id: string;
    readonly how: 'finish' | 'dismiss';
    readonly by: string;
    readonly reason: string;
  }): Promise<WorkItem> =>
    deps.database.transact(async (tx) => {
      const { id, how, by, reason } = input;
      const { from, to } = WORK_MOVES[how];
      const moved = await deps.work.move({ id }, from, { to, by, at: deps.now(), reason }, tx);
      if (moved === null) throw new AppError('workItem.unknown', { workItem: id });
      if (typeof moved === 'string') throw new AppError('workItem.notOpen', { state: moved });
      return moved;
    });
}
