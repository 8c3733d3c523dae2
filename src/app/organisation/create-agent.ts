import type { Skills } from '../../domain/skills/skills.ts';
import { AppError } from '../errors.ts';
import type { Account, SecretMint } from '../ports/accounts.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Agent, Agents } from '../ports/organisation.ts';
import type { Transaction } from '../ports/transaction.ts';
import { type CreateAccountDeps, insertAccount, type NewAccount, prepareAccount } from './create-account.ts';
import { employerFor } from './keep-employers.ts';
import { assertSkills } from './set-agent-skills.ts';

export interface CreateAgentDeps extends CreateAccountDeps {
  readonly agents: Agents;
  readonly mint: SecretMint;
  readonly configuration: ConfigurationPublisher;
}

/** What makes an account an agent. */
export interface AgentPart {
  /** Work number; the next free one when left out. */
  readonly number?: string;
  /** Code of the employer: `platform`, a vendor, or a unit that sends the agent. */
  readonly employer: string;
  readonly queues: readonly string[];
  readonly phoneKind: 'browser' | 'desk';
  /** By skill its level, 1 to 9. */
  readonly skills?: Skills;
}

export interface NewAgent extends Omit<NewAccount, 'roles' | 'unitCode' | 'employer'>, AgentPart {
  /** Further roles beside `agent`, e.g. `lead`. */
  readonly roles?: NewAccount['roles'];
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
  judgeAgentPart(input);
  const { employer: _, ...person } = input;
  const prepared = await prepareAccount(deps, { ...person, roles: ['agent', ...(input.roles ?? [])] });
  return deps.database.transact(async (tx) => {
    const account = await insertAccount(deps, prepared, tx);
    const made = await enterAgent(deps, account, input, tx);
    await deps.configuration.publish(tx);
    return { account, ...made };
  });
}

/** Codes: agent.numberInvalid, agent.skillInvalid, agent.queueMissing. */
export function judgeAgentPart(part: AgentPart): void {
  if (part.number !== undefined && !/^\d{3,8}$/.test(part.number)) {
    throw new AppError('agent.numberInvalid', { pattern: '3 to 8 digits' });
  }
  assertSkills(part.skills ?? {});
  if (part.queues.length === 0) throw new AppError('agent.queueMissing');
}

/**
 * The entry of an account in the agents' register, with his phone; whoever asks publishes the configuration. Codes:
 * agent.employerUnknown, employer.ended, agent.numberTaken, agent.queueUnknown.
 */
export async function enterAgent(
  deps: Pick<CreateAgentDeps, 'agents' | 'mint' | 'employers' | 'units'>,
  account: Pick<Account, 'id' | 'displayName'>,
  part: AgentPart,
  tx: Transaction,
): Promise<{ readonly agent: Agent; readonly phoneSecret: string }> {
  const employer = await employerFor(part.employer, deps, tx);
  if (employer === null) throw new AppError('agent.employerUnknown', { employer: part.employer });
  if (employer.ended) throw new AppError('employer.ended', { employer: part.employer });
  const phoneSecret = deps.mint.phoneSecret();
  const number = part.number ?? (await deps.agents.nextNumber(tx));
  const agent: Agent = {
    accountId: account.id,
    number,
    displayName: account.displayName,
    employer: part.employer,
    phone: { name: `agent-${number}`, kind: part.phoneKind },
    queues: [...new Set(part.queues)],
    skills: part.skills ?? {},
  };
  const added = await deps.agents.add(agent, phoneSecret, tx);
  if (added === 'numberTaken') throw new AppError('agent.numberTaken', { number });
  if (added === 'queueUnknown') throw new AppError('agent.queueUnknown', { queues: agent.queues });
  await deps.agents.setSkills(account.id, agent.skills, tx);
  return { agent, phoneSecret };
}
