import { LEVEL_AT_MOST, SKILL, type Skills } from '../../domain/skills/skills.ts';
import { AppError } from '../errors.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Agents } from '../ports/organisation.ts';
import type { Database } from '../ports/transaction.ts';

export interface AgentSkillsDeps {
  readonly database: Database;
  readonly agents: Pick<Agents, 'setSkills'>;
  readonly configuration: ConfigurationPublisher;
}

/** What an agent can do, whole; from the next offer on. Codes: agent.skillInvalid, agent.unknown. */
export function setAgentSkills(deps: AgentSkillsDeps) {
  return async (agentId: string, skills: Skills): Promise<void> => {
    assertSkills(skills);
    await deps.database.transact(async (tx) => {
      if (!(await deps.agents.setSkills(agentId, skills, tx)))
        throw new AppError('agent.unknown', { agentId });
      await deps.configuration.publish(tx);
    });
  };
}

/** Code: agent.skillInvalid. */
export function assertSkills(skills: Skills): void {
  for (const [skill, level] of Object.entries(skills)) {
    if (SKILL.test(skill) && Number.isInteger(level) && level >= 1 && level <= LEVEL_AT_MOST) continue;
    throw new AppError('agent.skillInvalid', { skill, level, right: `{"en": 2}, 1 至 ${LEVEL_AT_MOST}` });
  }
}
