import type { DialOutcome } from '../dial-outcome.ts';
import type { VisitAnswers } from '../visit-answers.ts';
import type { VisitOutcome } from '../visit-attempts.ts';
import type { GivenAnswers, SurveyEnd } from './dialogue.ts';

/** `notReached`: it came to no dialogue, and the telephone said why. `lost`: broken by a fault of ours. */
export type SurveyResult = SurveyEnd | 'notReached' | 'lost';

/** What the call comes to for the visit; null: nothing that he or his telephone did, so it was no try at all. */
export function visitOutcomeOf(how: SurveyResult, dial: DialOutcome | null): VisitOutcome | null {
  switch (how) {
    case 'completed':
      return 'answered';
    case 'person':
      return 'toPerson';
    case 'refused':
    case 'wrongPerson':
    case 'machine':
    case 'brokenOff':
      return how;
    // Of a unit's urgent ticket, which is no visit.
    case 'received':
    case 'lost':
      return null;
    case 'notReached':
      return dial === null ? null : ofDial(dial);
    default:
      return how satisfies never;
  }
}

function ofDial(dial: DialOutcome): VisitOutcome | null {
  switch (dial) {
    case 'busy':
    case 'noAnswer':
    case 'machine':
    case 'wrongPerson':
      return dial;
    // He saw who calls and did not want to be called now: that is no word about the visit.
    case 'rejected':
    case 'gaveUp':
      return 'noAnswer';
    case 'unreachable':
    case 'announcement':
      return 'switchedOff';
    case 'network':
    case 'lost':
    case 'reached':
      return null;
    default:
      return dial satisfies never;
  }
}

/** What the visit keeps of the answers beside its outcome: some of them, where he was cut short or went on with a person. */
export const keptOf = (outcome: VisitOutcome, given: GivenAnswers): GivenAnswers =>
  outcome === 'brokenOff' || outcome === 'toPerson' ? given : {};

/** The three answers, when all were given. */
export function answersOf({ resolved, result, process }: GivenAnswers): VisitAnswers | null {
  if (resolved === undefined || result === undefined || process === undefined) return null;
  return { resolved, result, process, words: '' };
}
