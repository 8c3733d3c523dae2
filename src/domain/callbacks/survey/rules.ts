import { localDateOf } from '../../deadlines/local-time.ts';
import { afterQuietHours, type QuietHours } from '../../deadlines/quiet-hours.ts';
import { dayPartOf, triedSoFar, type VisitOutcome } from '../visit-attempts.ts';

/** What the machine may ask about; each is switched on by itself, and none is at first (G12). */
export const SURVEY_PURPOSES = ['returnVisit'] as const;
export type SurveyPurpose = (typeof SURVEY_PURPOSES)[number];

export interface SurveyRules {
  readonly on: Readonly<Record<SurveyPurpose, boolean>>;
  /** Calls at the same time. */
  readonly atOnce: number;
  /** The desk of who asks for a person; null: the general one. */
  readonly queue: string | null;
  /** Of the visits that closed a ticket, made once more by somebody else; 0: none (G7). */
  readonly samplePercent: number;
}

export const DEFAULT_SURVEY_RULES: SurveyRules = {
  on: { returnVisit: false },
  atOnce: 2,
  queue: null,
  samplePercent: 5,
};

/** Rules as they were stored by whatever release, a field that it did not know filled in: the only place that does so. */
export function storedSurveyRules(stored: unknown): SurveyRules {
  const known = typeof stored === 'object' && stored !== null ? (stored as Partial<SurveyRules>) : {};
  return { ...DEFAULT_SURVEY_RULES, ...known, on: { ...DEFAULT_SURVEY_RULES.on, ...known.on } };
}

/** On one day a citizen's telephone rings for one visit so often at most. */
const TRIES_A_DAY = 2;

/**
 * Whether the machine calls now. `enough`: what can be tried has been, and a person decides. `later`: not at night, not
 * twice in the same part of a day, and the last try that is needed in another part than all before it (G2).
 */
export function surveyDue(
  attempts: readonly { readonly at: number; readonly outcome: VisitOutcome }[],
  at: { readonly nowMs: number; readonly zone: string; readonly quietHours: QuietHours },
): 'now' | 'later' | 'enough' {
  const { nowMs, zone, quietHours } = at;
  const asked = attempts.at(-1)?.outcome;
  if (asked === 'toPerson' || triedSoFar(attempts, zone).enough) return 'enough';
  if (afterQuietHours(nowMs, quietHours, zone) !== nowMs) return 'later';
  const today = attempts.filter((one) => localDateOf(one.at, zone) === localDateOf(nowMs, zone));
  const part = dayPartOf(nowMs, zone);
  if (today.length >= TRIES_A_DAY || today.some((one) => dayPartOf(one.at, zone) === part)) return 'later';
  const parts = new Set(attempts.map((one) => dayPartOf(one.at, zone)));
  const lastOne = attempts.length >= 2 && parts.size === 1;
  return lastOne && parts.has(part) ? 'later' : 'now';
}
