import { faultsOf, type PresenceRules } from '../../domain/agents/presence-rules.ts';
import { AppError } from '../errors.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Queues } from '../ports/organisation.ts';
import type { KeptPresenceRules, PresenceBooks } from '../ports/presence-books.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * Replaces the catalogue whole and publishes it; intervals that are open keep the limit with which they began.
 * Refuses with `presenceRules.invalid` and `presenceRules.changedMeanwhile`.
 */
export function changePresenceRules(deps: {
  readonly database: Database;
  readonly presence: PresenceBooks;
  readonly queues: Queues;
  readonly configuration: ConfigurationPublisher;
  readonly now: () => number;
}) {
  return (
    rules: PresenceRules,
    change: { readonly revision: number; readonly by: string },
  ): Promise<KeptPresenceRules> =>
    deps.database.transact(async (tx) => {
      const queues = await deps.queues.list(tx);
      const faults = faultsOf(
        rules,
        queues.map(({ code }) => code),
      );
      if (faults.length > 0) throw new AppError('presenceRules.invalid', { faults });
      if (!(await deps.presence.replaceRules(rules, { ...change, atMs: deps.now() }, tx))) {
        const { revision } = await deps.presence.rules(tx);
        throw new AppError('presenceRules.changedMeanwhile', { revision });
      }
      await deps.configuration.publish(tx);
      return deps.presence.rules(tx);
    });
}
