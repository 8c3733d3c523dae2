// What the machine itself writes as the reason of a line stands in the books in the town's language, under the chain of the time
// line. Who reads English is told it in English, and whatever a person wrote as he wrote it.

import { answersFrame, SOLVED_NAMES } from '../../../domain/callbacks/visit-answers.ts';
import { VISIT_OUTCOME_NAMES } from '../../../domain/callbacks/visit-attempts.ts';
import {
  UNCONFIRMED,
  URGENT_DIALLED,
  URGENT_ENDS,
  unconfirmedAfter,
} from '../../../domain/duty/urgent-notice.ts';
import { GRADES } from '../../../domain/rating/grades.ts';
import {
  EXCLUSION_GROUND_NAMES,
  EXCLUSION_MOVE_NAMES,
  TRUTH_NAMES,
} from '../../../domain/tickets/exclusion.ts';
import { ASKED_BY, NOT_REACHED, OWN_FRAMES, OWN_REASONS } from '../../../domain/tickets/own-reasons.ts';

/** By what the books call each of these. */
function byName<K extends string>(
  names: Readonly<Record<K, string>>,
  english: Readonly<Record<NoInfer<K>, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries<string>(names).map(([key, name]) => [name, english[key as K]]));
}

/** All that it is, of the machine's own words. */
const WHOLE = byName(OWN_REASONS, {
  signedByClock: 'Not signed for in time: signed for by the system',
  archivedByClock: 'Archived by itself, its time being over',
  calledThroughUs: 'The citizen was called through the platform',
  forceLapsed: 'Nobody agreed within a day: lapsed by itself',
  extensionLapsed: 'Not decided before the time was over: lapsed by itself',
  urgedOver: 'The time of handling is over: urged by the system',
  urgedNearly: 'The time of handling is nearly over: urged by the system',
  linkSent: 'Not reached several times: a link for rating was sent',
  disputed: 'The citizen disputes the result: to be looked at by the hotline',
  joinedByItself: 'Appeals of one kind at one place: joined by itself',
  accusedAtRegistration: 'Named at registration',
});

/** How calls to somebody on call went. */
const CALLED = {
  ...byName(URGENT_ENDS, {
    received: 'confirmed by key 1',
    notPutThrough: 'not put through',
    machine: 'answered without a key, perhaps a voice box',
    notConfirmed: 'answered, and not confirmed by key 1',
    notMade: 'could not be called',
    unknown: 'outcome unknown, taken for not confirmed',
    receivedTogether: 'who was on call confirmed by key 1',
    unansweredTogether: 'nobody on call confirmed, the lead was told',
  }),
  ...byName(URGENT_DIALLED, {
    reached: 'not confirmed by key',
    noAnswer: 'no answer',
    busy: 'busy',
    rejected: 'rejected',
    unreachable: 'switched off or out of reach',
    announcement: 'switched off or out of reach',
    machine: 'voice box',
    wrongPerson: 'somebody else answered',
    network: 'trouble of the line',
    gaveUp: 'called off',
    lost: 'trouble of the line',
  }),
};

/** What came of a visit that got no answers. */
const VISITED: Readonly<Record<string, string>> = {
  [NOT_REACHED]: 'not reached',
  ...byName(VISIT_OUTCOME_NAMES, {
    answered: 'answered',
    refused: 'declined',
    noAnswer: 'no answer',
    busy: 'busy',
    switchedOff: 'switched off or out of service',
    wrongNumber: 'wrong number',
    callLater: 'asked to be called at another time',
    givenUp: 'not reached several times',
    machine: 'voice box, or nobody spoke',
    wrongPerson: 'somebody else answered',
    brokenOff: 'broken off',
    toPerson: 'went on to a person',
  }),
};
const BY = byName(ASKED_BY, {
  person: 'Return visit',
  machine: 'Automatic visit',
  link: 'Visit by link',
  himself: 'Rated by the citizen',
  second: 'Second visit by another person',
  overturned: 'The second visit overturns the first',
});
const SOLVED = byName(SOLVED_NAMES, { solved: 'solved', unsolved: 'not solved' });
const TRUTHS = byName(TRUTH_NAMES, { true: 'true', partly: 'partly true', untrue: 'untrue' });
const GROUNDS = byName(EXCLUSION_GROUND_NAMES, {
  untrue: 'the appeal is untrue',
  unlawful: 'it asks for what the law forbids',
  unreasonable: 'it asks for more than is reasonable',
  repeated: 'the same matter again',
  policyBound: 'policy sets the limit, and it was explained',
});
const EXCLUSION_MOVES = byName(EXCLUSION_MOVE_NAMES, {
  agree: 'Exclusion agreed',
  refuse: 'Exclusion refused',
  withdraw: 'Request for exclusion withdrawn',
});

