import { AppError } from '../errors.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Agents } from '../ports/organisation.ts';
import type { Database } from '../ports/transaction.ts';

export interface AgentQueuesDeps {
  readonly database: Database;
  readonly agents: Pick<Agents, 'setQueues'>;
  readonly configuration: ConfigurationPublisher;
}

/**
 * Which queues an agent serves, whole; from the next offer on, the present call goes on. Codes: agent.unknown,
 * agent.queueMissing, agent.queueUnknown.
 */
export function setAgentQueues(deps: AgentQueuesDeps) {
  return async (agentId: string, queues: readonly string[]): Promise<void> => {
    // Who serves no queue would be ready and never rung.
    if (queues.length === 0) throw new AppError('agent.queueMissing', {});
    await deps.database.transact(async (tx) => {
      const set = await deps.agents.setQueues(agentId, queues, tx);
      if (set === 'agentUnknown') throw new AppError('agent.unknown', { agentId });
      if (set === 'queueUnknown') throw new AppError('agent.queueUnknown', { queues });
      await deps.configuration.publish(tx);
    });
  };
}
