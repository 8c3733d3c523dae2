import { AppError } from '../errors.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Agents } from '../ports/organisation.ts';
import type { Phone } from '../ports/phones.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * Whether the leg of an agent's phone stays up from sign-in to sign-out. On record in the same transaction; call control
 * acts on it with the next configuration, between calls. Codes: agent.unknown, agent.phoneNone.
 */
export function setPersistentLeg(deps: {
  readonly database: Database;
  readonly agents: Pick<Agents, 'byAccount' | 'setPersistentLeg'>;
  readonly audit: Pick<AuditTrail, 'add'>;
  readonly configuration: ConfigurationPublisher;
}) {
  return (
    phone: { readonly accountId: string; readonly kind: Phone['kind'] },
    persistentLeg: boolean,
    entry: Pick<AuditEntry, 'id' | 'atMs' | 'accountId' | 'reason' | 'address' | 'requestId'>,
  ): Promise<void> =>
    deps.database.transact(async (tx) => {
      const { accountId, kind } = phone;
      if ((await deps.agents.byAccount(accountId, tx)) === null) {
        throw new AppError('agent.unknown', { accountId });
      }
      if (!(await deps.agents.setPersistentLeg(accountId, kind, persistentLeg, tx))) {
        throw new AppError('agent.phoneNone', { kind });
      }
      const action = persistentLeg ? 'agent.persistentLegSet' : 'agent.persistentLegUnset';
      await deps.audit.add({ ...entry, action, subjectKind: 'agent', subjectId: accountId }, tx);
      await deps.configuration.publish(tx);
    });
}
