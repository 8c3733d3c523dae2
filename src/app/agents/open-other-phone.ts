import { AppError } from '../errors.ts';
import type { SecretMint } from '../ports/accounts.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Agents } from '../ports/organisation.ts';
import type { Phone } from '../ports/phones.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * The phone of this kind that is the agent's own, made if there is none. The switch learns of it with the next
 * configuration; it gets calls when the agent changes to it. Refuses with `agent.unknown`.
 */
export function openOtherPhone(deps: {
  readonly database: Database;
  readonly agents: Agents;
  readonly mint: SecretMint;
  readonly configuration: ConfigurationPublisher;
}) {
  return (
    accountId: string,
    kind: Phone['kind'],
  ): Promise<{ readonly name: string; readonly secret: string; readonly made: boolean }> =>
    deps.database.transact(async (tx) => {
      const agent = await deps.agents.byAccount(accountId, tx);
      if (agent === null) throw new AppError('agent.unknown', { accountId });
      const name = `${agent.phone.name}-${kind === 'browser' ? 'b' : 'd'}`;
      const made =
        agent.phone.kind !== kind &&
        (await deps.agents.addPhone(accountId, { name, kind, secret: deps.mint.phoneSecret() }, tx));
      if (made) await deps.configuration.publish(tx);
      const phone = (await deps.agents.phonesOf(accountId, tx)).find((one) => one.kind === kind);
      if (phone === undefined) throw new Error('a phone that was just made is not there');
      return { name: phone.name, secret: phone.secret, made };
    });
}
