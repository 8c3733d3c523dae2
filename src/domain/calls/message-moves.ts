import { MESSAGE_TONE } from '../ivr/prompts.ts';
import type { Call, Message } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallContext } from './call-context.ts';
import type { CallEvent } from './call-event.ts';
import { CALL_REASONS } from './call-reasons.ts';
import { lastWords } from './ending.ts';
import type { CallFact } from './facts.ts';
import { leftFact, UNTOLD } from './message-left.ts';
import { playing, type Step, said, stopping } from './steps.ts';
import { enterQueue } from './waiting.ts';

// A message is left: asked for, a tone, spoken until the citizen hangs up, presses `#`, is silent, or the time is over.
// It is told as a fact whatever ends it; whoever cannot leave one is given a person.

type Ended = Extract<CallEvent, { readonly type: 'recordingEnded' }>;

/** A pause for thought is no end. */
const SILENCE_MS = 6_000;
/** Beyond the switch's own limit, for the case that its word never comes. */
const GRACE_MS = 3_000;
/** Less is a breath, or the receiver going down. */
const SPOKEN_AT_LEAST_MS = 1_000;
const TRIES = 2;
const END_KEY = '#';

export function askForMessage(
  call: Call,
  { prompts, queue, maxMs }: Pick<Message, 'prompts' | 'queue' | 'maxMs'>,
): Step<'askingMessage'> {
  const asked = prompts.length === 0 ? ['menu-message'] : prompts;
  return ask(call, { prompts: asked, queue, maxMs, recording: null, tries: 0, left: false }, []);
}

function ask(call: Call, message: Message, first: readonly string[]): Step<'askingMessage'> {
  const { change, command } = playing(call, [...first, ...message.prompts, MESSAGE_TONE], true);
  return {
    to: 'askingMessage',
    change: { ...change, message: { ...message, recording: null } },
    commands: [command],
  };
}

/** Who was not asked does not know that he may speak, and would be taken for somebody who said nothing. */
export function asked(call: Call, end: string, context: CallContext): Step<'recording' | 'queued'> {
  if (end !== 'failed') return recordMessage(call, end, context);
  const step = noMessage(call, messageOf(call, context), context);
  return { ...step, facts: [...said(call, end), ...(step.facts ?? [])] };
}

/** The tone was heard, or its end was never told: the citizen speaks. */
export function recordMessage(call: Call, end: string, context: CallContext): Step<'recording'> {
  const message = messageOf(call, context);
  const tries = message.tries + 1;
  const recording = `${call.id}.m${tries}`;
  return {
    to: 'recording',
    change: { playback: null, message: { ...message, recording, tries } },
    commands: [
      ...(end === 'timedOut' ? stopping(call) : []),
      { kind: 'record', recording, maxMs: message.maxMs, silenceMs: SILENCE_MS },
    ],
    facts: said(call, end),
  };
}

export const recordingTimeoutMs = (call: Call, nowMs: number): number =>
  Math.max(0, call.sinceMs + (call.message?.maxMs ?? 0) + GRACE_MS - nowMs);

export function endMessage(call: Call, { digit }: { readonly digit: string }): Step<'recording'> | null {
  const recording = call.message?.recording ?? null;
  if (digit !== END_KEY || recording === null) return null;
  return { to: 'recording', stays: true, commands: [{ kind: 'stopRecording', recording }] };
}

export function recorded(
  call: Call,
  event: Ended,
  context: CallContext,
): Step<'askingMessage' | 'goodbye' | 'releasing' | 'queued'> | null {
  const { message } = call;
  if (message?.recording == null || event.recording !== message.recording) return null;
  if (event.end === 'failed') return noMessage(call, message, context);
  // It ended while nobody listened: how long it is, the file tells.
  if (event.end === 'lost') return thank(call, message, [leftFact(message, UNTOLD)]);
  const spokenMs = event.spokenMs ?? event.durationMs;
  if (spokenMs < SPOKEN_AT_LEAST_MS) return nothingSaid(call, message, event);
  const facts = [leftFact(message, event)];
  return event.end === 'hungUp' ? gone({ ...message, left: true }, facts) : thank(call, message, facts);
}

/** The end was never told: the message may be whole all the same. */
export function recordingTimeUp(call: Call, context: CallContext): Step<'goodbye'> {
  const message = messageOf(call, context);
  const bye = thank(call, message, [leftFact(message, UNTOLD)]);
  return { ...bye, commands: [...stopRecording(message), ...(bye.commands ?? [])] };
}

function thank(call: Call, message: Message, facts: readonly CallFact[]): Step<'goodbye'> {
  const bye = lastWords(call, ['message-thanks', 'goodbye']);
  return { ...bye, change: { ...bye.change, message: { ...message, left: true } }, facts };
}

/** The citizen has left; that the channel is gone is on its way. */
function gone(message: Message, facts: readonly CallFact[]): Step<'releasing'> {
  return {
    to: 'releasing',
    change: { playback: null, releasedBy: 'caller', message },
    commands: [{ kind: 'hangupCaller' }],
    facts,
  };
}

function nothingSaid(
  call: Call,
  message: Message,
  { end }: Ended,
): Step<'askingMessage' | 'goodbye' | 'releasing'> {
  const facts: CallFact[] = [{ type: 'anomaly', code: 'message.empty', detail: end }];
  if (end === 'hungUp') return gone(message, facts);
  if (message.tries < TRIES) return { ...ask(call, message, ['message-empty']), facts };
  return { ...lastWords(call, ['message-empty', 'goodbye']), facts };
}

/** Nothing can be recorded: a person takes the citizen. */
function noMessage(call: Call, message: Message, context: CallContext): Step<'queued'> {
  const step = enterQueue(call, context, {
    queue: message.queue,
    priority: 'usual',
    reason: CALL_REASONS.noMessage().zh,
  });
  return {
    ...step,
    change: { ...step.change, message: null },
    // The switch may have begun it all the same.
    commands: [...stopRecording(message), ...(step.commands ?? [])],
    facts: [
      { type: 'anomaly', code: 'message.notRecorded', detail: message.recording ?? '' },
      ...(step.facts ?? []),
    ],
  };
}

const stopRecording = ({ recording }: Message): readonly CallCommand[] =>
  recording === null ? [] : [{ kind: 'stopRecording', recording }];

/** One is there in each state of a message. */
const messageOf = ({ message }: Call, { generalQueue }: CallContext): Message =>
  message ?? { prompts: [], queue: generalQueue, maxMs: 60_000, recording: null, tries: 0, left: false };
