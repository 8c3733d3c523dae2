import type { SkillNeed } from '../skills/skills.ts';

/** `en、law≥2`, as operators and books have it. */
export const skillWords = (needs: readonly SkillNeed[], between = '、'): string =>
  needs.map(({ skill, least }) => (least === 1 ? skill : `${skill}≥${least}`)).join(between);
