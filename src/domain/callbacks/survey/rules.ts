import { localDateOf } from '../../deadlines/local-time.ts';
import { afterQuietHours, type QuietHours } from '../../deadlines/quiet-hours.ts';
import { dayPartOf, triedSoFar, type VisitOutcome } from '../visit-attempts.ts';

/** What the machine may ask about; each is switched on by itself, and none is at first (G12). */
export const SURVEY_PURPOSES = ['returnVisit'] as const;
export type SurveyPurpose = (typeof SURVEY_PURPOSES)[number];

/** 人工 or the machine. */
export const ASKED_BY = ['clerk', 'machine'] as const;
export type AskedBy = (typeof ASKED_BY)[number];

export interface SurveyRules {
  readonly on: Readonly<Record<SurveyPurpose, boolean>>;
  /** Calls at the same time. */
  readonly atOnce: number;
  /** The desk of who asks for a person; null: the general one. */
  readonly queue: string | null;
  /** Who asks a citizen with several matters: all in one contact, each with its own answers (G11). */
  readonly severalMatters: AskedBy;
  /** Who asks about an urgent matter. A confidential one is always a person's. */
  readonly urgentMatters: AskedBy;
  /** Of the visits that closed a ticket, made once more by somebody else; 0: none (G7). */
  readonly samplePercent: number;
}

export const DEFAULT_SURVEY_RULES: SurveyRules = {
  on: { returnVisit: false },
  atOnce: 2,
  queue: null,
  severalMatters: 'clerk',
  urgentMatters: 'clerk',
  samplePercent: 5,
};

/** Rules as they were stored by whatever release, a field that it did not know filled in: the only place that does so. */
export function storedSurveyRules(stored: unknown): SurveyRules {
  const known = typeof stored === 'object' && stored !== null ? (stored as Partial<SurveyRules>) : {};
  return { ...DEFAULT_SURVEY_RULES, ...known, on: { ...DEFAULT_SURVEY_RULES.on, ...known.on } };
}

/** More at once, and nobody listens to the end: a person talks them over with him. */
export const MATTERS_AT_MOST = 4;

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

/** The same for a citizen with several matters: he is called once for all of them, when each of them may be tried. */
export function contactDue(
  matters: readonly { readonly attempts: Parameters<typeof surveyDue>[0] }[],
  at: Parameters<typeof surveyDue>[1],
): ReturnType<typeof surveyDue> {
  const due = matters.map(({ attempts }) => surveyDue(attempts, at));
  if (due.includes('enough')) return 'enough';
  return due.includes('later') ? 'later' : 'now';
}
