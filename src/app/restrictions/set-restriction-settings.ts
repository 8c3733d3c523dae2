import type { AuditTrail } from '../ports/audit.ts';
import type { RuleActor } from '../rules/rule-change.ts';
import type { RestrictionDeps } from './measure-change.ts';

/** How long a limit or a block may last from now on. On record in the same transaction: it is about citizens' rights. */
export function setRestrictionSettings(deps: RestrictionDeps & { readonly audit: AuditTrail }) {
  return ({
    daysAtMost,
    reason,
    actor,
  }: {
    readonly daysAtMost: number;
    readonly reason: string;
    readonly actor: RuleActor;
  }): Promise<void> =>
    deps.database.transact(async (tx) => {
      await deps.restrictions.setDaysAtMost(daysAtMost, tx);
      const entry = {
        id: deps.newId(),
        atMs: deps.now(),
        accountId: actor.accountId,
        action: 'restrictions.settingsChanged',
        subjectKind: 'settings',
        subjectId: 'restrictions',
        reason: reason.trim(),
        ...actor.trace,
      } as const;
      await deps.audit.add(entry, tx);
    });
}
