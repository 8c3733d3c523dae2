import { localDate } from '../../domain/hotlines/local-date.ts';
import { type TransitionTask, transitionTasks } from '../../domain/hotlines/register/transition.ts';
import { taskChanges, WORK_MOVES, withdrawnWords } from '../../domain/hotlines/register/work-items.ts';
import type { WorkNotice } from '../live/notices.ts';
import type { RuleBooks } from '../ports/rules.ts';
import type { Database } from '../ports/transaction.ts';
import type { NewWorkItem, WorkItem, WorkItemBook } from '../ports/work-items.ts';

export interface KeptTasks {
  readonly opened: number;
  readonly reopened: number;
  readonly withdrawn: number;
}
const NONE: KeptTasks = { opened: 0, reopened: 0, withdrawn: 0 };

/**
 * Brings the open tasks in step with the rules in force and the day: each task is written once when its day has come,
 * late after a downtime, and withdrawn with the reason when an extension or a rollback took its ground away. Tasks and
 * what subscribers are told go in one transaction under one lock: any number of workers may try.
 */
export function keepTransitionTasks(deps: {
  readonly database: Database;
  readonly rules: Pick<RuleBooks, 'published' | 'tables'>;
  readonly work: WorkItemBook;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const { work, now, newId } = deps;
  return (): Promise<KeptTasks> =>
    deps.database.transact(async (tx) => {
      if (!(await work.lock(tx))) return NONE;
      const version = await deps.rules.published(tx);
      // Before the first version the tables hold what routes calls.
      const rules = version?.rules ?? (await deps.rules.tables(tx));
      if (rules === null) return NONE;
      const named = version === null ? '现行规则' : `第 ${version.number} 版规则`;
      const at = now();
      const today = localDate(at, rules.municipality.timeZone);
      const tasks = transitionTasks(rules.lines);
      const { open, reopen, withdraw } = taskChanges(tasks, await work.known(tx), today);
      const items = open.map((task) => itemOf(task, newId()));
      await work.add(items, at, tx);
      const tell = async (kind: WorkNotice['kind'], item: NewWorkItem): Promise<void> => {
        const { id: workItemId, kind: task, number, unitCode, dueDay, key } = item;
        const notice: WorkNotice = { kind, workItemId, task, number, unitCode, dueDay, atMs: at };
        await work.tell(kind, key, notice, tx);
      };
      for (const item of items) await tell('workItemOpened', item);
      const move = async (
        key: string,
        { from, to }: (typeof WORK_MOVES)['reopen' | 'withdraw'],
        reason: string,
      ): Promise<WorkItem> => {
        const moved = await work.move({ key }, from, { to, by: null, at, reason }, tx);
        if (moved === null || typeof moved === 'string')
          throw new Error(`the task ${key} moved under the lock`);
        return moved;
      };
      for (const { key } of reopen) {
        const reason = `${named}再次适用 It applies again`;
        await tell('workItemOpened', await move(key, WORK_MOVES.reopen, reason));
      }
      for (const { key, reason } of withdraw) {
        const why = `${named}：${withdrawnWords(reason)}`;
        await tell('workItemWithdrawn', await move(key, WORK_MOVES.withdraw, why));
      }
      return { opened: items.length, reopened: reopen.length, withdrawn: withdraw.length };
    });
}

function itemOf(task: TransitionTask, id: string): NewWorkItem {
  const { key, kind, number, unitCode, day: dueDay, lastDay, daysBefore } = task;
  const kinds = { warn: 'transitionWarning', switchOff: 'transitionEnd' } as const;
  return { id, key, kind: kinds[kind], number, unitCode, dueDay, lastDay, daysBefore };
}
