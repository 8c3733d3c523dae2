import { AppError } from '../errors.ts';
import type { AuditTrail } from '../ports/audit.ts';
import type { FailureKind, JobBoard } from '../ports/job-board.ts';
import type { Database } from '../ports/transaction.ts';

/** Lets failed work be done anew, on record with who wanted it and why. Refuses with `jobs.noFailure`. */
export function runAgain(deps: {
  readonly database: Database;
  readonly jobBoard: JobBoard;
  readonly audit: AuditTrail;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return (request: {
    readonly kind: FailureKind;
    readonly id: string;
    readonly reason: string;
    readonly by: { readonly accountId: string; readonly address: string; readonly requestId: string };
  }): Promise<void> =>
    deps.database.transact(async (tx) => {
      const { kind, id, reason, by } = request;
      if (!(await deps.jobBoard.runAgain(kind, id, tx))) throw new AppError('jobs.noFailure', { kind, id });
      await deps.audit.add(
        {
          ...{ id: deps.newId(), atMs: deps.now(), ...by, reason },
          ...{ action: 'job.runAgain', subjectKind: 'job', subjectId: `${kind} ${id}` },
        },
        tx,
      );
    });
}
