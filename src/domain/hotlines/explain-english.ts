import type { Considered } from '../announcements/heard.ts';
import { plainName } from '../ivr/words-spoken.ts';
import type { CallPlan, Destination } from './call-plan.ts';
import type { ModeInForce } from './mode-at.ts';
import { OFF_HOURS } from './mode-way.ts';
import type { Notices } from './notices.ts';
import type { Recognition } from './recognise.ts';
import { HEADER_NAMES } from './trunk.ts';
import { ENGLISH_METHODS, ENGLISH_MODES } from './versions/change-english.ts';
import { deskMissingEnglish, WAYS } from './way-words.ts';

// Why a call goes its way, for who reads English: told from the plan itself. The reasons that a plan carries are Chinese,
// as they stand on record with the call.

const CONFIDENCE = { certain: 'certain', likely: 'likely', guess: 'a guess' } as const;
const IN_FORCE: Readonly<Record<ModeInForce, string>> = {
  ...ENGLISH_MODES,
  TRANSITION_ENDED: 'Transition ended',
  UNREGISTERED: 'Not registered',
};
export const modeEnglish = (mode: ModeInForce): string => `handled as “${IN_FORCE[mode]}”`;
export const promptsEnglish = (prompts: readonly string[]): string => prompts.map(plainName).join(', ');

export function recognitionEnglish(recognition: Recognition): string {
  const { method, confidence } = recognition;
  const by = method === 'none' ? 'nothing' : ENGLISH_METHODS[method];
  return `${recognisedBy(recognition)} (by ${by}, ${CONFIDENCE[confidence]})`;
}

export function recognisedBy({ line, method, loop }: Recognition): string {
  if (line === null) return 'what was dialled is no registered number';
  switch (method) {
    case 'trunk':
      return `the trunk belongs to ${line.number}`;
    case 'did':
      return `the DID stands for ${line.number}`;
    case 'requestUri':
      return `${line.number} was dialled`;
    case 'to':
      return `the To header holds ${line.number}`;
    case 'diversion':
    case 'historyInfo':
    case 'rdnis':
      return loop
        ? `${HEADER_NAMES[method]} shows that the call of ${line.number} was sent back to us`
        : `${HEADER_NAMES[method]} shows that ${line.number} forwarded it`;
    case 'none':
      return 'the rules could not be applied';
    default:
      return method satisfies never;
  }
}

/** Details that are numbers and codes alone are the same in every language. */
export function anomalyEnglish(
  { code, detail }: CallPlan['anomalies'][number],
  recognition: Recognition,
): string {
  const { line } = recognition;
  if (detail === recognition.reason) return recognisedBy(recognition);
  if (code === 'line.ended') return `${line?.number ?? ''} ended on ${line?.validTo ?? ''}`;
  if (code === 'line.notYetInForce')
    return `${line?.number ?? ''} is in force from ${line?.validFrom ?? ''} on`;
  if (code === 'forwarding.loop') return 'the address of the other centre stands in the trail of the call';
  return detail;
}

export function announcedEnglish({ recognition: { line }, mode, prompts, destination }: CallPlan): string {
  if (destination.kind === 'goodbye' && destination.result === 'refused')
    return 'the greeting of the main number';
  if (mode === 'TRANSITION_ENDED') return 'the announcement of a number whose transition is over';
  if (prompts === OFF_HOURS) return 'the announcement of a desk outside its hours';
  return line?.greeting != null && prompts.map(plainName).includes(line.greeting)
    ? 'the greeting of this number'
    : 'the greeting of this mode';
}

/** Of where the plan itself leads, no menu between. */
export function destinationEnglish({ mode, recognition, prompts, destination, anomalies }: CallPlan): string {
  const missing = anomalies.find(({ code }) => code === 'queue.unknown');
  const why = wayEnglish(mode, recognition, prompts === OFF_HOURS, destination, anomalies);
  return missing === undefined ? why : deskMissingEnglish(why, missing.detail);
}

function wayEnglish(
  mode: ModeInForce,
  { line, loop }: Recognition,
  offHours: boolean,
  destination: Destination,
  anomalies: CallPlan['anomalies'],
): string {
  if (destination.kind === 'goodbye') {
    return destination.result === 'refused'
      ? 'the number of the caller is restricted'
      : WAYS.endTold(line?.validTo ?? '').en;
  }
  const sentBack = loop || anomalies.some(({ code }) => code === 'forwarding.loop');
  switch (mode) {
    case 'UNREGISTERED':
      return WAYS.unregistered().en;
    case 'TRANSITION_ENDED':
      return WAYS.transitionOver().en;
    case 'MAIN':
      return WAYS.main().en;
    case 'FORWARD':
      return WAYS.forwarded().en;
    case 'TRANSITION':
      return WAYS.transition().en;
    case 'MERGED':
      return WAYS.merged().en;
    case 'DEDICATED':
      return offHours ? WAYS.offHours('').en : WAYS.dedicated().en;
    case 'PARALLEL':
      if (destination.kind === 'unit') return WAYS.unitFirst(line?.unitName ?? '').en;
      return (sentBack ? WAYS.unitSentBack() : WAYS.noUnit()).en;
    case 'SUBCENTER':
      if (destination.kind === 'centre') return WAYS.centre(line?.unitName ?? '').en;
      return (sentBack ? WAYS.centreSentBack() : WAYS.noCentre()).en;
    default:
      return mode satisfies never;
  }
}

export const CONSIDERED_ENGLISH: Readonly<Record<Considered['outcome'], string>> = {
  heard: 'it is meant for this number and this time',
  notYet: 'it has not begun',
  over: 'it is over',
  emergency: 'an emergency call goes to a person at once',
  otherLine: 'it is meant for other numbers',
  elsewhere: 'the caller is not in its area',
  areaUnknown: 'the area of the caller is not known, and it is not played then',
  enough: 'no call hears more of them, and others fit better or are newer',
};

export const CALLERS_ENGLISH = {
  free: 'the number of the caller is not restricted',
  noted: 'there is a note of the caller, which the agent sees',
  counted: 'the caller has a limit of calls, which is not reached',
  refused: 'the number of the caller is restricted: no person is reached',
} as const satisfies Readonly<Record<Notices['judgement']['kind'], string>>;
