/**
 * Skills with levels 1 to 9: a language (`en`), a dialect (`wu`), a subject (`social-security`). Whoever employs an
 * agent is one as well, `@platform` or `@` and the unit's code, so that a desk may ask for its own unit's people first.
 */
export type Skills = Readonly<Record<string, number>>;

export interface SkillNeed {
  readonly skill: string;
  /** 1 to 9. */
  readonly least: number;
}

/**
 * Without what is required nobody is offered the call, until nobody at work has it (`calls/easing`); what is preferred decides
 * among idle agents, and delays no one.
 */
export interface Ask {
  readonly required: readonly SkillNeed[];
  /** The more important first: the last is given up first. */
  readonly preferred: readonly SkillNeed[];
}
/** So long a last desk waits for somebody at work who can do what is asked for; then anybody there is better than nobody. */
export const EASED_AFTER_MS = 60_000;
export const NO_ASK: Ask = { required: [], preferred: [] };

/** Whether somebody may have to wait for who can do it. */
export const requires = (ask: Ask = NO_ASK): boolean => ask.required.length > 0;

export const SKILL = /^[a-z][a-z0-9-]{0,39}$/;
export const LEVEL_AT_MOST = 9;
/** As a line, a queue or a menu's exit holds it: `en:2, wu?, @env-bureau?`. */
export const ASK_EXAMPLE = 'en:2, wu?, @env-bureau?';
export const ASK_AT_MOST = 200;

const EMPLOYER = /^@[a-z0-9-]{2,40}$/;

export function skillsOf({
  skills,
  employer,
}: {
  readonly skills?: Skills;
  readonly employer: string;
}): Skills {
  return { ...skills, [`@${employer}`]: LEVEL_AT_MOST };
}

export function meets(skills: Skills, needs: readonly SkillNeed[]): boolean {
  for (const { skill, least } of needs) if ((skills[skill] ?? 0) < least) return false;
  return true;
}

/** Equal needs have equal keys, in whatever order they were written. */
export const keyOf = (needs: readonly SkillNeed[]): string =>
  needs.length === 0
    ? ''
    : needs
        .map(({ skill, least }) => `${skill}:${least}`)
        .sort()
        .join(' ');

/**
 * Both at once; of the same skill the higher level, and required rather than preferred. Levels that are preferred are ranks:
 * `general?, general:2?` asks who has level 2 first, then who has level 1, then everybody else.
 */
export function bothAsks(one: Ask, other: Ask): Ask {
  if (isNothing(other)) return one;
  if (isNothing(one)) return other;
  return settled([...one.required, ...other.required], [...one.preferred, ...other.preferred]);
}

/** The same, and nothing of it is required any longer: who can do it is asked first, what was required before the rest. */
export const asWish = ({ required, preferred }: Ask): Ask => settled([], [...required, ...preferred]);

function settled(allRequired: readonly SkillNeed[], allPreferred: readonly SkillNeed[]): Ask {
  const required = stricter(allRequired);
  const preferred = ranked(allPreferred);
  const has = (need: SkillNeed): boolean =>
    required.some(({ skill, least }) => skill === need.skill && least >= need.least);
  return { required, preferred: preferred.filter((need) => !has(need)) };
}

const isNothing = ({ required, preferred }: Ask): boolean => required.length === 0 && preferred.length === 0;

/** Of each skill the highest level alone. */
export function stricter(needs: readonly SkillNeed[]): readonly SkillNeed[] {
  const least = new Map<string, number>();
  for (const need of needs) least.set(need.skill, Math.max(need.least, least.get(need.skill) ?? 0));
  return [...least].map(([skill, level]) => ({ skill, least: level }));
}

/** The lower level of a skill goes first, at the places where that skill stands: it is given up last, and no other before its turn. */
function ranked(needs: readonly SkillNeed[]): readonly SkillNeed[] {
  const distinct = needs.filter(
    (need, nth) =>
      needs.findIndex(({ skill, least }) => skill === need.skill && least === need.least) === nth,
  );
  const levels = new Map<string, number[]>();
  for (const { skill, least } of distinct.toSorted((one, other) => one.least - other.least))
    levels.set(skill, [...(levels.get(skill) ?? []), least]);
  const taken = new Map([...levels].map(([skill, all]) => [skill, all.values()]));
  return distinct.map(({ skill, least }) => ({ skill, least: taken.get(skill)?.next().value ?? least }));
}

export type AskReading =
  | { readonly kind: 'ask'; readonly ask: Ask }
  | { readonly kind: 'refused'; readonly wrong: string; readonly right: string };

/** null and '' ask for nothing. */
export function readAsk(text: string | null): AskReading {
  const required: SkillNeed[] = [];
  const preferred: SkillNeed[] = [];
  for (const word of (text ?? '').split(/[\s,，、;；]+/).filter((one) => one !== '')) {
    const [, skill = '', level = '1', mark = ''] = /^(@?[a-z0-9-]+)(?::([1-9]))?([?？]?)$/.exec(word) ?? [];
    const isSkill = skill.startsWith('@') ? EMPLOYER.test(skill) : SKILL.test(skill);
    if (!isSkill) return { kind: 'refused', wrong: word, right: ASK_EXAMPLE };
    (mark === '' ? required : preferred).push({ skill, least: Number(level) });
  }
  return { kind: 'ask', ask: settled(required, preferred) };
}

/** What cannot be read asks for nothing: the linter has said so, and no call is lost over it. */
export function askOf(text: string | null | undefined): Ask {
  if (text === null || text === undefined || text === '') return NO_ASK;
  const read = readAsk(text);
  return read.kind === 'ask' ? read.ask : NO_ASK;
}

/** In the one spelling; null when nothing is asked for. */
export function writeAsk({ required, preferred }: Ask): string | null {
  const word = ({ skill, least }: SkillNeed): string => (least === 1 ? skill : `${skill}:${least}`);
  const words = [...required.map(word), ...preferred.map((need) => `${word(need)}?`)];
  return words.length === 0 ? null : words.join(', ');
}
