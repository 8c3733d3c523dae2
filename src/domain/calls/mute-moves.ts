import type { Call, Decision } from './call.ts';
import type { CallCommand } from './call-command.ts';
import { legsOf, talkOf } from './conversation/talk-of.ts';

// Whether a channel is muted the switch does not say. Who was muted once is remembered with the call: a word to let him speak
// again that got lost is said once more when the switch is there again, in whatever state the call is by then.

/** Absent in calls saved by an earlier release. */
const mutedOnceOf = ({ mutedOnce }: Call): readonly string[] => mutedOnce ?? [];

/** After a move of the call. */
export function keepMuted(decision: Decision): Decision {
  const { call, commands } = decision;
  const known = mutedOnceOf(call);
  const muted = commands.flatMap((command) =>
    command.kind === 'mute' && command.muted && !known.includes(command.channel) ? [command.channel] : [],
  );
  return muted.length === 0 ? decision : { ...decision, call: { ...call, mutedOnce: [...known, ...muted] } };
}

/** Who is muted now is muted again where he is put back into his place. */
export function unmutedAgain(call: Call): readonly CallCommand[] {
  const talk = talkOf(call);
  const isMuted = (channel: string): boolean =>
    channel === call.channel
      ? talk?.citizen.muted === true
      : talk?.parties.some(({ id, muted }) => id === channel && muted) === true;
  const there = [call.channel, ...legsOf(call)];
  return mutedOnceOf(call).flatMap((channel): CallCommand[] =>
    there.includes(channel) && !isMuted(channel) ? [{ kind: 'mute', channel, muted: false }] : [],
  );
}
