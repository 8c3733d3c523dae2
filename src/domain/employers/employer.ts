/**
 * Who employs agents: the hotline itself (`platform`, as in `@platform` of what desks ask for), a unit that has people of its own at the desks (RD-07), or a company with a
 * contract (TY-05).
 */
export const EMPLOYER_KINDS = ['centre', 'unit', 'vendor'] as const;
export type EmployerKind = (typeof EMPLOYER_KINDS)[number];

export const EMPLOYER_CODE = /^[a-z0-9-]{2,40}$/;

export interface Employer {
  readonly code: string;
  readonly name: string;
  readonly kind: EmployerKind;
  /** The unit that it is; null for all others. */
  readonly unitCode: string | null;
  /** Number or title of the contract; '' without. */
  readonly contract: string;
  readonly ended: boolean;
}

/** Of one agent, from this local day on and until the next begins. */
export interface Employment {
  readonly employer: string;
  readonly fromDay: string;
}

/** Whose an agent is on a local day; null before his first. `history` in any order. */
export function employerOn(day: string, history: readonly Employment[]): string | null {
  const begun = history.filter(({ fromDay }) => fromDay <= day);
  return (
    begun.reduce<Employment | null>(
      (latest, one) => (latest === null || one.fromDay > latest.fromDay ? one : latest),
      null,
    )?.employer ?? null
  );
}

export const EMPLOYMENT_REFUSALS = ['employment.past', 'employment.workedToday', 'employer.ended'] as const;
export type EmploymentRefusal = (typeof EMPLOYMENT_REFUSALS)[number];

/**
 * Whether an agent may become another employer's on that day. What is past stays as it was: figures that were reported are
 * not rewritten. `unchanged`: he is that employer's by then already.
 */
export function judgeEmployment(
  wanted: Employment,
  known: {
    readonly today: string;
    /** He was signed in, or was rung, on this very day. */
    readonly workedToday: boolean;
    readonly history: readonly Employment[];
    readonly employerEnded: boolean;
  },
): 'granted' | 'unchanged' | EmploymentRefusal {
  const { fromDay, employer } = wanted;
  const { today, history } = known;
  if (known.employerEnded) return 'employer.ended';
  const entered = history.find((one) => one.fromDay === fromDay);
  if (entered === undefined ? employerOn(fromDay, history) === employer : entered.employer === employer) {
    return 'unchanged';
  }
  if (fromDay < today) return 'employment.past';
  return fromDay === today && known.workedToday ? 'employment.workedToday' : 'granted';
}
