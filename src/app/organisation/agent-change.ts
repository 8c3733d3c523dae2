import { AppError } from '../errors.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Agent, Agents } from '../ports/organisation.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

/** Who changes an agent, from where. */
export type ChangeTrace = Pick<AuditEntry, 'id' | 'atMs' | 'accountId' | 'address' | 'requestId'>;

export interface AgentChangeDeps {
  readonly database: Database;
  readonly agents: Pick<Agents, 'lock' | 'setSkills' | 'setQueues'>;
  readonly audit: Pick<AuditTrail, 'add'>;
  readonly configuration: ConfigurationPublisher;
}

interface AgentChange {
  readonly agentId: string;
  readonly action: Extract<AuditEntry['action'], 'agent.skillsSet' | 'agent.queuesSet'>;
  /** What is changed, in one spelling: of the agent as he stands, as it is wanted, and as the asker saw it. */
  readonly now: (agent: Agent) => string;
  readonly wanted: string;
  /** Undefined: he did not say. */
  readonly was: string | undefined;
  readonly write: (tx: Transaction) => Promise<unknown>;
}

/**
 * Replaces something of an agent, with a line in the audit trail of what it was and is. What somebody else has changed since
 * it was seen is not overwritten; the same wish again does nothing. Codes: agent.unknown, agent.changedMeanwhile.
 */
export function changeAgent(
  { database, agents, audit, configuration }: AgentChangeDeps,
  { agentId, action, now, wanted, was, write }: AgentChange,
  trace: ChangeTrace,
): Promise<void> {
  return database.transact(async (tx) => {
    const agent = await agents.lock(agentId, tx);
    if (agent === null) throw new AppError('agent.unknown', { agentId });
    const stands = now(agent);
    if (stands === wanted) return;
    if (was !== undefined && was !== stands) {
      throw new AppError('agent.changedMeanwhile', { skills: agent.skills, queues: agent.queues });
    }
    await write(tx);
    const reason = `${stands || '无'} → ${wanted || '无'}`;
    await audit.add({ ...trace, action, subjectKind: 'agent', subjectId: agentId, reason }, tx);
    await configuration.publish(tx);
  });
}
