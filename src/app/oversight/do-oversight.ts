import { type ReminderDeps, remindReceipt } from '../circulars/remind-receipt.ts';
import type { OversightJob } from '../ports/oversight-jobs.ts';
import { circulateOverdue } from '../supervision/circulate-overdue.ts';
import { escalateTicket } from '../supervision/escalate-overdue.ts';
import type { SupervisionDeps } from '../supervision/issue-order.ts';
import { timeOrder } from '../supervision/time-order.ts';
import { type PlanDeps, remindPlan } from '../tickets/remind-plan.ts';

export type OversightDeps = SupervisionDeps & ReminderDeps & PlanDeps;

/**
 * What a due job does: asks the books what is due of the matter now, and does that. Any number of jobs for one moment, early,
 * late or of what was changed meanwhile, by any worker: each is said once. False: there was nothing to do.
 */
export function doOversight(deps: OversightDeps) {
  const press = escalateTicket(deps);
  const order = timeOrder(deps);
  const circulate = circulateOverdue(deps);
  const receipt = remindReceipt(deps);
  const plan = remindPlan(deps);
  return async ({ kind, id, unitCode }: Omit<OversightJob, 'dueAt'>): Promise<boolean> => {
    switch (kind) {
      case 'pressed':
        return press(id);
      case 'order':
        return order(id);
      case 'longOverdue':
        return circulate(id);
      case 'receipt':
        return unitCode === null ? false : receipt({ circularId: id, unitCode });
      case 'plan':
        return plan(id);
      default:
        return kind satisfies never;
    }
  };
}
