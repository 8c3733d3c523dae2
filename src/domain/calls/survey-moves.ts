import type { DialOutcome } from '../callbacks/dial-outcome.ts';
import {
  answersSoFar,
  mattersThrough,
  type SurveyAct,
  type SurveyEnd,
  type SurveyInput,
  type SurveyStep,
  surveyStep,
  wordsOf,
} from '../callbacks/survey/dialogue.ts';
import type { SurveyResult } from '../callbacks/survey/outcome.ts';
import { MESSAGE_TONE } from '../ivr/prompts.ts';
import type { Call } from './call.ts';
import type { CallContext } from './call-context.ts';
import type { CallEvent } from './call-event.ts';
import { CALL_REASONS } from './call-reasons.ts';
import { lastWords } from './ending.ts';
import type { CallFact } from './facts.ts';
import type { HangupReason } from './hangup.ts';
import { leftFact, UNTOLD } from './message-left.ts';
import { outcomeOf } from './outbound-moves.ts';
import { bridgeOf, playing, type Step, said, stopping } from './steps.ts';
import { isSurvey, type Survey } from './survey.ts';
import { enterQueue } from './waiting.ts';

// An automatic return visit: the citizen's telephone is rung, the machine asks, keys answer. The dialogue itself is a
// table of its own (`callbacks/survey/dialogue`); here is what it means at the switch. However it ends it is told once,
// with the answers that were given.

type Surveying = Call & { readonly survey: Survey };
type Next = Step<'surveying'> | Step<'queued'> | Step<'goodbye'>;

/** People press when the voice has stopped. */
const KEY_AFTER_MS = 6_000;
/** Longer than the longest words take; when their end is never told they may still be playing. */
const ASKING_AT_MOST_MS = 30_000;
const MESSAGE_AT_MOST_MS = 60_000;
const SILENCE_MS = 6_000;
const GRACE_MS = 3_000;
/** Less is a breath, or the receiver going down. */
const SPOKEN_AT_LEAST_MS = 1_000;

export function surveyTimeoutMs({ survey }: Call): number {
  const phase = survey?.dialogue.phase ?? 'awaiting';
  switch (phase) {
    case 'awaiting':
      return KEY_AFTER_MS;
    case 'asking':
      return ASKING_AT_MOST_MS;
    case 'recording':
      return MESSAGE_AT_MOST_MS + GRACE_MS;
    default:
      return phase satisfies never;
  }
}

/** He has picked up. */
export function surveyAnswered(call: Call, channel: string): Step<'surveying'> | null {
  if (channel !== call.channel || !isSurvey(call)) return null;
  const { change, command } = playing(call, wordsOf(call.survey.dialogue), true);
  const bridge = bridgeOf(call);
  return {
    to: 'surveying',
    change,
    commands: [
      // Who was dialled sits in a hidden bridge of the switch, where nothing can be recorded (asterisk#2044): out of one of
      // ours he is free.
      { kind: 'join', bridge, channel },
      { kind: 'part', bridge, channel },
      { kind: 'destroyBridge', bridge },
      // As every call out from the citizen's answer on: what is asked and keyed, and the talk with whom he asks for.
      { kind: 'recordCall' },
      command,
    ],
    facts: [{ type: 'legAnswered', leg: call.channel }],
  };
}

/** Busy, silent, switched off; or the way out was. */
export function notAnswered(call: Call, reason: HangupReason, lost: boolean): Step<'ended'> {
  const outcome = lost ? 'lost' : outcomeOf(reason);
  const told = notReached(call, outcome);
  return {
    to: 'ended',
    change: { ...told.change, releasedBy: lost ? 'system' : 'caller' },
    // Of an end that nobody told of: the ring may only have been late, and his telephone ring yet.
    commands: reason === 'unknown' ? [{ kind: 'hangupCaller' }] : [],
    facts: [
      ...told.facts,
      { type: 'legEnded', leg: call.channel, how: reason },
      {
        type: 'callEnded',
        releasedBy: lost ? 'system' : 'caller',
        result: 'notReached',
        detail: `${call.state}: ${outcome}`,
      },
    ],
  };
}

/** Our own ringing time is over, or he is wanted no more: his telephone stops. */
export function stopRinging(call: Call, outcome: DialOutcome): Step<'releasing'> {
  const told = notReached(call, outcome);
  return {
    to: 'releasing',
    change: { ...told.change, releasedBy: 'system' },
    commands: [{ kind: 'hangupCaller' }],
    facts: told.facts,
  };
}

function notReached(call: Call, outcome: DialOutcome) {
  const { survey, outbound } = call;
  return {
    change: {
      ...(outbound == null ? {} : { outbound: { ...outbound, outcome } }),
      ...(survey == null ? {} : { survey: { ...survey, told: true } }),
    },
    facts: [{ type: 'citizenDialled', outcome }, ...ended(call, 'notReached', outcome)] as const,
  };
}

export const surveyKey = (call: Call, digit: string, context: CallContext): Next | null =>
  asked(call, { type: 'digit', digit }, context, (one) => [
    ...(one.dialogue.phase === 'asking' ? said(call, 'cancelled') : []),
  ]);

export function surveySaid(call: Call, end: string, context: CallContext): Next | null {
  const type = end === 'failed' ? 'unsaid' : 'said';
  return asked({ ...call, playback: null }, { type }, context, () => said(call, end));
}