const oneOf = (words: Readonly<Record<string, string>>): string => `(${Object.keys(words).join('|')})`;
const told = (words: Readonly<Record<string, string>>, word = ''): string => words[word] ?? word;
const GRADE_WORDS = Object.fromEntries(Object.values(GRADES).map(({ zh, en }) => [zh, en]));
const said = (sep: string, words = ''): string => (words === '' ? '' : `${sep}${words}`);

const ANY = '(.*)';
const NUMBER = '(\\S+)';
const LATIN = '([ -~]+)';
const framed = (words: string): RegExp => new RegExp(`^${words}$`, 's');

const answers = answersFrame(oneOf(SOLVED), '(.+?)', '([^；]+)');
const unconfirmedWords = [...Object.values(UNCONFIRMED), unconfirmedAfter(0)]
  .map(({ zh }) => zh.replace('0', '\\d+'))
  .sort((one, other) => other.length - one.length)
  .join('|');

/** A frame of the machine's around words of a person, a number or a name. */
const FRAMES: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    framed(`${OWN_FRAMES.said(oneOf(BY), answers)}(?:${OWN_FRAMES.more('', ANY)})?`),
    (by, solved, result, process, words) =>
      `${told(BY, by)}: ${told(SOLVED, solved)}, ${told(GRADE_WORDS, result)} with the result, ${told(GRADE_WORDS, process)} with the way${said('; ', words)}`,
  ],
  [
    framed(OWN_FRAMES.said(oneOf(BY), oneOf(VISITED))),
    (by, outcome) => `${told(BY, by)}: ${told(VISITED, outcome)}`,
  ],
  [
    framed(OWN_FRAMES.urgentTogether('(.+?)', oneOf(CALLED))),
    (number, how) =>
      `Urgent notice by telephone: told together with ${number} of the same incident, ${told(CALLED, how)}`,
  ],
  [
    framed(OWN_FRAMES.urgentCalled('(.+)', oneOf(CALLED))),
    (name, how) => `Urgent notice by telephone: ${name}, ${told(CALLED, how)}`,
  ],
  [
    // It holds its English beside it.
    framed(OWN_FRAMES.urgentUnanswered('(.+?)', `(?:${unconfirmedWords})`, LATIN)),
    (unit, why) => `Urgent notice by telephone: ${unit}, ${why}`,
  ],
  [
    framed(`${OWN_FRAMES.truth(oneOf(TRUTHS))}(?:${OWN_FRAMES.said('', ANY)})?`),
    (truth, evidence) => `The appeal is ${told(TRUTHS, truth)}${said(': ', evidence)}`,
  ],
  [
    framed(OWN_FRAMES.exclusionAsked(oneOf(GROUNDS), ANY)),
    (ground, evidence) => `Exclusion asked for (${told(GROUNDS, ground)}): ${evidence}`,
  ],
  [
    framed(OWN_FRAMES.said(oneOf(EXCLUSION_MOVES), ANY)),
    (move, words) => `${told(EXCLUSION_MOVES, move)}: ${words}`,
  ],
  [framed(OWN_FRAMES.interim(ANY)), (hazard) => `Interim handling: ${hazard}`],
  [framed(OWN_FRAMES.minutes(NUMBER, ANY)), (number, words) => `Minutes ${number}: ${words}`],
  [framed(OWN_FRAMES.becameRule(NUMBER)), (number) => `Decision ${number} became a rule`],
  [framed(OWN_FRAMES.assists(NUMBER, ANY)), (number, words) => `Assisting by decision ${number}: ${words}`],
  [framed(OWN_FRAMES.joined(NUMBER)), (number) => `Joined to ${number}`],
];

/** The reason of a line as it is told in English. What holds no words of the machine is as it was written. */
export function reasonInEnglish(reason: string): string {
  const whole = WHOLE[reason];
  if (whole !== undefined) return whole;
  for (const [frame, english] of FRAMES) {
    const found = frame.exec(reason);
    if (found !== null) return english(...found.slice(1).map((part) => part ?? ''));
  }
  return reason;
}
