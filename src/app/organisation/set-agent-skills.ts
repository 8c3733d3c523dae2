import { LEVEL_AT_MOST, SKILL, type Skills } from '../../domain/skills/skills.ts';
import { AppError } from '../errors.ts';
import type { Transaction } from '../ports/transaction.ts';
import { type AgentChangeDeps, type ChangeTrace, changeAgent } from './agent-change.ts';

/**
 * What an agent can do, whole; from the next offer on. `was`: what the asker saw. Codes: agent.skillInvalid, agent.unknown,
 * agent.changedMeanwhile.
 */
export function setAgentSkills(deps: AgentChangeDeps) {
  return async (
    agentId: string,
    { skills, was }: { readonly skills: Skills; readonly was?: Skills },
    trace: ChangeTrace,
  ): Promise<void> => {
    assertSkills(skills);
    const change = {
      agentId,
      action: 'agent.skillsSet',
      wanted: spelt(skills),
      was: was === undefined ? undefined : spelt(was),
      now: (agent: { readonly skills: Skills }) => spelt(agent.skills),
      write: (tx: Transaction) => deps.agents.setSkills(agentId, skills, tx),
    } as const;
    await changeAgent(deps, change, trace);
  };
}

const spelt = (skills: Skills): string =>
  Object.entries(skills)
    .map(([skill, level]) => `${skill}:${level}`)
    .toSorted()
    .join(', ');

/** Code: agent.skillInvalid. */
export function assertSkills(skills: Skills): void {
  for (const [skill, level] of Object.entries(skills)) {
    if (SKILL.test(skill) && Number.isInteger(level) && level >= 1 && level <= LEVEL_AT_MOST) continue;
    throw new AppError('agent.skillInvalid', { skill, level, right: `{"en": 2}, 1 至 ${LEVEL_AT_MOST}` });
  }
}
