import type { Skills } from '../../domain/skills/skills.ts';
import { AppError } from '../errors.ts';
import type { Account, SecretMint } from '../ports/accounts.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Agent, Agents } from '../ports/organisation.ts';
import { type CreateAccountDeps, insertAccount, type NewAccount, prepareAccount } from './create-account.ts';
import { employerFor } from './keep-employers.ts';
import { assertSkills } from './set-agent-skills.ts';

export interface CreateAgentDeps extends CreateAccountDeps {
  readonly agents: Agents;
  readonly mint: SecretMint;
  readonly configuration: ConfigurationPublisher;
}

export interface NewAgent extends Omit<NewAccount, 'roles' | 'unitCode' | 'employer'> {
  /** Further roles beside `agent`, e.g. `lead`. */
  readonly roles?: NewAccount['roles'];
  /** Work number; the next free one when left out. */
  readonly number?: string;
  /** Code of the employer: `platform`, a vendor, or a unit that sends the agent. */
  readonly employer: string;
  readonly queues: readonly string[];
  readonly phoneKind: 'browser' | 'desk';
  /** By skill its level, 1 to 9. */
  readonly skills?: Skills;
}

/**
 * Makes the account, the entry in the agents' register and the phone, and publishes a new configuration version;
 * the caller then tells call control to reload. Codes: those of `createAccount` and agent.numberInvalid,
 * agent.numberTaken, agent.employerUnknown, employer.ended, agent.skillInvalid, agent.queueMissing, agent.queueUnknown.
 */
export async function createAgent(
  deps: CreateAgentDeps,
  input: NewAgent,
): Promise<{ readonly account: Account; readonly agent: Agent; readonly phoneSecret: string }> {
  if (input.number !== undefined && !/^\d{3,8}$/.test(input.number)) {
    throw new AppError('agent.numberInvalid', { pattern: '3 to 8 digits' });
  }
  assertSkills(input.skills ?? {});
  if (input.queues.length === 0) throw new AppError('agent.queueMissing');
  const { employer: _, ...person } = input;
  const prepared = await prepareAccount(deps, { ...person, roles: ['agent', ...(input.roles ?? [])] });
  const phoneSecret = deps.mint.phoneSecret();

  return deps.database.transact(async (tx) => {
    const employer = await employerFor(input.employer, deps, tx);
    if (employer === null) throw new AppError('agent.employerUnknown', { employer: input.employer });
    if (employer.ended) throw new AppError('employer.ended', { employer: input.employer });
    const account = await insertAccount(deps, prepared, tx);
    const number = input.number ?? (await deps.agents.nextNumber(tx));
    const agent: Agent = {
      accountId: account.id,
      number,
      displayName: account.displayName,
      employer: input.employer,
      phone: { name: `agent-${number}`, kind: input.phoneKind },
      queues: [...new Set(input.queues)],
      skills: input.skills ?? {},
    };
    const added = await deps.agents.add(agent, phoneSecret, tx);
    if (added === 'numberTaken') throw new AppError('agent.numberTaken', { number });
    if (added === 'queueUnknown') throw new AppError('agent.queueUnknown', { queues: agent.queues });
    await deps.agents.setSkills(account.id, agent.skills, tx);
    await deps.configuration.publish(tx);
    return { account, agent, phoneSecret };
  });
}
