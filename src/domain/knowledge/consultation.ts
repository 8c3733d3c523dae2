import { wordsOfNobody } from '../privacy/masked.ts';
import type { AppealWords } from '../tickets/appeal-words.ts';

/** A telephone that is part of a talk, as the live picture has it. */
interface OnTheLine {
  readonly kind: string;
  readonly number: string | null;
  readonly state: string;
}

/** Whom only the bell rings for has not taken it, and sees nothing yet. */
const HEARS = ['in', 'aside', 'held'];
/** So many digits are somebody's own: a shorter number is an extension, or a hotline. */
const OWN_DIGITS = 7;

/** One number with the area code or the long-distance 0, the other without. */
export function sameTelephone(one: string, other: string): boolean {
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  return long === short || (short.length >= OWN_DIGITS && long.endsWith(short));
}

/** Whether somebody talks at this number, asked apart or with the citizen, in a talk of these parties. */
export const isOnTheLine = (number: string, parties: readonly OnTheLine[]): boolean =>
  parties.some(
    (party) =>
      party.kind === 'number' &&
      party.number !== null &&
      HEARS.includes(party.state) &&
      sameTelephone(party.number, number),
  );

/** What an expert is told of the matter. `confidential`: nothing is shown, and the agent says what may be said. */
export type MatterTold =
  | { readonly told: 'nothing' | 'confidential' }
  | {
      readonly told: 'words';
      readonly type: AppealWords['type'];
      readonly categoryCode: string;
      readonly title: string;
      readonly content: string;
    };

/** An expert is asked about a rule and not about a person: no name, no number, no door (invariant 10). */
export function matterTold(words: AppealWords | null, callerNumber: string): MatterTold {
  if (words === null) return { told: 'nothing' };
  if (words.confidential) return { told: 'confidential' };
  const { type, categoryCode, title, content, citizenName, citizenNumber } = words;
  if ([type, categoryCode, title, content].every((one) => one === '')) return { told: 'nothing' };
  const citizen = { name: citizenName, number: citizenNumber === '' ? callerNumber : citizenNumber };
  return {
    ...{ told: 'words', type, categoryCode },
    title: wordsOfNobody(title, citizen),
    content: wordsOfNobody(content, citizen),
  };
}
