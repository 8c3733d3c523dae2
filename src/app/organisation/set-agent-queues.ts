import { AppError } from '../errors.ts';
import type { Transaction } from '../ports/transaction.ts';
import { type AgentChangeDeps, type ChangeTrace, changeAgent } from './agent-change.ts';

/**
 * Which queues an agent serves, whole; from the next offer on, the present call goes on. `was`: what the asker saw. Codes:
 * agent.unknown, agent.queueMissing, agent.queueUnknown, agent.changedMeanwhile.
 */
export function setAgentQueues(deps: AgentChangeDeps) {
  return async (
    agentId: string,
    { queues, was }: { readonly queues: readonly string[]; readonly was?: readonly string[] },
    trace: ChangeTrace,
  ): Promise<void> => {
    // Who serves no queue would be ready and never rung.
    if (queues.length === 0) throw new AppError('agent.queueMissing', {});
    const change = {
      agentId,
      action: 'agent.queuesSet',
      wanted: spelt(queues),
      was: was === undefined ? undefined : spelt(was),
      now: (agent: { readonly queues: readonly string[] }) => spelt(agent.queues),
      write: async (tx: Transaction) => {
        const set = await deps.agents.setQueues(agentId, queues, tx);
        if (set === 'queueUnknown') throw new AppError('agent.queueUnknown', { queues });
      },
    } as const;
    await changeAgent(deps, change, trace);
  };
}

const spelt = (queues: readonly string[]): string => [...new Set(queues)].toSorted().join(', ');