export function surveyTimeUp(call: Call, context: CallContext): Step<'surveying'> | Step<'goodbye'> | null {
  // Words whose end was never told have been heard by now.
  const isAsking = call.survey?.dialogue.phase === 'asking';
  const next = asked(call, { type: isAsking ? 'said' : 'timeUp' }, context, (survey) =>
    isAsking ? said(call, 'timedOut') : untold(survey),
  );
  // Nobody is handed to a person for saying nothing.
  return next?.to === 'queued' ? null : next;
}

/** The end of the message was not told: the file tells how long it is. */
const untold = ({ recording, queue }: Survey): CallFact[] =>
  recording === null ? [] : [leftFact({ ...NO_MESSAGE, recording, queue }, UNTOLD)];

export function surveyRecorded(
  call: Call,
  event: Extract<CallEvent, { readonly type: 'recordingEnded' }>,
  context: CallContext,
): Step<'goodbye'> | null {
  if (call.survey?.recording !== event.recording) return null;
  const spokenMs = event.spokenMs ?? event.durationMs;
  const isLeft = event.end === 'lost' || (event.end !== 'failed' && spokenMs >= SPOKEN_AT_LEAST_MS);
  const next = asked(call, { type: 'spoken' }, context, ({ recording, queue }) =>
    isLeft ? [leftFact({ ...NO_MESSAGE, recording, queue }, event.end === 'lost' ? UNTOLD : event)] : [],
  );
  return next?.to === 'goodbye' ? next : null;
}

const NO_MESSAGE = { prompts: [], maxMs: MESSAGE_AT_MOST_MS, tries: 1, left: true } as const;

function asked(
  call: Call,
  input: SurveyInput,
  context: CallContext,
  facts: (survey: Survey) => readonly CallFact[],
): Next | null {
  if (!isSurvey(call)) return null;
  const step = surveyStep(call.survey.dialogue, input);
  if (step === null) return null;
  const next = carried(call, step, context);
  return { ...next, facts: [...facts(call.survey), ...(next.facts ?? [])] };
}

function carried(call: Surveying, { state, act }: SurveyStep, context: CallContext): Next {
  const survey = { ...call.survey, dialogue: state };
  switch (act.kind) {
    case 'ask':
      return say({ ...call, survey }, act);
    case 'listen':
      return { to: 'surveying', change: { survey, playback: null }, commands: stopping(call) };
    case 'record': {
      const recording = `${call.id}.m1`;
      return {
        to: 'surveying',
        change: { survey: { ...survey, recording }, playback: null },
        commands: [
          ...stopping(call),
          { kind: 'record', recording, maxMs: MESSAGE_AT_MOST_MS, silenceMs: SILENCE_MS },
        ],
      };
    }
    case 'stopRecording':
      return { to: 'surveying', stays: true, change: { survey }, commands: stopRecording(survey) };
    case 'end':
      return over({ ...call, survey }, act.how, act.prompts, context);
    default:
      return act satisfies never;
  }
}

function say(call: Surveying, { prompts }: Extract<SurveyAct, { readonly kind: 'ask' }>): Next {
  const words = call.survey.dialogue.stage === 'message' ? [...prompts, MESSAGE_TONE] : prompts;
  // Without the question the words before it mean nothing.
  const { change, command } = playing(call, words, true);
  return {
    to: 'surveying',
    change: { ...change, survey: call.survey },
    commands: [...stopping(call), command],
  };
}

function over(call: Surveying, how: SurveyEnd, prompts: readonly string[], context: CallContext): Next {
  const survey = { ...call.survey, told: true, recording: null };
  const clearing = [...stopping(call), ...stopRecording(call.survey)];
  const facts = ended(call, how, null);
  if (how !== 'person') {
    const bye = lastWords(call, prompts);
    return {
      ...bye,
      change: { ...bye.change, survey },
      commands: [...clearing, ...(bye.commands ?? [])],
      facts,
    };
  }
  const { queue } = call.survey;
  const step = enterQueue(call, context, {
    queue,
    priority: 'cutOff',
    reason: CALL_REASONS.surveyToPerson().zh,
  });
  return {
    ...step,
    change: { ...step.change, survey },
    commands: [...clearing, ...(step.commands ?? [])],
    facts: [...facts, ...(step.facts ?? [])],
  };
}

const stopRecording = ({ recording }: Survey) =>
  recording === null ? [] : [{ kind: 'stopRecording', recording } as const];

/** The citizen's channel is gone in the middle: what he answered stands. */
export function surveyLeft(call: Call, lost: boolean): CallFact[] {
  if (call.state !== 'surveying' || !isSurvey(call)) return [];
  const { dialogue } = call.survey;
  const end = surveyStep(dialogue, { type: 'hungUp' })?.act;
  const how: SurveyResult = lost ? 'lost' : end?.kind === 'end' ? end.how : 'brokenOff';
  return [
    ...untold(call.survey),
    ...ended(call, how === 'lost' && dialogue.stage === 'message' ? 'completed' : how, null),
  ];
}

function ended({ survey }: Call, how: SurveyResult, dial: DialOutcome | null): CallFact[] {
  if (survey == null || survey.told) return [];
  const [given = {}, ...further] = answersSoFar(survey.dialogue);
  const others = further.length === 0 ? {} : { further, through: mattersThrough(survey.dialogue) };
  return [{ type: 'surveyEnded', how, dial, given, ...others }];
}
