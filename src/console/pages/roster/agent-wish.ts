import type { Agent } from './roster.ts';

/** What somebody wants of an agent. */
export interface AgentWish {
  skills: { skill: string; level: number }[];
  queues: string[];
  /** Empty: stays with whom he is. */
  employer: string;
  from: string | null;
  reason: string;
}
export const wishOf = ({ skills, queues }: Agent): AgentWish => ({
  skills: Object.entries(skills)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([skill, level]) => ({ skill, level })),
  queues: [...queues],
  employer: '',
  from: '',
  reason: '',
});

const SKILL = /^[a-z][a-z0-9-]{0,39}$/;
type AgentFault = 'skill' | 'twice' | 'noQueue' | 'employer' | 'nothing';

/** What is missing before the wish can be sent; null: nothing. */
export function agentFault(agent: Agent, wish: AgentWish): AgentFault | null {
  if (wish.skills.some(({ skill }) => !SKILL.test(skill))) return 'skill';
  if (new Set(wish.skills.map(({ skill }) => skill)).size < wish.skills.length) return 'twice';
  if (wish.queues.length === 0) return 'noQueue';
  if (wish.employer !== '' && (!wish.from || wish.reason.trim().length < 4)) return 'employer';
  const { skills, queues } = changesOf(agent, wish);
  return skills || queues || wish.employer !== '' ? null : 'nothing';
}

/** Which of the two are others than they were. */
export function changesOf(
  agent: Agent,
  wish: AgentWish,
): { readonly skills: boolean; readonly queues: boolean } {
  const held = JSON.stringify(Object.entries(agent.skills).toSorted());
  const wanted = JSON.stringify(Object.entries(skillsOf(wish)).toSorted());
  const same =
    agent.queues.length === wish.queues.length && agent.queues.every((one) => wish.queues.includes(one));
  return { skills: held !== wanted, queues: !same };
}

export const skillsOf = ({ skills }: Pick<AgentWish, 'skills'>): Record<string, number> =>
  Object.fromEntries(skills.map(({ skill, level }) => [skill, level]));
