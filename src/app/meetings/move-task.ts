import { decideTask, type TaskMove, type TaskState } from '../../domain/meetings/task-table.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { MeetingTaskBook } from '../ports/meetings.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import type { MoveTicketDeps } from '../tickets/move-ticket.ts';

export type TaskDeps = Pick<MoveTicketDeps, 'ticketMoves' | 'now' | 'newId'> & {
  readonly database: Database;
  readonly meetingTasks: MeetingTaskBook;
};

/**
 * A unit reports what it did, the hotline accepts it or not; each step with a line on every ticket of the task. Refuses with
 * `meetingTask.unknown` and what `decideTask` refuses.
 */
export function moveTask(deps: TaskDeps) {
  return (asked: {
    readonly id: string;
    readonly move: TaskMove;
    readonly words: string;
    readonly actor: Actor;
  }): Promise<{ readonly id: string; readonly number: string; readonly state: TaskState }> =>
    deps.database.transact(async (tx) => {
      const { id, move, actor } = asked;
      const words = asked.words.trim();
      const task = await deps.meetingTasks.lock(id, tx);
      // To a unit the tasks of others do not exist.
      if (task === null || (actor.unitCode !== null && actor.unitCode !== task.unitCode)) {
        throw new AppError('meetingTask.unknown', { id });
      }
      const { state: from, unitCode, number } = task;
      const decided = decideTask({ move, from, unitCode, actor, words });
      if ('refusal' in decided) throw new AppError(decided.refusal, { move, state: from });
      await deps.meetingTasks.move(id, { move, to: decided.to, words, at: deps.now() }, tx);
      await noteTask(
        deps,
        task.ticketIds,
        { words, actorId: actor.accountId, body: { task: number, move } },
        tx,
      );
      return { id, number, state: decided.to };
    });
}

async function noteTask(
  deps: TaskDeps,
  ticketIds: readonly string[],
  line: { readonly words: string; readonly actorId: string | null; readonly body: object },
  tx: Transaction,
): Promise<void> {
  for (const ticketId of [...ticketIds].sort()) {
    // The task is the actor's business, whoever has the ticket by now.
    await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
    await deps.ticketMoves.note(
      ticketId,
      {
        ...{ id: deps.newId(), at: deps.now(), actorId: line.actorId, type: 'meetingTaskMoved' },
        ...{ reason: line.words, body: { ...line.body } },
      },
      tx,
    );
  }
}
