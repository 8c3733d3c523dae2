import type { Call } from '../call.ts';
import type { CallCommand } from '../call-command.ts';
import type { CallContext } from '../call-context.ts';
import type { CallEvent } from '../call-event.ts';
import type { Step } from '../steps.ts';
import { changed, type Party, partyOf } from './conversation.ts';
import { saidToAwaiting } from './rejoining.ts';
import { talkOf } from './talk-of.ts';
import { onward } from './turn.ts';
import type { Turn } from './turned.ts';

// Who is on call has answered: he, or a voicemail. He hears what it is for, over and over, and presses the key.

export const CONFIRM_KEY = '1';
const CONFIRM_PROMPT = 'bridge-confirm';
/** Then it was nobody who can press a key. */
export const CONFIRM_WITHIN_MS = 25_000;

type Told<E extends CallEvent['type']> = Extract<CallEvent, { readonly type: E }>;

/** What is said to him, and that he is being asked. */
export function askedToConfirm(
  call: Call,
  { id }: Party,
): { readonly asks: string; readonly change: Partial<Call>; readonly commands: readonly CallCommand[] } {
  const playback = `${call.id}.p${call.playbacksMade + 1}`;
  return {
    asks: playback,
    change: { playbacksMade: call.playbacksMade + 1 },
    commands: [{ kind: 'playTo', channel: id, playback, prompts: [CONFIRM_PROMPT] }],
  };
}

/** Said once more as long as he is asked; what cannot be played is waited out in silence. */
export function saidToParty(
  call: Call,
  { playback, end }: Told<'playbackEnded'>,
  context: CallContext,
): Step<'talking'> | null {
  const talk = talkOf(call);
  const waiting = talk === null ? null : saidToAwaiting(call, talk, playback);
  if (talk !== null && waiting !== null) return onward(call, talk, waiting, context);
  const party = talk?.parties.find(({ asks, state }) => state === 'confirming' && asks === playback);
  if (talk === null || party === undefined || end !== 'finished') return null;
  const { asks, ...again } = askedToConfirm(call, party);
  return onward(call, talk, { talk: changed(talk, party.id, { asks }), ...again }, context);
}

/** He is a person, and comes. Any other key changes nothing. */
export function partyKey(
  call: Call,
  { leg, digit }: Told<'legDigit'>,
  context: CallContext,
): Step<'talking'> | null {
  const talk = talkOf(call);
  const party = partyOf(talk, leg);
  if (talk === null || party?.state !== 'confirming' || digit !== CONFIRM_KEY) return null;
  const stop: readonly CallCommand[] =
    party.asks === undefined ? [] : [{ kind: 'stopPlayback', playback: party.asks }];
  const turn: Turn = {
    talk: changed(talk, leg, { state: 'joining', sinceMs: context.nowMs }),
    commands: stop,
    facts: [{ type: 'dutyConfirmed', leg }],
  };
  return onward(call, talk, turn, context);
}
